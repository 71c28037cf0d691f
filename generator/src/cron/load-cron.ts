/** Loads `cano/cron`, by which the scheduler goes, when a schedule is first met: it comes with cron-parser, which takes as long to load as a small file to check. */

import { createRequire } from "node:module";
import type * as Cron from "cano/cron";

let loaded: typeof Cron | undefined;

/** The module. */
export function loadCron(): typeof Cron {
  // At once, since the pipeline does not wait for anything.
  loaded ??= createRequire(import.meta.url)("cano/cron") as typeof Cron;
  return loaded;
}
