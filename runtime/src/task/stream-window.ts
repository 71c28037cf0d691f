/** What a stream has made of its items since its window began: outputs, the cursor behind the last of them, failures in a row. */

import { decodePayload, encodePayload } from "../payload/payload.js";
import { isThenable } from "../errors/thenable.js";
import { withinItem } from "../resilience/attempt-timeout.js";
import { isRetryable } from "../resilience/retry-loop.js";
import type { AnyRun } from "../run/any-run.js";
import { Scope } from "../run/scope.js";
import { TaskContext } from "../run/task-context.js";
import { taskFacts } from "../run/task-name.js";
import type { AnyStream, PreparedStream } from "./stream.js";

/** See the file's first line. */
export class StreamWindow extends Scope {
  private outputs: unknown[] = [];
  private cursor: unknown = undefined;
  private failures = 0;
  /** How many windows were flushed, where that is stored. */
  private windows = 0;
  /** How many items have ended, and how many of them failed. */
  private done = 0;
  private failed = 0;

  constructor(
    private readonly run: AnyRun,
    private readonly state: number,
    private readonly stream: PreparedStream<AnyStream>,
    private readonly context: TaskContext<unknown>,
  ) {
    super(run.home);
  }

  /** The cursor at which the stream goes on, if an earlier run of the state has stored one. */
  resume(): unknown {
    const stored = this.run.visitLog?.takeCursor();
    this.windows = stored?.steps ?? 0;
    return stored && decodePayload(this.home, stored.text);
  }

  /** How many outputs there are. */
  get size(): number {
    return this.outputs.length;
  }

  /** Works on one item; the promise, if there is one, is to be awaited. Throws what fails the run. */
  take(item: unknown): Promise<void> | undefined {
    const { attemptTimeout } = this.stream.policies;
    const context = attemptTimeout === undefined ? this.context : this.beginItem();
    try {
      const work: unknown = this.stream.task.processItem(this.run.resources as never, item, context as never);
      if (isThenable(work)) return this.follow(attemptTimeout === undefined ? work : withinItem(context, attemptTimeout, work));
      this.keep(work);
    } catch (error) {
      this.passOver(error);
    }
    return undefined;
  }

  /** The outputs, which are then forgotten; their cursor is not. */
  empty(): readonly unknown[] {
    const { outputs } = this;
    this.outputs = [];
    return outputs;
  }

  /** Makes the cursor of what was flushed last the stream's, and stores it where the run is stored; the promise, if there is one, is to be awaited. Throws when it does not survive JSON. */
  commit(): Promise<void> | undefined {
    // Late: that the run has failed may be stored already, and nothing is stored behind that.
    if (this.cursor === undefined || this.stopped !== undefined) return undefined;
    const text = encodePayload(this.home, `the cursor of state \`${this.run.graphState(this.state).name}\``, this.cursor);
    return this.run.visitLog?.recordCursor(text, ++this.windows);
  }

  /** An item that may take too long is told so by a signal of its own. */
  private beginItem(): TaskContext<unknown> {
    return (this.active = new TaskContext(this.run, this.state, 1, this.run.input, this.context));
  }

  /** Its signal is not to fire any more. */
  private endItem(): void {
    this.active?.end();
    this.active = undefined;
  }

  private async follow(work: PromiseLike<unknown>): Promise<void> {
    try {
      this.keep(await work);
    } catch (error) {
      this.passOver(error);
    }
  }

  private keep(made: unknown): void {
    this.endItem();
    // The generator has proved that it is a pair.
    const [output, cursor] = made as readonly [unknown, unknown];
    this.outputs.push(output);
    this.cursor = cursor;
    this.failures = 0;
    this.count(true);
  }

  private passOver(error: unknown): void {
    this.endItem();
    this.failures++;
    const isPassedOver = this.failures <= this.stream.tolerated && isRetryable(error);
    // Late: what the run has done before may be in the middle of being undone.
    if (isPassedOver && this.stopped === undefined)
      this.run.watch?.tell(this.state, ["tolerated", taskFacts(this.run, this.state, 1, { error })]);
    this.count(false);
    if (!isPassedOver) throw error;
  }

  private count(ok: boolean): void {
    // Late: nobody waits for it any more.
    if (this.stopped !== undefined) return;
    this.done++;
    if (!ok) this.failed++;
    const { run, state, done, failed } = this;
    if (run.watch?.heard.hooks.progress !== true) return;
    run.watch.tell(state, ["progress", taskFacts(run, state, 1, { ok, done, failed, total: undefined })]);
  }
}
