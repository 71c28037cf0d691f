/** A rate limiter: one or several meters at once, and a fair line for those who wait. The kinds of limiters are `limiters.ts`. */

/// <reference lib="esnext.disposable" preserve="true" />

import { CanoError } from "../errors/cano-error.js";
import { outOfRange, requireCost } from "../errors/require.js";
import { requireList } from "../errors/require-shape.js";
import { type Clock, systemClock } from "../time/clock.js";
import { Charges } from "./charges.js";
import type { LimiterWatcher } from "./gate-watcher.js";
import { LimiterWatch } from "./limiter-watch.js";
import type { Hold, Metered, MeterSnapshot } from "./meters.js";
import { type Caller, clockOfCaller, type LineOptions, stoppedBy, WaitingLine } from "./waiting-line.js";

/** What every limiter can be given. */
export interface LimiterOptions extends LineOptions {
  /** Names it, or its only tier, in errors. Default: `rate limit`. */
  readonly name?: string;
  /** For calls by hand; a task that has the limiter in its config brings the clock of its workflow object. Default: the process's clock. */
  readonly clock?: Clock;
}

/** What is asked of a limiter. */
export interface Demand {
  /** How much is taken of each tier, times the tier's own cost: 0 or more. Default: 1. */
  readonly cost?: number;
  /** The tiers that count. Default, and when empty: all. */
  readonly tiers?: readonly string[];
}

/** Something taken on approval; `using` gives it back unless it was committed. */
export interface Reservation extends Disposable {
  /** Keeps what was taken. */
  commit(): void;
  /** Gives it back. */
  release(): void;
}

interface Request {
  readonly cost: number;
  readonly of: Charges;
}

const GRANTED = Promise.resolve();

/**
 * A rate limiter: lets so many calls through in a time, and has a fair line for those who wait. Share it by reference. Made by `tokenBucket`,
 * `fixedWindow` and `tiered`.
 */
export class RateLimiter {
  /** What errors call it. */
  readonly name: string;
  /** Of all tiers. */
  private readonly charges: Charges;
  private readonly one: Request;
  private readonly line: WaitingLine<Request>;
  private callOff: (() => void) | undefined = undefined;
  /** Undefined until somebody watches. */
  private watching: LimiterWatch | undefined = undefined;

  /** @internal */
  constructor(
    /** Its limits, each with its meter and its cost. */
    readonly tiers: readonly Metered[],
    private readonly options: LimiterOptions,
    private readonly isTiered = false,
  ) {
    this.name = options.name ?? "rate limit";
    this.charges = new Charges(tiers);
    this.one = { cost: 1, of: this.charges };
    this.line = new WaitingLine(
      options,
      (request, caller, why) =>
        this.refusal(request, clockOfCaller(caller), why === "full" ? "and its line is full" : "and the wait was too long"),
      () => this.serve(),
    );
  }

  /** How many wait. */
  get waiting(): number {
    return this.line.length;
  }

  /** Tells `watcher` of everything that is taken, or is not there, by tasks and by hand, until the function that is returned is called. What is reserved is left out. */
  watch(watcher: LimiterWatcher): () => void {
    return (this.watching ??= new LimiterWatch(this.name, this.isTiered)).add(watcher);
  }

  /** Takes `cost` if it is there and nobody waits for it; never waits. */
  tryAcquire(cost = 1, tiers?: readonly string[]): boolean {
    return this.tryTake(this.requestOf(cost, tiers), this.clock);
  }

  /**
   * Takes what is demanded, waiting for it if need be: first come, first served. Rejects with `rate_limited` when it can never be had, the
   * line is full or the wait too long, and with the signal's reason when that fires, or has fired before.
   */
  acquire(demand: Demand & { readonly signal?: AbortSignal } = {}): Promise<void> {
    try {
      requireDemand(demand);
      const { cost = 1, tiers, signal } = demand;
      return this.takeOrWait(this.requestOf(cost, tiers), { clock: this.options.clock, signal });
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Takes what is demanded on approval; undefined when it is not there. */
  reserve(demand: Demand = {}): Reservation | undefined {
    requireDemand(demand);
    const { cost = 1, tiers } = demand;
    const request = this.requestOf(cost, tiers);
    if (!this.takeNow(request, this.clock)) return undefined;
    let holds = request.of.hold(cost);
    const settle = (call: (hold: Hold) => void): void => {
      const open = holds;
      holds = [];
      open.forEach(call);
    };
    const release = (): void => {
      const now = this.clock.now();
      settle((hold) => hold.giveBack(now));
      // They reckon with what comes by itself, which may be long after.
      request.of.serveWaiting();
    };
    return { commit: () => settle((hold) => hold.keep()), release, [Symbol.dispose]: release };
  }

  /** Milliseconds until `cost` fits in every tier if nobody else takes anything; infinite when it never will. */
  timeUntil(cost = 1, tiers?: readonly string[]): number {
    return this.requestOf(cost, tiers).of.timeUntil(cost, this.clock.now());
  }

  /** How each tier stands. */
  snapshot(): readonly (MeterSnapshot & { readonly name: string })[] {
    const now = this.clock.now();
    return this.tiers.map(({ name, meter }) => ({ name, ...meter.snapshot(now) }));
  }

  /** @internal Takes 1 for a caller, at once or when its turn comes. */
  admit(caller: Caller): Promise<void> {
    return this.takeOrWait(this.one, caller);
  }

  /** @internal Takes 1 if that is possible at once. */
  tryAdmit(clock: Clock): boolean {
    return this.tryTake(this.one, clock);
  }

  private get clock(): Clock {
    return this.options.clock ?? systemClock;
  }

  private tryTake(request: Request, clock: Clock): boolean {
    const { watching: watch } = this;
    // Looked at before, since what is taken changes who would refuse.
    const tier = watch && this.binding(request, clock).name;
    const isTaken = this.takeNow(request, clock);
    if (tier !== undefined) watch?.tried({ cost: request.cost, tier }, isTaken);
    return isTaken;
  }

  private takeOrWait(request: Request, caller: Caller): Promise<void> {
    const stopped = stoppedBy(caller);
    if (stopped !== undefined) return Promise.reject(stopped);
    const { watching: watch } = this;
    if (watch === undefined) return this.takeOrJoin(request, caller);
    const clock = clockOfCaller(caller);
    const asked = { cost: request.cost, tier: this.binding(request, clock).name };
    const since = clock.now();
    const turn = this.takeOrJoin(request, caller);
    if (turn === GRANTED) watch.tried(asked, true);
    else watch.awaited(asked, turn, clock, since);
    return turn;
  }

  private takeOrJoin(request: Request, caller: Caller): Promise<void> {
    const clock = clockOfCaller(caller);
    if (this.takeNow(request, clock)) return GRANTED;
    const { rest } = this.binding(request, clock);
    if (rest === Number.POSITIVE_INFINITY) return Promise.reject(this.refusal(request, clock, "and never has so much to give"));
    if (rest > (this.line.maxWait ?? rest)) return Promise.reject(this.refusal(request, clock, "and the wait would be too long"));
    return this.line.join(request, caller, () => this.wakeForFirst());
  }

  /** Takes what nobody waits for, for good. */
  private takeNow({ cost, of }: Request, clock: Clock): boolean {
    if (!this.line.isEmpty) return false;
    return of.take(cost, clock.now());
  }

  /** The tier that refuses a request, and how long it does. */
  private binding({ cost, of }: Request, clock: Clock): { readonly name: string; readonly rest: number } {
    const refused = of.refusedBy(cost, clock.now());
    // So that whoever waits for it does not ask again at once.
    return refused === undefined ? { name: this.name, rest: 0 } : { name: refused.name, rest: Math.max(1, refused.rest) };
  }

  private refusal(request: Request, clock: Clock, why: string): CanoError {
    const { name, rest } = this.binding(request, clock);
    const facts = { code: "CANO7018", refusedBy: name, retryAfter: rest };
    return new CanoError("rate_limited", `the rate limit \`${name}\` is used up, ${why}`, facts);
  }

  /** Serves those whose turn it is, and wakes up for the next. */
  private serve(): void {
    this.callOff?.();
    this.callOff = undefined;
    for (let first = this.line.first; first !== undefined; first = this.line.first) {
      const { request } = first;
      const isTaken = first.ask((clock) => request.of.take(request.cost, clock.now()));
      if (isTaken === false) break;
      if (isTaken === true) this.line.serveFirst();
    }
    this.wakeForFirst();
  }

  private wakeForFirst(): void {
    const { first } = this.line;
    if (first === undefined || this.callOff !== undefined) return;
    const { request } = first;
    const serve = (): void => this.serve();
    const disarm = first.ask((clock) => clock.schedule(serve, Math.max(1, this.binding(request, clock).rest)));
    if (disarm === undefined) return;
    const forget = request.of.await(serve);
    this.callOff = () => {
      disarm();
      forget();
    };
  }

  private requestOf(cost: number, names: readonly string[] | undefined): Request {
    if (cost === 1 && names === undefined) return this.one;
    requireCost("cost", cost);
    if (names !== undefined) requireList("tiers", names);
    if (names === undefined || names.length === 0) return { cost, of: this.charges };
    const unknown = names.find((name) => !this.tiers.some((tier) => tier.name === name));
    if (unknown !== undefined) {
      const known = this.tiers.map(({ name }) => `\`${name}\``).join(", ");
      throw new CanoError("configuration", `the rate limiter has no tier \`${unknown}\`, only ${known}`, { code: "CANO7009" });
    }
    return { cost, of: new Charges(this.tiers.filter(({ name }) => names.includes(name))) };
  }
}

/** Else a cost that is given as it is to `tryAcquire` would count as 1. */
function requireDemand(demand: unknown): void {
  if (typeof demand !== "object" || demand === null) throw outOfRange("demand", "an object such as `{ cost: 5 }`", demand);
}
