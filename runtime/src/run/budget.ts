/** The total timeout of a run. */

import { requirePositive } from "../resilience/task-config.js";
import { arm, clockOf } from "./timers.js";
import type { AnyRun } from "./any-run.js";

/** Arms the total timeout of a run that starts now and is watched. */
export type Budget = (run: AnyRun) => void;

/** A budget of `limit` milliseconds for each run. Throws `configuration` when `limit` is not a finite number above 0. */
export function budget(limit: number): Budget {
  requirePositive("totalTimeout", limit);
  return (run) => {
    const clock = clockOf(run.home);
    const started = clock.now();
    const expire = (): void => {
      const facts = { elapsed: clock.now() - started, limit };
      const message = `took longer than ${limit} ms`;
      // The contract tells each observer of the timeout before the next one hears of the failure.
      run.watch?.interrupt("workflow_timeout", message, { code: "CANO7004", ...facts }, () => ["workflowTimeout", facts], true);
    };
    arm(run, limit, expire, () => undefined);
  };
}
