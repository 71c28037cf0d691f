/** The total timeout of a run. */

import { requirePositive } from "../resilience/task-config.js";
import type { Guard } from "./engine.js";
import { guardRun } from "./guard-run.js";
import { arm, clockOf } from "./timers.js";

/** Drives runs with a budget of `limit` milliseconds each. Throws `configuration` when `limit` is not a finite number above 0. */
export function budget(limit: number): Guard {
  requirePositive("totalTimeout", limit);
  return (engine, run, signal) =>
    guardRun(engine, run, signal, (watch) => {
      const clock = clockOf(run.home);
      const started = clock.now();
      const expire = (): void => {
        const facts = { elapsed: clock.now() - started, limit };
        watch.interrupt({
          category: "workflow_timeout",
          message: `took longer than ${limit} ms`,
          facts: { code: "CANO7004", ...facts },
          last: () => ["workflowTimeout", facts],
          // The contract tells each observer of the timeout before the next one hears of the failure.
          together: true,
        });
      };
      arm(run, limit, expire, () => undefined);
    });
}
