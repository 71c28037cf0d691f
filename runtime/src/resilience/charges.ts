/** What a call costs of several tiers at once, added up by meter: one that counts in two tiers is charged for both, or for none. */

import type { Hold, Meter, Metered } from "./meters.js";

/** What a call costs of a meter in all. */
interface Charge {
  readonly meter: Meter;
  readonly cost: number;
}

/** See the file's first line. Everything is asked for `cost` calls at once. */
export class Charges {
  private readonly charges: readonly Charge[];
  /** In their order, each with what a call costs of its meter up to there: what those before it take, it does not find any more. */
  private readonly tiers: readonly Metered[];

  constructor(tiers: readonly Metered[]) {
    const sums = new Map<Meter, number>();
    this.tiers = tiers.map(({ name, meter, cost }) => {
      const sum = (sums.get(meter) ?? 0) + cost;
      sums.set(meter, sum);
      return { name, meter, cost: sum };
    });
    this.charges = Array.from(sums, ([meter, cost]) => ({ meter, cost }));
  }

  /** Takes of every meter, or of none: whether it did. */
  take(cost: number, now: number): boolean {
    const { charges } = this;
    const [only] = charges;
    // Most limiters have one tier, and nothing is to be asked twice then.
    if (only !== undefined && charges.length === 1) return only.meter.debit(cost * only.cost, now);
    if (this.timeUntil(cost, now) > 0) return false;
    for (const { meter, cost: each } of charges) meter.debit(cost * each, now);
    return true;
  }

  /** Keeps what has just been taken, so that it can be given back. */
  hold(cost: number): readonly Hold[] {
    return this.charges.map(({ meter, cost: each }) => meter.hold(cost * each));
  }

  /** How long until it fits in every meter, if nobody else takes anything: infinite when it never will. */
  timeUntil(cost: number, now: number): number {
    return Math.max(0, ...this.charges.map(({ meter, cost: each }) => meter.timeUntil(cost * each, now)));
  }

  /** The tier that refuses it, and for how long: the first that never has so much, else the first that has not; undefined when it fits. */
  refusedBy(cost: number, now: number): { readonly name: string; readonly rest: number } | undefined {
    let first: { readonly name: string; readonly rest: number } | undefined;
    for (const { name, meter, cost: sum } of this.tiers) {
      const rest = meter.timeUntil(cost * sum, now);
      // To wait for the others would be in vain.
      if (rest === Number.POSITIVE_INFINITY) return { name, rest };
      if (rest > 0) first ??= { name, rest };
    }
    return first;
  }

  /** Has `serve` called when something is given back, until the function that is returned is called. */
  await(serve: () => void): () => void {
    for (const { meter } of this.charges) meter.awaitedBy.add(serve);
    return () => {
      for (const { meter } of this.charges) meter.awaitedBy.delete(serve);
    };
  }

  /** Serves those who wait for something that was given back. A copy, since behind who is served the next one waits anew. */
  serveWaiting(): void {
    for (const serve of this.charges.flatMap(({ meter }) => [...meter.awaitedBy])) serve();
  }
}
