/** Where the workers of a batch take their items from: one iterator, never asked for two items at a time. */

import { isThenable } from "../errors/thenable.js";
import type { Home } from "../run/home.js";
import { abandonIterator, type AnyIterator, openIterator, readStep } from "./iterators.js";

type Step = IteratorResult<unknown>;

const ENDED: Step = { done: true, value: undefined };

/** See the file's first line. */
export class ItemFeed {
  /** Undefined once it has ended or thrown: then it is neither asked nor closed. */
  private iterator: AnyIterator | undefined;
  /** What was asked for last, where several may ask. */
  private last: Promise<Step> | undefined = undefined;

  /** Opens `items`, which `method` returned. With `single`, the next item is only ever asked for once the one before is there. */
  constructor(
    method: string,
    items: unknown,
    private readonly single: boolean,
  ) {
    this.iterator = openIterator(method, items);
  }

  get hasEnded(): boolean {
    return this.iterator === undefined;
  }

  /** The next item; at once where the iterator is a synchronous one. */
  next(): Step | Promise<Step> {
    if (this.last !== undefined) {
      const ask = (): Step | Promise<Step> => this.ask();
      this.last = this.last.then(ask, ask);
      return this.last;
    }
    const step = this.ask();
    if (!this.single && step instanceof Promise) this.last = step;
    return step;
  }

  /** Waits for what was asked for last, whatever comes of it. */
  async awaited(): Promise<void> {
    await this.last?.then(
      () => undefined,
      () => undefined,
    );
  }

  /** Says that no more is wanted, without waiting. `what` names the items. */
  abandon(home: Home, what: string): void {
    if (this.iterator !== undefined) abandonIterator(home, what, this.iterator);
    this.iterator = undefined;
  }

  private ask(): Step | Promise<Step> {
    if (this.iterator === undefined) return ENDED;
    let step: Step | PromiseLike<Step>;
    try {
      step = this.iterator.next();
    } catch (error) {
      return this.forget(error);
    }
    return isThenable(step)
      ? Promise.resolve(step).then(
          (later) => this.look(later),
          (error: unknown) => this.forget(error),
        )
      : this.look(step);
  }

  private look(yielded: unknown): Step {
    try {
      const step = readStep(yielded);
      if (step.done === true) this.iterator = undefined;
      return step;
    } catch (error) {
      return this.forget(error);
    }
  }

  private forget(error: unknown): never {
    this.iterator = undefined;
    throw error;
  }
}
