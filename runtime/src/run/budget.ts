/** The total timeout of a run. */

import { requirePositive } from "../resilience/task-config.js";
import type { AnyRun } from "./any-run.js";
import { CanoError } from "./errors.js";

/** Arms the total timeout of a run that starts now. */
export type Budget = (run: AnyRun) => void;

/** A budget of `limit` milliseconds for each run. Throws `configuration` when `limit` is not a finite number above 0. */
export function budget(limit: number): Budget {
  requirePositive("totalTimeout", limit);
  return (run) => {
    const started = run.clock.now();
    const expire = (): void => {
      const elapsed = run.clock.now() - started;
      const error = new CanoError("workflow_timeout", `workflow \`${run.home.graph.name}\` took longer than ${limit} ms`, {
        code: "CANO7004",
        state: run.label(run.at),
        attempt: 0,
        path: run.interruptedPath(),
        elapsed,
        limit,
      });
      // The contract tells each observer of the timeout before the next one hears of the failure.
      run.interrupt(error, ["workflowTimeout", { ...run.event(run.at), elapsed, limit }], true);
    };
    run.arm(limit, expire, () => undefined);
  };
}
