/** Where a stream reads from: opened once, read one item at a time, closed in time. */

import { CanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import type { AnyRun } from "../run/any-run.js";
import { Scope } from "../run/scope.js";
import { TaskContext } from "../run/task-context.js";
import { armIfPossible } from "../run/timeouts.js";
import { abandonIterator, abandonSource, type AnyIterator, closeIterator, openIterator } from "./iterators.js";

/** See the file's first line. */
export class StreamSource extends Scope {
  /** The context that `open` is given: its signal fires when no more is wanted from the source. */
  readonly context: TaskContext<unknown>;
  isOpen = false;
  private iterator: AnyIterator | undefined = undefined;

  constructor(
    private readonly run: AnyRun,
    private readonly state: number,
    private readonly closeTimeout: number,
  ) {
    super(run.home);
    this.context = new TaskContext(run, state, 1, run.input);
    this.active = this.context;
  }

  /** Opens what `opening` resolves to; when the run was stopped meanwhile, closes it again and rejects. */
  async open(opening: unknown): Promise<AnyIterator> {
    const source = await opening;
    if (this.stopped !== undefined) {
      abandonSource(this.home, this.what, source);
      throw this.stopped;
    }
    this.iterator = openIterator("open", source);
    this.isOpen = true;
    return this.iterator;
  }

  /** Takes note that the source has ended, or thrown: it is not to be closed any more. */
  forget(): void {
    this.iterator = undefined;
  }

  /** Says that no more is wanted, and waits for the source to agree, for a bounded time. Rejects with what it throws at that. */
  close(): Promise<void> {
    const { iterator, closeTimeout } = this;
    this.iterator = undefined;
    if (iterator === undefined) return Promise.resolve();
    this.stop(new CanoError("cancelled", "no more is wanted from this source: its stream is over", { code: "CANO7005" }));
    return new Promise((resolve, reject) => {
      const expire = (): void => {
        warn(this.home.log, `${this.what} was not closed within ${closeTimeout} ms, and is given up`);
        resolve();
      };
      const disarm = armIfPossible(`how ${this.what} is closed`, this.run, closeTimeout, expire, reject);
      closeIterator(iterator).then(resolve, reject).finally(disarm);
    });
  }

  /** The same without waiting. */
  abandon(error: CanoError): void {
    this.stop(error);
    if (this.iterator !== undefined) abandonIterator(this.home, this.what, this.iterator);
    this.iterator = undefined;
  }

  /** Logs what closing the source came to, where something else is already told. */
  report(fault: unknown): void {
    warn(this.home.log, `${this.what} could not be closed: ${textOf(fault)}`);
  }

  private get what(): string {
    return `the source of state \`${this.run.graphState(this.state).name}\``;
  }
}
