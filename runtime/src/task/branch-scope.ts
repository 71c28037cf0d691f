/** One branch of a split in progress: its attempts, its context, its outcome. */

import { whenSettled } from "../errors/thenable.js";
import { within } from "../resilience/attempt-timeout.js";
import type { Attempting } from "../resilience/attempting.js";
import type { Bulkhead } from "../resilience/bulkhead.js";
import { retry } from "../resilience/retry-loop.js";
import { none, type Retry } from "../resilience/retry.js";
import type { AnyRun } from "../run/any-run.js";
import { activate, AttemptContext, TaskContext, visitKey } from "../run/task-context.js";
import { hold } from "../run/waits.js";
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
  ended(branch: BranchScope): void;
}

/** See the file's first line. A branch that makes one attempt only is the context of that attempt itself. */
export class BranchScope extends AttemptContext<unknown> implements Attempting {
  status: Status = "waiting";
  /** The attempt that was begun last. */
  attempts = 0;
  /** What it came to, or failed with, once it has ended. */
  value: unknown = undefined;

  constructor(
    private readonly fan: Fan,
    private readonly place: number,
    private readonly prepared: PreparedBranch,
  ) {
    super(fan.run.home);
  }

  get run(): AnyRun {
    return this.fan.run;
  }

  get index(): number {
    return this.fan.state;
  }

  get input(): unknown {
    return this.fan.input;
  }

  get attempt(): number {
    return this.attempts;
  }

  get branchName(): string {
    return `${this.prepared.name}[${this.place}]`;
  }

  get branch(): number {
    return this.place;
  }

  get branchKind(): PreparedBranch["kind"] {
    return this.prepared.kind;
  }

  get idempotencyKey(): string {
    return `${visitKey(this.run, this.index)}/${this.place}`;
  }

  /** Runs the branch to its end, its retries included, inside `bulkhead` if there is one. It ends after this method has returned. */
  start(bulkhead: Bulkhead | undefined): void {
    this.status = "running";
    const succeed = (value: unknown): void => this.settle("success", value);
    const fail = (error: unknown): void => this.settle("failure", error);
    try {
      whenSettled(bulkhead === undefined ? this.attemptAll() : this.attemptsInside(bulkhead), succeed, fail);
    } catch (error) {
      whenSettled(Promise.reject(error), succeed, fail);
    }
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
    if (attempts !== undefined) return attempts(this, this.index, (attempt) => this.tryOnce(attempt));
    return policy === none ? this.tryOnce(1) : this.retried(policy);
  }

  private async retried(policy: Retry): Promise<unknown> {
    try {
      return await this.tryOnce(1);
    } catch (error) {
      return await retry(this, this.index, policy, error, (attempt) => this.tryOnce(attempt));
    }
  }

  private tryOnce(attempt: number): unknown {
    this.attempts = attempt;
    const { run, index, prepared, fan } = this;
    const { runAttempt, policies } = prepared;
    const context = prepared.isAttemptedOnce ? this : this.beginAttempt(attempt);
    const { watch } = run;
    const made =
      watch === undefined
        ? runAttempt(fan.resources, context)
        : watch.call(this, index, attempt, () => runAttempt(fan.resources, context));
    return within(this, index, policies.attemptTimeout, made, attempt);
  }

  private beginAttempt(attempt: number): AttemptContext<unknown> {
    return activate(this, new TaskContext(this.run, this.index, attempt, this.input, this));
  }
}
