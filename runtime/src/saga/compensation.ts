/** The compensation of one effect: its attempts, one after the other, until one succeeds or no more is allowed. */

import { CanoError } from "../errors/cano-error.js";
import { WorkTimeout } from "../resilience/attempt-timeout.js";
import type { Attempting } from "../resilience/attempting.js";
import { retry } from "../resilience/retry-loop.js";
import type { AnyRun } from "../run/any-run.js";
import { Scope } from "../run/scope.js";
import { activate, TaskContext, type Whole } from "../run/task-context.js";
import { taskNameOf } from "../run/task-name.js";
import type { Compensator } from "./compensator.js";
import type { Undo } from "./undo.js";

/** See the file's first line. It is no part of the run that has failed: what stopped that does not stop it. */
export class Compensation extends Scope implements Attempting, Whole {
  readonly input: unknown;
  readonly idempotencyKey: string;
  readonly branchName: string;
  readonly branch: undefined = undefined;
  /** How many attempts were begun. */
  attempts = 0;
  private refuse: (error: CanoError) => void = () => undefined;

  constructor(
    readonly run: AnyRun,
    private readonly undo: Undo,
    private readonly compensator: Compensator,
  ) {
    super(run.home);
    this.input = undo.input;
    this.idempotencyKey = `${undo.key}/undo`;
    this.branchName = `${taskNameOf(run, undo.state)}.compensate`;
  }

  /** Resolves once it is undone. */
  async carryOut(): Promise<void> {
    const { compensator, undo } = this;
    try {
      await this.attempt(1);
    } catch (error) {
      await retry(this, undo.state, compensator.retry, error, (attempt) => this.attempt(attempt));
    }
  }

  override stop(error: CanoError): void {
    super.stop(error);
    this.refuse(error);
  }

  private attempt(attempt: number): Promise<void> {
    const { run, undo, compensator } = this;
    this.attempts = attempt;
    const context = activate(this, new TaskContext(run, undo.state, attempt, undo.input, this));
    return new Promise((resolve, reject) => {
      this.refuse = reject;
      const begin = (): unknown => compensator.compensate(run.resources, undo.output, context);
      const work = Promise.resolve(run.watch === undefined ? begin() : run.watch.call(this, undo.state, attempt, begin));
      if (compensator.attemptTimeout === undefined) work.then(() => resolve(), reject);
      else new CompensationTimeout(context, compensator.attemptTimeout, reject).bound(work, () => resolve());
    });
  }
}

class CompensationTimeout extends WorkTimeout<TaskContext<unknown>> {
  protected error(): CanoError {
    const { scope, limit } = this;
    const message = `the compensation of state \`${scope.run.graphState(scope.index).name}\` took longer than ${limit} ms`;
    return new CanoError("timeout", message, { code: "CANO7003", state: scope.state, attempt: scope.attempt, limit });
  }

  protected abort(error: CanoError): void {
    this.scope.stop(error);
  }
}
