/** Tells who watches a rate limiter what is taken of it, and what is not there at once. Which of the two it is, the limiter decides. */

import { isCanoError } from "../errors/cano-error.js";
import type { Clock } from "../time/clock.js";
import type { LimiterWatcher } from "./gate-watcher.js";
import { Watchers } from "./watchers.js";

/** What is asked of a limiter, as far as it is told of. */
interface Asked {
  readonly cost: number;
  /** The tier that refuses it. */
  readonly tier: string;
}

/** See the file's first line. */
export class LimiterWatch extends Watchers<LimiterWatcher> {
  constructor(
    private readonly limiter: string,
    private readonly isTiered: boolean,
  ) {
    super(`the rate limiter \`${limiter}\``, console);
  }

  /** Something was asked for without waiting. */
  tried({ cost, tier }: Asked, isTaken: boolean): void {
    if (isTaken) this.taken(cost, () => undefined);
    else this.throttled(tier, "rejected");
  }

  /** Something was not there at once, and `turn` says what becomes of it. */
  awaited({ cost, tier }: Asked, turn: Promise<void>, clock: Clock, since: number): void {
    turn.then(
      () => {
        this.throttled(tier, "waited");
        this.taken(cost, () => clock.now() - since);
      },
      (error: unknown) => this.throttled(tier, isCanoError(error, "rate_limited") ? "rejected" : "waited"),
    );
  }

  /** The wait is read where it is told, since the clock is the user's, and may throw. */
  private taken(cost: number, waited: () => number | undefined): void {
    const { limiter, isTiered } = this;
    this.tell((watcher) => watcher.taken?.({ limiter, isTiered, cost, waited: waited() }));
  }

  private throttled(tier: string, result: "waited" | "rejected"): void {
    const { limiter, isTiered } = this;
    this.tell((watcher) => watcher.throttled?.({ limiter, isTiered, tier, result }));
  }
}
