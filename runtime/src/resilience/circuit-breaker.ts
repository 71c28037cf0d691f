/** A circuit breaker: after failures it refuses calls for a while, then lets a few through on trial. What trips it by rate is `failure-rate.ts`. */

/// <reference lib="esnext.disposable" preserve="true" />

import type { Log } from "../context.js";
import { CanoError } from "../errors/cano-error.js";
import { requireCount, requirePositive } from "../errors/require.js";
import { requireFunction } from "../errors/require-shape.js";
import { reportRejection } from "../errors/thenable.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import type { Health } from "../resource.js";
import { type Clock, systemClock } from "../time/clock.js";
import { type BreakerOptions, requireBreakerOptions } from "./breaker-options.js";
import { ClosedLeave } from "./closed-leave.js";
import { FailureRate } from "./failure-rate.js";
import type { BreakerState, BreakerWatcher } from "./gate-watcher.js";
import { IssuedPermit, type Outcome, type Permit } from "./permit.js";
import { Watchers } from "./watchers.js";

/** Makes a breaker; share it by reference among the tasks that call the same thing. Throws `configuration` when an option is out of range. */
export function circuitBreaker(options: BreakerOptions = {}): CircuitBreaker {
  requireBreakerOptions(options);
  return new CircuitBreaker(options);
}

/** A circuit breaker: after failures it refuses calls for a while, then lets a few through on trial. Share it by reference. Made by {@link circuitBreaker}. */
export class CircuitBreaker {
  /** What errors, events and `health()` call it. */
  readonly name: string;
  private readonly threshold: number;
  private readonly rate: FailureRate | undefined;
  private readonly resetTimeout: number;
  private readonly halfOpenCalls: number;
  private now: BreakerState = "closed";
  /** Counts transitions: what was permitted before one says nothing of the state after it. */
  private epoch = 0;
  private failures = 0;
  private openUntil = 0;
  private readonly log: Pick<Log, "warn">;
  private trials = 0;
  private successes = 0;
  /** Undefined unless it is closed. */
  private leave: ClosedLeave | undefined = new ClosedLeave(this, 0);
  /** Undefined until somebody watches. */
  private watchers: Watchers<BreakerWatcher> | undefined = undefined;

  /** @internal */
  constructor(private readonly options: BreakerOptions) {
    const { name = "breaker", failureRate, resetTimeout = 30_000, halfOpenCalls = 1 } = options;
    const { failureThreshold = failureRate === undefined ? 5 : undefined } = options;
    if (failureThreshold !== undefined) requireCount("failureThreshold", failureThreshold, 1);
    requirePositive("resetTimeout", resetTimeout);
    requireCount("halfOpenCalls", halfOpenCalls, 1);
    this.name = name;
    this.log = options.log ?? console;
    this.threshold = failureThreshold ?? Number.POSITIVE_INFINITY;
    this.rate = failureRate === undefined ? undefined : new FailureRate(failureRate);
    this.resetTimeout = resetTimeout;
    this.halfOpenCalls = halfOpenCalls;
  }

  /** Where it stands. An open breaker becomes half-open with the first call after its time, not before. */
  get state(): BreakerState {
    return this.now;
  }

  /** How what it guards is doing, as far as it knows: degraded unless it is closed, with until when. */
  health(clock: Clock = this.options.clock ?? systemClock): Health {
    if (this.now === "closed") return { status: "healthy" };
    return { status: "degraded", reason: `the circuit breaker \`${this.name}\` ${this.describeState(clock)}` };
  }

  /** Tells `watcher` of transitions, and of every call, by tasks and by hand, until the function that is returned is called. */
  watch(watcher: BreakerWatcher): () => void {
    this.watchers ??= new Watchers(`the circuit breaker \`${this.name}\``, this.log);
    return this.watchers.add(watcher);
  }

  /** Leave for one call. Throws `circuit_open` when it is refused. */
  acquire(clock: Clock = this.options.clock ?? systemClock): Permit {
    return new IssuedPermit(this, this.enter(clock), clock);
  }

  /** Throws `circuit_open` if a call would be refused now; takes nothing. */
  check(clock: Clock = this.options.clock ?? systemClock): void {
    const refusal = this.refusal(clock);
    if (refusal !== undefined) throw refusal;
  }

  /** Calls `work` if it may, and counts what comes of it. Rejects with `circuit_open`, or with what `work` fails with. */
  async call<T>(work: () => T | PromiseLike<T>): Promise<T> {
    // A promise has begun already, and its failure would be taken for one of the breaker's own calls.
    requireFunction("work", work);
    const permit = this.acquire();
    try {
      const result = await work();
      permit.succeed();
      return result;
    } catch (error) {
      this.settle(permit, error);
      throw error;
    }
  }

  /** Hands `permit` back after `error`, which counts as a failure unless `isFailure` says otherwise. */
  settle(permit: Permit, error: unknown): void {
    if (this.outcomeOf(error) === "failure") permit.fail();
    else permit.succeed();
  }

  /** Opens it until {@link reset}. */
  forceOpen(): void {
    this.openUntil = Number.POSITIVE_INFINITY;
    this.become("open");
  }

  /** Closes it and forgets all failures. */
  reset(): void {
    this.become("closed");
  }

  /** @internal Leave for one call, as the number of the epoch that it is given in. */
  enter(clock: Clock): number {
    if (this.now !== "closed") this.enterOnTrial(clock);
    // As it is before a watcher is told, who may change it.
    const { epoch } = this;
    if (this.watchers !== undefined) this.tellAcquire("acquired");
    return epoch;
  }

  /** @internal Leave for one call of a task, if it is closed; else {@link enter} decides. */
  enterClosed(): ClosedLeave | undefined {
    const { leave } = this;
    if (leave !== undefined && this.watchers !== undefined) this.tellAcquire("acquired");
    return leave;
  }

  /** @internal The same as {@link check} for a call that comes to {@link enter} later, unless it is refused here. */
  turnAway(clock: Clock): void {
    const refusal = this.refusal(clock);
    if (refusal === undefined) return;
    if (this.watchers !== undefined) this.tellAcquire("rejected");
    throw refusal;
  }

  /** @internal What a call that failed with `error` says of what was called. */
  outcomeOf(error: unknown): "success" | "failure" {
    try {
      return (this.options.isFailure?.(error) ?? true) ? "failure" : "success";
    } catch (fault) {
      warn(this.log, `\`isFailure\` of the circuit breaker \`${this.name}\` failed, which counts as a failure: ${textOf(fault)}`);
      return "failure";
    }
  }

  /** @internal */
  handBack(epoch: number, outcome: Outcome, clock: Clock): void {
    if (this.watchers !== undefined && outcome !== "none")
      this.watchers.tell((watcher) => watcher.outcome?.({ breaker: this.name, outcome }));
    if (epoch !== this.epoch) return;
    if (this.now === "closed") {
      if (outcome === "none") return;
      this.failures = outcome === "success" ? 0 : this.failures + 1;
      const tripped = this.rate?.record(clock.now(), outcome === "failure") ?? false;
      if (tripped || this.failures >= this.threshold) this.trip(clock);
      return;
    }
    this.trials--;
    if (outcome === "failure") this.trip(clock);
    else if (outcome === "success" && ++this.successes >= this.halfOpenCalls) this.become("closed");
  }

  /** @internal The same for a success of a call that began while it was closed, which mostly changes nothing. */
  succeed(epoch: number, clock: Clock): void {
    if (this.watchers !== undefined || this.rate !== undefined) this.handBack(epoch, "success", clock);
    else if (epoch === this.epoch) this.failures = 0;
  }

  private enterOnTrial(clock: Clock): void {
    this.turnAway(clock);
    while (this.now === "open") {
      this.become("half-open");
      // Who was told of that may have opened it again, or taken the trial.
      this.turnAway(clock);
    }
    if (this.now === "half-open") this.trials++;
  }

  private tellAcquire(result: "acquired" | "rejected"): void {
    this.watchers?.tell((watcher) => watcher.acquire?.({ breaker: this.name, result }));
  }

  private refusal(clock: Clock): CanoError | undefined {
    if (this.now === "closed") return undefined;
    const rest = this.now === "open" ? this.openUntil - clock.now() : 0;
    if (this.now === "open" ? rest <= 0 : this.trials < this.halfOpenCalls) return undefined;
    const why = this.now === "open" ? "is open" : "is half-open, and its trials are under way";
    const facts = { code: "CANO7017", refusedBy: this.name, retryAfter: rest };
    return new CanoError("circuit_open", `the circuit breaker \`${this.name}\` ${why}`, facts);
  }

  private describeState(clock: Clock): string {
    if (this.now === "half-open") return "is half-open: trials decide";
    const rest = this.openUntil - clock.now();
    if (rest <= 0) return "is open, and the next call is a trial";
    const until = new Date(clock.epoch() + rest);
    return `is open until ${Number.isNaN(until.getTime()) ? "it is reset" : until.toISOString()}`;
  }

  private trip(clock: Clock): void {
    this.openUntil = clock.now() + this.resetTimeout;
    this.become("open");
  }

  private become(to: BreakerState): void {
    const from = this.now;
    this.now = to;
    this.epoch++;
    this.leave = to === "closed" ? new ClosedLeave(this, this.epoch) : undefined;
    this.failures = 0;
    this.trials = 0;
    this.successes = 0;
    this.rate?.clear();
    if (from === to) return;
    const change = { breaker: this.name, from, to };
    this.watchers?.tell((watcher) => watcher.change?.(change));
    const report = (fault: unknown): void =>
      warn(this.log, `\`onChange\` of the circuit breaker \`${this.name}\` failed, which changes nothing: ${textOf(fault)}`);
    try {
      reportRejection(this.options.onChange?.(change), report);
    } catch (fault) {
      report(fault);
    }
  }
}
