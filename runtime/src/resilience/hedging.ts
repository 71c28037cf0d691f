/** One attempt in several copies: another is started when those before are slow, the first that succeeds counts, the rest are aborted. */

import { CanoError } from "../errors/cano-error.js";
import { whenSettled } from "../errors/thenable.js";
import { Scope } from "../run/scope.js";
import { taskFacts } from "../run/task-name.js";
import { armIfPossible } from "../run/timeouts.js";
import type { Wait } from "../run/waits.js";
import { type Admission, type Gates, tryAdmit } from "./admission.js";
import type { Attempting } from "./attempting.js";
import type { Hedge } from "./task-config.js";

interface Copy {
  readonly admission: Admission;
  /** Its context, if the task takes one. */
  readonly context: Scope | undefined;
  /** Its timeout, if it has one. */
  readonly timeout: Wait | undefined;
}

/** See the file's first line. */
export class Hedging<T> extends Scope {
  private readonly copies = new Set<Copy>();
  private started = 0;
  private isOver = false;
  private resolve!: (result: Awaited<T>) => void;
  private reject!: (error: unknown) => void;

  constructor(
    private readonly scope: Attempting,
    private readonly state: number,
    private readonly gates: Gates,
    private readonly attempt: number,
    private readonly work: (attempt: number) => T,
  ) {
    super(scope.home);
  }

  /** Starts the first copy, which has been admitted; resolves and rejects as the attempt does. */
  begin(hedge: Required<Hedge>, admission: Admission): Promise<Awaited<T>> {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.start(admission);
      this.armNext(hedge);
    });
  }

  override stop(error: CanoError): void {
    super.stop(error);
    this.finish(error);
    this.reject(error);
  }

  override end(): void {
    super.end();
    for (const { context, timeout } of this.copies) {
      context?.end();
      timeout?.end();
    }
  }

  private armNext({ after, max }: Required<Hedge>): void {
    if (this.isOver || this.started > max) return;
    const startNext = (): void => {
      // A copy that would have to wait for its turn, or is refused, is not worth it.
      const admission = tryAdmit(this.scope, this.gates);
      if (admission === undefined) return;
      const { scope, state } = this;
      scope.run.watch?.tell(state, ["hedge", taskFacts(scope, state, this.attempt, { copy: this.started + 1 })]);
      // Who is told may have ended the run.
      if (this.isOver) return admission.end();
      this.start(admission);
      this.armNext({ after, max });
    };
    const { name } = this.scope.run.graphState(this.state);
    armIfPossible(`another copy of state \`${name}\``, this, after, startNext, () => undefined);
  }

  private start(admission: Admission): void {
    const { scope } = this;
    const { waits } = scope;
    this.started++;
    // The context and the timeout that a copy makes must not take the place of those of the copy before it.
    scope.active = undefined;
    scope.waits = undefined;
    let result: T | Promise<never>;
    try {
      result = this.work(this.attempt);
    } catch (error) {
      result = Promise.reject(error);
    }
    const copy: Copy = { admission, context: scope.active, timeout: scope.waits };
    this.copies.add(copy);
    scope.active = this;
    scope.waits = waits;
    try {
      whenSettled<T | Promise<never>>(
        result,
        (value) => this.succeed(copy, value),
        (error) => this.fail(copy, error),
      );
    } catch (error) {
      // A promise that cannot be read: else it would keep what it was admitted with.
      this.fail(copy, error);
    }
    // The task itself may have ended the run, which has then not reached what stood aside.
    if (scope.stopped === undefined) return;
    waits?.stop(scope.stopped);
    this.stop(scope.stopped);
  }

  private succeed(copy: Copy, value: Awaited<T>): void {
    if (this.isOver) return;
    copy.admission.succeed(this.scope);
    this.copies.delete(copy);
    this.finish(new CanoError("cancelled", "this copy is no longer needed: another has succeeded", { code: "CANO7005" }));
    this.resolve(value);
  }

  private fail(copy: Copy, error: unknown): void {
    if (this.isOver) return;
    copy.admission.fail(this.scope, error);
    this.copies.delete(copy);
    if (this.copies.size > 0) return;
    this.finish(undefined);
    this.reject(error);
  }

  /** Calls off what is under way. */
  private finish(reason: CanoError | undefined): void {
    this.isOver = true;
    for (const { admission, context, timeout } of this.copies) {
      admission.end();
      timeout?.end();
      if (reason !== undefined) context?.stop(reason);
    }
    this.end();
    this.copies.clear();
    this.scope.active = undefined;
  }
}
