/** Leave for one call, given by a circuit breaker and handed back once. */

import type { Clock } from "../time/clock.js";

/** Leave for one call, to be handed back once with what came of it; `using` hands back as a failure what was not handed back before. */
export interface Permit extends Disposable {
  /** Hands it back: the call succeeded. */
  succeed(): void;
  /** Hands it back: the call failed, which counts against what was called. */
  fail(): void;
  /** Hands it back without an outcome: the call was called off. */
  release(): void;
}

/** What came of a call. */
export type Outcome = "success" | "failure" | "none";

/** Who gives leave, and takes it back. */
export interface Issuer {
  handBack(epoch: number, outcome: Outcome, clock: Clock): void;
}

/** A permit of a breaker, of the epoch that it was given in. */
export class IssuedPermit implements Permit {
  private isOut = true;

  constructor(
    private readonly issuer: Issuer,
    private readonly epoch: number,
    private readonly clock: Clock,
  ) {}

  succeed(): void {
    this.handBack("success");
  }

  fail(): void {
    this.handBack("failure");
  }

  release(): void {
    this.handBack("none");
  }

  [Symbol.dispose](): void {
    this.handBack("failure");
  }

  private handBack(outcome: Outcome): void {
    if (!this.isOut) return;
    this.isOut = false;
    this.issuer.handBack(this.epoch, outcome, this.clock);
  }
}
