/** Fan-out and fan-in: starts the branches of a split, counts how they end, and joins them as soon as the strategy has decided. */

import { CanoError } from "../errors/cano-error.js";
import type { Bulkhead } from "../resilience/bulkhead.js";
import type { Tally } from "../resilience/join.js";
import type { AnyRun } from "../run/any-run.js";
import type { Run } from "../run/run.js";
import { Scope } from "../run/scope.js";
import { beginAttempt } from "../run/task-context.js";
import { type EndFacts, taskFacts } from "../run/task-name.js";
import type { Notice } from "../run/teller.js";
import { arm } from "../run/timeouts.js";
import type { InFlight } from "../run/in-flight.js";
import type { AnyBranch } from "./any-branch.js";
import type { InputOf, JoinedOf } from "./binding-types.js";
import { BranchScope, type Fan } from "./branch-scope.js";
import { joinNotMet, joinResult, splitTimedOut } from "./join-result.js";
import { prepareBranch, type PreparedBranch, type PreparedSplit, refuseOwnBulkhead } from "./prepared-split.js";
import type { Split } from "./split.js";

/** Runs `split`, which is state `s`, on the run's input. Rejects with `workflow` when the join is not met or the time is up. */
export function fork<R extends object, I, K extends keyof I & number, B>(
  run: Run<R, I>,
  s: K,
  split: PreparedSplit<B>,
): Promise<JoinedOf<Split<unknown, B>>> {
  const input = run.input as InputOf<Split<unknown, B>>;
  const given = typeof split.branches === "function" ? beginAttempt(run, s, 1) : undefined;
  const branches =
    typeof split.branches === "function"
      ? // A place that is empty has no branch that could end; it is refused as what is none.
        Array.from(split.branches(run.resources as never, given as never), (branch) => computedBranch(branch, split))
      : split.branches;
  // What computes them may have ended the run.
  if (run.stopped !== undefined) throw run.stopped;
  return new Promise<unknown>((resolve, reject) => {
    new Forking(run, s, split, branches, run.resources, input, resolve, reject).begin(given);
  }) as Promise<JoinedOf<Split<unknown, B>>>;
}

function computedBranch(branch: AnyBranch, { kinds, read, options }: PreparedSplit<unknown>): PreparedBranch {
  const prepared = prepareBranch(branch, kinds, read);
  refuseOwnBulkhead(prepared, options);
  return prepared;
}

/** A branch that has ended, with the milliseconds since the split began. */
interface Ended {
  readonly branch: BranchScope;
  readonly elapsed: number;
}

const NO_BRANCHES: readonly BranchScope[] = [];

/** A split in progress. */
class Forking extends Scope implements InFlight, Fan, Tally {
  private readonly scopes: readonly BranchScope[];
  successes = 0;
  failures = 0;
  /** In the order in which they ended, where anybody is told of it. */
  private readonly order: Ended[] | undefined;
  private started = 0;
  /** When, where anybody is told. */
  private began = 0;
  private over = false;
  private disarm: (() => void) | undefined = undefined;

  constructor(
    readonly run: AnyRun,
    readonly state: number,
    private readonly split: PreparedSplit<unknown>,
    prepared: readonly PreparedBranch[],
    readonly resources: unknown,
    readonly input: unknown,
    private readonly resolve: (joined: unknown) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    super(run.home);
    this.order = run.watch && [];
    this.scopes = prepared.map((branch, index) => new BranchScope(this, index, branch));
  }

  get branches(): number {
    return this.scopes.length;
  }

  /** Starts the branches. `given` is the context that they were computed with, and go on using. */
  begin(given: Scope | undefined): void {
    const { run, state } = this;
    if (given === undefined) run.active?.end();
    this.active = given;
    run.active = this;
    const { timeout, bulkhead } = this.split.options;
    const limit = typeof bulkhead === "number" ? bulkhead : this.scopes.length;
    if (run.watch?.heard.times === true) this.began = run.watch.now();
    run.watch?.tell(state, ...this.scopes.map((branch): Notice => ["taskStart", taskFacts(branch, state, 1)]));
    // Who is told may have ended the run.
    if (this.over) return;
    if (timeout !== undefined) this.disarm = arm(this, timeout, () => this.expire(timeout), this.reject);
    if (this.decided()) return;
    while (this.started < limit && this.startNext());
  }

  /** How the branches have ended, when the run is stopped in the middle: those that have not, with the run's error. */
  endings(error: CanoError): readonly Notice[] {
    // Who hears of its own end, or a branch that is called off by it, may end the run: all is told by then.
    if (this.over) return [];
    return [
      ...this.endedNotices(),
      ...this.unended().map((branch): Notice => ["taskFailure", { ...this.endFacts(branch, this.elapsed()), error }]),
    ];
  }

  override stop(error: CanoError): void {
    this.over = true;
    super.stop(error);
    for (const branch of this.unended()) branch.stop(error);
    this.reject(error);
  }

  override end(): void {
    super.end();
    for (const branch of this.scopes) branch.end();
  }

  private startNext(): boolean {
    const branch = this.scopes[this.started];
    if (branch === undefined || this.over) return false;
    this.started++;
    branch.start(this.shared);
    return true;
  }

  ended(branch: BranchScope): void {
    if (this.over) return;
    if (branch.status === "success") this.successes++;
    else this.failures++;
    this.order?.push({ branch, elapsed: this.elapsed() });
    if (!this.decided()) this.startNext();
  }

  /** Asks the strategy, and ends the split when it has decided. */
  private decided(): boolean {
    let verdict: boolean | undefined;
    try {
      const { join, options } = this.split;
      const hopeless = this.failures > 0 && options.settle === "first-failure" && join.join === "all";
      verdict = hopeless ? false : join.decide(this);
    } catch (error) {
      this.finish(false, () => this.reject(error));
      return true;
    }
    if (verdict === undefined) return false;
    if (verdict) this.join();
    else this.finish(false, () => this.reject(joinNotMet(this.run, this.state, this.split.join.join, this.scopes)));
    return true;
  }

  private expire(timeout: number): void {
    try {
      if (this.split.join.decideAtTimeout?.(this) === true) return this.join();
    } catch (error) {
      return this.finish(false, () => this.reject(error));
    }
    this.finish(false, () => this.reject(splitTimedOut(this.run, this.state, timeout)));
  }

  private join(): void {
    this.finish(true, () => this.resolve(joinResult(this.input, this.scopes, this.successes)));
  }

  private finish(met: boolean, settle: () => void): void {
    this.over = true;
    this.disarm?.();
    const unended = this.unended();
    if (this.run.watch !== undefined) this.tellEnd(met, unended);
    settle();
    if (unended.length > 0) {
      const reason = new CanoError("cancelled", "this branch is no longer needed: its split is over", { code: "CANO7005" });
      for (const branch of unended) branch.stop(reason);
      this.active?.stop(reason);
    }
    this.active?.end();
    this.run.active = undefined;
  }

  private tellEnd(met: boolean, unended: readonly BranchScope[]): void {
    const { run, state, successes, failures } = this;
    const counts = { successes, failures, cancelled: unended.length, elapsed: this.elapsed() };
    run.watch?.tell(
      state,
      ...this.endedNotices(),
      ...unended.map((branch): Notice => ["taskCancelled", this.endFacts(branch, this.elapsed())]),
      ["join", { strategy: this.split.join.join, met, ...counts }],
    );
  }

  /** The bulkhead that branches wait for, if it is shared with others. */
  private get shared(): Bulkhead | undefined {
    const { bulkhead } = this.split.options;
    return typeof bulkhead === "object" ? bulkhead : undefined;
  }

  private unended(): readonly BranchScope[] {
    // Nearly always all have.
    if (this.successes + this.failures === this.scopes.length) return NO_BRANCHES;
    return this.scopes.filter(({ status }) => status === "waiting" || status === "running");
  }

  /** All successes first, then all failures, as the contract has it. */
  private endedNotices(): readonly Notice[] {
    const ended = this.order ?? [];
    return [
      ...ended
        .filter(({ branch }) => branch.status === "success")
        .map(({ branch, elapsed }): Notice => ["taskSuccess", this.endFacts(branch, elapsed)]),
      ...ended
        .filter(({ branch }) => branch.status === "failure")
        .map(({ branch, elapsed }): Notice => ["taskFailure", { ...this.endFacts(branch, elapsed), error: branch.value }]),
    ];
  }

  private endFacts(branch: BranchScope, elapsed: number): EndFacts {
    return taskFacts(branch, this.state, branch.attempts, { elapsed });
  }

  private elapsed(): number {
    const { watch } = this.run;
    return watch?.heard.times === true ? watch.now() - this.began : 0;
  }
}
