/** One branch of a split in progress: its attempts, its context, its outcome. */

import { within } from "../resilience/attempt-timeout.js";
import type { Bulkhead } from "../resilience/bulkhead.js";
import { none, type Retry } from "../resilience/retry.js";
import { retry } from "../resilience/retry-loop.js";
import type { AnyRun } from "../run/any-run.js";
import { Scope } from "../run/scope.js";
import { TaskContext, visitKey, type Whole } from "../run/task-context.js";
import { hold } from "../run/waits.js";
import type { Attempting } from "./attempting.js";
import type { PreparedBranch } from "./prepared-split.js";

/** What has become of a branch. */
export type Status = "waiting" | "running" | "success" | "failure";

/** What the branches of one split share. */
export interface Fan {
  readonly run: AnyRun;
  readonly state: number;
  readonly resources: unknown;
  readonly input: unknown;
  /** Told once of each branch that has ended. */
  readonly ended: (branch: BranchScope) => void;
}

/** See the file's first line. */
export class BranchScope extends Scope implements Attempting, Whole {
  status: Status = "waiting";
  /** The attempt that was begun last. */
  attempts = 0;
  /** What it came to, or failed with, once it has ended. */
  value: unknown = undefined;

  constructor(
    private readonly fan: Fan,
    readonly branch: number,
    private readonly prepared: PreparedBranch,
  ) {
    super(fan.run.home);
  }

  get run(): AnyRun {
    return this.fan.run;
  }

  get input(): unknown {
    return this.fan.input;
  }

  get branchName(): string {
    return `${this.prepared.name}[${this.branch}]`;
  }

  get idempotencyKey(): string {
    return `${visitKey(this.run, this.fan.state)}/${this.branch}`;
  }

  /** Runs the branch to its end, its retries included, inside `bulkhead` if there is one. It ends after this method has returned. */
  start(bulkhead: Bulkhead | undefined): void {
    this.status = "running";
    let made: unknown;
    try {
      made = bulkhead === undefined ? this.attemptAll() : this.attemptsInside(bulkhead);
    } catch (error) {
      made = Promise.reject(error);
    }
    Promise.resolve(made).then(
      (value) => this.settle("success", value),
      (error: unknown) => this.settle("failure", error),
    );
  }

  private settle(status: Status, value: unknown): void {
    this.status = status;
    this.value = value;
    this.end();
    this.fan.ended(this);
  }

  private async attemptsInside(bulkhead: Bulkhead): Promise<unknown> {
    await bulkhead.admit(this);
    let isInside = true;
    const leave = (): void => {
      if (isInside) bulkhead.depart();
      isInside = false;
    };
    // When the branch is over, or stopped, whatever the attempt in flight makes of that.
    hold(this, { end: leave, stop: leave });
    if (this.stopped === undefined) return await this.attemptAll();
    leave();
    throw this.stopped;
  }

  /** Yields its result, or a promise of it; throws, or rejects. */
  private attemptAll(): unknown {
    const { retry: policy, attempts } = this.prepared.policies;
    if (attempts !== undefined) return attempts(this, this.fan.state, (attempt) => this.attempt(attempt));
    return policy === none ? this.attempt(1) : this.retried(policy);
  }

  private async retried(policy: Retry): Promise<unknown> {
    try {
      return await this.attempt(1);
    } catch (error) {
      return await retry(this, this.fan.state, policy, error, (attempt) => this.attempt(attempt));
    }
  }

  private attempt(attempt: number): unknown {
    this.attempts = attempt;
    this.active?.end();
    const { run, state, resources, input } = this.fan;
    const context = new TaskContext(run, state, attempt, input, this);
    this.active = context;
    const { runAttempt, policies } = this.prepared;
    const begin = (): unknown => runAttempt(resources, context);
    return within(
      this,
      state,
      policies.attemptTimeout,
      run.watch === undefined ? begin() : run.watch.call(this, state, attempt, begin),
    );
  }
}
