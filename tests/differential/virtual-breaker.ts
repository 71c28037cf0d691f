/** A circuit breaker in virtual time: closed until so many failures in a row, then closed to everybody for a while, then on trial. */

import type { BreakerState } from "cano";
import type { BreakerSpec } from "./spec.js";

export class VirtualBreaker {
  state: BreakerState;
  private failures = 0;
  private openUntil = Infinity;

  constructor(private readonly spec: BreakerSpec) {
    this.state = spec.isForcedOpen ? "open" : "closed";
  }

  /** Whether a call may begin at `now`; {@link count} is told what comes of it. */
  admits(now: number): boolean {
    if (this.state === "open" && now >= this.openUntil) this.state = "half-open";
    return this.state !== "open";
  }

  count(succeeded: boolean, now: number): void {
    this.failures = succeeded ? 0 : this.failures + 1;
    if (succeeded) {
      this.state = "closed";
    } else if (this.state === "half-open" || this.failures >= this.spec.threshold) {
      this.state = "open";
      this.openUntil = now + this.spec.reset;
    }
  }
}
