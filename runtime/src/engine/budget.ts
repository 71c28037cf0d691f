/** The total timeout of a run. */

import { requirePositive } from "../errors/require.js";
import type { Home } from "../run/home.js";
import { wheelOf } from "../run/timeouts.js";
import { clockOf } from "../run/timers.js";
import type { Watch } from "../run/watch.js";
import { Timeout } from "../time/timer-wheel.js";
import type { Guard } from "./engine.js";
import { guardRun } from "./guard-run.js";

/** Drives runs with a budget of `limit` milliseconds each. Throws `configuration` when `limit` is not a finite number above 0. */
export function budget(limit: number): Guard {
  requirePositive("totalTimeout", limit);
  return (engine, run, signal) => guardRun(engine, run, signal, (watch) => new TotalTimeout(run.home, watch, limit));
}

/** The total timeout of one run, set when it is made. */
export class TotalTimeout extends Timeout {
  private readonly started: number;

  constructor(
    home: Home,
    private readonly watch: Watch,
    private readonly limit: number,
  ) {
    super(wheelOf(home));
    this.started = clockOf(home).now();
    this.set(limit);
  }

  expire(now: number): void {
    const { started, limit } = this;
    const facts = { elapsed: now - started, limit };
    this.watch.interrupt({
      category: "workflow_timeout",
      message: `took longer than ${limit} ms`,
      facts: { code: "CANO7004", ...facts },
      last: () => ["workflowTimeout", facts],
      // The contract tells each observer of the timeout before the next one hears of the failure.
      together: true,
    });
  }
}
