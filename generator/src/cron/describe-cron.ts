/** Says in words what a cron expression means, by cronstrue. */

import type { CronTimes } from "cano/cron";
import cronstrue from "cronstrue";

/** As in `At 09:00, Monday through Friday`, with hours from 0 to 23. */
export function describeCron({ plain }: CronTimes): string {
  // As it was written, it may be a name that cronstrue does not know, or a step that it takes at its word: `*/40` is not every 40 minutes.
  return cronstrue.toString(plain, { use24HourTimeFormat: true, verbose: true });
}
