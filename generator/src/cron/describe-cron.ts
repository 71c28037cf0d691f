/** Says in words what a cron expression means, by cronstrue. */

import type { CronTimes } from "cano/cron";
import cronstrue from "cronstrue";

/** As in `At 09:00, Monday through Friday`, with hours from 0 to 23. */
export function describeCron({ plain }: CronTimes): string {
  // As it was written, it may be a name that cronstrue does not know, or a step that it takes at its word: `*/40` is not every 40 minutes.
  const words = wordsOf(plain);
  const [day = "*", , weekday = "*"] = plain.split(" ").slice(-3);
  if ([day, weekday].some((field) => /^[*?]$/.test(field))) return words;
  // Either will do, of which cronstrue says that both must, or nothing.
  const own = wordsOf(`0 0 0 * * ${weekday}`).replace(/^At 00:00, (only )?/, "");
  return words.replace(`, and ${own}`, `, ${own}`).replace(`, ${own}`, `, or ${own}`);
}

function wordsOf(plain: string): string {
  return cronstrue.toString(plain, { use24HourTimeFormat: true, verbose: true });
}
