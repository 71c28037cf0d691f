/** A stream in progress: its items one after the other, and its windows. How its source is opened and closed is `stream-source.ts`. */

import type { CanoError } from "../errors/cano-error.js";
import { warn } from "../errors/warn.js";
import type { AnyRun } from "../run/any-run.js";
import { Scope } from "../run/scope.js";
import { TaskContext } from "../run/task-context.js";
import { taskFacts } from "../run/task-name.js";
import { arm, armIfPossible } from "../run/timeouts.js";
import type { Draining } from "../run/in-flight.js";
import { Breath, breathe } from "./breath.js";
import { readStep } from "./iterators.js";
import { StreamSource } from "./stream-source.js";
import { StreamWindow } from "./stream-window.js";
import type { AnyStream, PreparedStream } from "./stream.js";

/** See the file's first line. Every wait for an item is one `await`; what else may happen meanwhile comes from outside of it. */
export class WindowLoop extends Scope implements Draining {
  private readonly context: TaskContext<unknown>;
  private readonly source: StreamSource;
  private readonly window: StreamWindow;
  /** Whether the window's time is up. */
  private isDue = false;
  private disarm: (() => void) | undefined = undefined;
  /** Whether the next item is awaited. */
  private isIdle = false;
  /** What is done while the next item is awaited. */
  private meanwhile: Promise<void> | undefined = undefined;
  /** Why the run ends, once it is known that it does. */
  private leaving: CanoError | undefined = undefined;
  /** Whether no further item is taken. */
  private isOver = false;
  private resolve!: (next: unknown) => void;
  private reject!: (error: unknown) => void;

  constructor(
    private readonly run: AnyRun,
    private readonly state: number,
    private readonly stream: PreparedStream<AnyStream>,
  ) {
    super(run.home);
    this.context = new TaskContext(run, state, 1, run.input);
    this.window = new StreamWindow(run, state, stream, this.context);
    this.source = new StreamSource(run, state, stream.closeTimeout);
  }

  /** Reads the stream to its end and resolves to the next state. */
  begin(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.loop().catch((error: unknown) => this.fail(error));
    });
  }

  /** From when the source is open until the stream has ended. */
  get drains(): boolean {
    return this.source.isOpen && !this.isOver;
  }

  drain(error: CanoError, force: () => void): void {
    const isFirst = this.leaving === undefined;
    this.leaving = error;
    if (!isFirst) return;
    const { closeTimeout } = this.stream;
    const expire = (): void => {
      warn(this.home.log, `the stream of state \`${this.name}\` was not closed within ${closeTimeout} ms, and is given up`);
      force();
    };
    armIfPossible(`how the stream of state \`${this.name}\` is closed`, this, closeTimeout, expire, () => undefined);
    this.source.stop(error);
    if (this.isIdle && this.meanwhile === undefined) this.meanwhile = this.leave(error);
  }

  override stop(error: CanoError): void {
    if (this.stopped !== undefined) return;
    super.stop(error);
    this.isOver = true;
    this.context.stop(error);
    this.window.stop(error);
    this.source.abandon(error);
    this.reject(error);
  }

  override end(): void {
    super.end();
    this.context.end();
    this.window.end();
    this.source.end();
  }

  private async loop(): Promise<void> {
    const { task, count } = this.stream;
    const breath = new Breath();
    const stored = this.window.resume();
    const source = await this.source.open(task.open(this.run.resources as never, stored, this.source.context as never));
    this.beginWindow();
    while (!this.isOver) {
      if (this.leaving !== undefined) return await this.leave(this.leaving);
      let step: IteratorResult<unknown> | undefined;
      let failure: { readonly error: unknown } | undefined;
      this.isIdle = true;
      try {
        step = readStep(await source.next());
      } catch (error) {
        this.source.forget();
        failure = { error };
      }
      this.isIdle = false;
      if (this.meanwhile !== undefined) await this.meanwhile;
      // A source that was told to end may do so by throwing.
      if (failure !== undefined && this.leaving === undefined && !this.isOver) throw failure.error;
      if (step === undefined || this.isOver) continue;
      if (step.done === true) {
        this.source.forget();
        return await (this.leaving === undefined ? this.exhaust() : this.leave(this.leaving));
      }
      if (this.leaving !== undefined) continue;
      const working = this.window.take(step.value);
      if (working !== undefined) await working;
      if (this.window.size >= count || this.isDue) await this.turnWindow();
      if (breath.isDue()) await breathe(this);
    }
  }

  private beginWindow(): void {
    const { duration } = this.stream;
    this.isDue = false;
    this.disarm?.();
    if (duration !== undefined && !this.isOver)
      this.disarm = arm(
        this,
        duration,
        () => this.expire(),
        () => undefined,
      );
  }

  private expire(): void {
    this.isDue = true;
    if (!this.isIdle || this.meanwhile !== undefined) return;
    this.meanwhile = this.turnWindow()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.meanwhile = undefined;
        if (this.isIdle && this.leaving !== undefined && !this.isOver) this.meanwhile = this.leave(this.leaving);
      });
  }

  /** Flushes the window, if there is anything in it, and begins the next one. */
  private async turnWindow(): Promise<void> {
    if (this.window.size > 0) {
      const next = await this.flush();
      // Where the stream ends with it, the next state says so.
      if (next !== undefined) return await this.finish(next);
      const storing = this.window.commit();
      if (storing !== undefined) await storing;
    }
    this.beginWindow();
  }

  private flush(): unknown {
    // An item, or a window, may end after the stream was given up: nothing follows from it then.
    if (this.stopped !== undefined) throw this.stopped;
    const outputs = this.window.empty();
    const flushed: unknown = this.stream.task.flushWindow(this.run.resources as never, outputs, this.context as never);
    return this.run.watch?.heard.hooks.window === true ? this.tellFlushed(flushed, outputs.length) : flushed;
  }

  private async tellFlushed(flushed: unknown, outputs: number): Promise<unknown> {
    const next = await flushed;
    if (this.stopped === undefined) this.run.watch?.tell(this.state, ["window", taskFacts(this.run, this.state, 1, { outputs })]);
    return next;
  }

  private close(reason: "exhausted" | "cancelled"): unknown {
    if (this.stopped !== undefined) throw this.stopped;
    return this.stream.task.onClose(this.run.resources as never, reason, this.context as never);
  }

  private async exhaust(): Promise<void> {
    const next = this.window.size > 0 ? await this.flush() : undefined;
    const last = next ?? (await this.close("exhausted"));
    this.settle(() => this.resolve(last));
  }

  /** Ends the stream in the middle of its source. */
  private async finish(next: unknown): Promise<void> {
    this.isOver = true;
    await this.source.close();
    this.settle(() => this.resolve(next));
  }

  private async fail(error: unknown): Promise<void> {
    this.isOver = true;
    // What failed first is what is told.
    await this.source.close().catch((fault: unknown) => this.source.report(fault));
    this.settle(() => this.reject(error));
  }

  /** Flushes what there is and closes, since the run ends: with the first thing that fails on the way, else with `leaving`. */
  private async leave(leaving: CanoError): Promise<void> {
    this.isOver = true;
    const faults: unknown[] = [];
    const go = async (work: () => unknown): Promise<void> => {
      try {
        await work();
      } catch (error) {
        faults.push(error);
      }
    };
    if (this.window.size > 0) await go(() => this.flush());
    // What is cleaned up need not wait for a source that may be slow to end.
    const closing = this.source.close().then(
      () => [],
      (error: unknown) => [error],
    );
    await go(() => this.close("cancelled"));
    if (faults.length === 0) await go(() => this.window.commit());
    faults.push(...(await closing));
    this.settle(() => this.reject(faults.length > 0 ? faults[0] : (this.leaving ?? leaving)));
  }

  private settle(tell: () => void): void {
    this.end();
    tell();
  }

  private get name(): string {
    return this.run.graphState(this.state).name;
  }
}
