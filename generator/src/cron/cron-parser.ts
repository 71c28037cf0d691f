/** Loads cron-parser when it is first needed: most projects have no schedules, and it takes as long to load as a small file to check. */

import { createRequire } from "node:module";
import type * as CronParser from "cron-parser";

let loaded: typeof CronParser | undefined;

/** The library. */
export function cronParser(): typeof CronParser {
  // At once, since the pipeline does not wait for anything; the library is CommonJS.
  loaded ??= createRequire(import.meta.url)("cron-parser") as typeof CronParser;
  return loaded;
}
