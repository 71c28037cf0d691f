/** Says in words what a cron expression means, by cronstrue. */

import cronstrue from "cronstrue";
import type { CronTimes } from "./cron-times.js";

/** As in `At 09:00, Monday through Friday`, with hours from 0 to 23. */
export function describeCron({ plain }: CronTimes): string {
  // It does not know all names that cron-parser knows, such as `@weekdays`.
  return cronstrue.toString(plain, { use24HourTimeFormat: true, verbose: true });
}
