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
export type Outcome =
  | { readonly kind: "waiting" | "running" }
  | { readonly kind: "success"; readonly value: unknown }
  | { readonly kind: "failure"; readonly error: unknown };

const WAITING: Outcome = { kind: "waiting" };
const RUNNING: Outcome = { kind: "running" };

/** See the file's first line. */
export class BranchScope extends Scope implements Attempting, Whole {
  outcome: Outcome = WAITING;

  constructor(
    readonly run: AnyRun,
    private readonly state: number,
    readonly index: number,
    private readonly prepared: PreparedBranch,
    private readonly resources: unknown,
    private readonly input: unknown,
  ) {
    super(run.home);
  }

  /** What it failed with, if it did. */
  get error(): unknown {
    return this.outcome.kind === "failure" ? this.outcome.error : undefined;
  }

  get branchName(): string {
    return `${this.prepared.name}[${this.index}]`;
  }

  get idempotencyKey(): string {
    return `${visitKey(this.run, this.state)}/${this.index}`;
  }

  /** Runs the branch to its end, its retries included, inside `bulkhead` if there is one, and calls `ended` once, never before this method has returned. */
  start(bulkhead: Bulkhead | undefined, ended: (branch: BranchScope) => void): void {
    this.outcome = RUNNING;
    let made: unknown;
    try {
      made = bulkhead === undefined ? this.attempts() : this.attemptsInside(bulkhead);
    } catch (error) {
      made = Promise.reject(error);
    }
    Promise.resolve(made).then(
      (value) => this.settle({ kind: "success", value }, ended),
      (error: unknown) => this.settle({ kind: "failure", error }, ended),
    );
  }

  private settle(outcome: Outcome, ended: (branch: BranchScope) => void): void {
    this.outcome = outcome;
    this.end();
    ended(this);
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
    if (this.stopped === undefined) return await this.attempts();
    leave();
    throw this.stopped;
  }

  /** Yields its result, or a promise of it; throws, or rejects. */
  private attempts(): unknown {
    const { retry: policy, attempts } = this.prepared.policies;
    if (attempts !== undefined) return attempts(this, this.state, (attempt) => this.attempt(attempt));
    return policy === none ? this.attempt(1) : this.retried(policy);
  }

  private async retried(policy: Retry): Promise<unknown> {
    try {
      return await this.attempt(1);
    } catch (error) {
      return await retry(this, this.state, policy, error, (attempt) => this.attempt(attempt));
    }
  }

  private attempt(attempt: number): unknown {
    this.active?.end();
    const context = new TaskContext(this.run, this.state, attempt, this.input, this);
    this.active = context;
    const { runAttempt, policies } = this.prepared;
    return within(this, this.state, policies.attemptTimeout, runAttempt(this.resources, context));
  }
}
