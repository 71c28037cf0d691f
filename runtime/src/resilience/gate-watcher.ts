/** What is told to who watches circuit breakers and rate limiters: of the calls of all tasks that have them, and of those by hand. */

/** Closed: calls go through. Open: they are refused. Half-open: some go through on trial, and decide. */
export type BreakerState = "closed" | "open" | "half-open";

/** A transition of a breaker. */
export interface BreakerChange {
  /** The breaker's name. */
  readonly breaker: string;
  readonly from: BreakerState;
  readonly to: BreakerState;
}

/** Hooks of who watches circuit breakers, each called at once. What they throw, or reject with, changes nothing, and is said once. */
export interface BreakerWatcher {
  change?(event: BreakerChange): void;
  /** Leave for a call was asked for. */
  acquire?(event: { readonly breaker: string; readonly result: "acquired" | "rejected" }): void;
  /** A call was handed back with an outcome, also when that came too late to count. One that was called off has none. */
  outcome?(event: { readonly breaker: string; readonly outcome: "success" | "failure" }): void;
}

/** Hooks of who watches rate limiters, each called at once. What they throw, or reject with, changes nothing, and is said once. */
export interface LimiterWatcher {
  /** Something was taken: of a limiter of several tiers of all that count. `waited` is in milliseconds; undefined where it was there at once. */
  taken?(event: {
    readonly limiter: string;
    readonly isTiered: boolean;
    readonly cost: number;
    readonly waited: number | undefined;
  }): void;
  /**
   * Something was not there at once, by the `tier` that refused it: the first that never has so much, else the first that had not. Told once for
   * each call, when it is known whether it was refused for good. Who was called off while waiting has waited.
   */
  throttled?(event: {
    readonly limiter: string;
    readonly isTiered: boolean;
    readonly tier: string;
    readonly result: "waited" | "rejected";
  }): void;
}
