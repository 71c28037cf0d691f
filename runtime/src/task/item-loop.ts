/** The items of a batch in progress: as many workers as items may be in progress at once, each of which sees one item to its end. */

import { CanoError } from "../errors/cano-error.js";
import { isThenable } from "../errors/thenable.js";
import { withinItem } from "../resilience/attempt-timeout.js";
import { isRetryable } from "../resilience/retry-loop.js";
import { Scope } from "../run/scope.js";
import { type AttemptContext, TaskContext } from "../run/task-context.js";
import { taskFacts } from "../run/task-name.js";
import { sleep } from "../run/timers.js";
import type { ItemOutcome } from "./batch-task.js";
import type { AnyBatch, PreparedBatch } from "./batch.js";
import { Breath, breathe } from "./breath.js";
import { ItemFeed } from "./item-feed.js";

// A slot is overwritten before anybody sees it.
const EMPTY: ItemOutcome<never> = { ok: false, error: undefined };

/** See the file's first line. */
export class ItemLoop extends Scope {
  private readonly outcomes: ItemOutcome<unknown>[] = [];
  /** What each worker is at; undefined while that is no item. */
  private readonly contexts: (AttemptContext<unknown> | undefined)[] = [];
  private done = 0;
  private failed = 0;
  /** How many items there are, if that is known beforehand. */
  private total: number | undefined = undefined;
  private feed: ItemFeed | undefined = undefined;
  private readonly breath = new Breath();
  /** While everything else has its turn, no worker goes on. */
  private pause: Promise<void> | undefined = undefined;
  private refuse: ((reason: unknown) => void) | undefined = undefined;

  constructor(
    private readonly batch: PreparedBatch<AnyBatch>,
    private readonly resources: unknown,
    private readonly outer: AttemptContext<unknown>,
  ) {
    super(outer.home);
    outer.active = this;
  }

  /** Works through `items`. Rejects with what their iterator throws, and with the reason when the batch is stopped. */
  async process(items: Iterable<unknown> | AsyncIterable<unknown>): Promise<readonly ItemOutcome<unknown>[]> {
    const { concurrency } = this.batch;
    if (Array.isArray(items)) this.total = items.length;
    const feed = new ItemFeed("load", items, concurrency === 1);
    this.feed = feed;
    try {
      await new Promise<void>((resolve, reject) => {
        this.refuse = reject;
        this.employ(feed).then(resolve, reject);
      });
    } catch (error) {
      // The items still in progress are of no use any more.
      this.stop(new CanoError("cancelled", "this item is no longer needed: its batch has failed", { code: "CANO7005" }));
      throw error;
    }
    return this.outcomes;
  }

  override stop(error: CanoError): void {
    if (this.stopped !== undefined) return;
    super.stop(error);
    for (const context of this.contexts) context?.stop(error);
    this.feed?.abandon(this.home, itemsOf(this.outer));
    this.refuse?.(error);
  }

  override end(): void {
    super.end();
    for (const context of this.contexts) context?.end();
  }

  /** Sets workers to work as long as there is something to do for them. */
  private async employ(feed: ItemFeed): Promise<void> {
    const workers: Promise<void>[] = [];
    while (workers.length < this.batch.concurrency && !feed.hasEnded && this.stopped === undefined) {
      const worker = this.work(feed, workers.length);
      worker.catch((error: unknown) => this.refuse?.(error));
      workers.push(worker);
      await feed.awaited();
    }
    await Promise.all(workers);
  }

  private async work(feed: ItemFeed, worker: number): Promise<void> {
    const { task, itemTimeout } = this.batch;
    const { run, index: state, input } = this.outer;
    while (this.stopped === undefined) {
      const taken = feed.next();
      const step = isThenable(taken) ? await taken : taken;
      if (this.stopped !== undefined || step.done === true) return;
      const index = this.outcomes.push(EMPTY) - 1;
      let outcome: ItemOutcome<unknown> | undefined;
      let delay: number | undefined;
      for (let attempt = 1; outcome === undefined; attempt++) {
        const context = new TaskContext(run, state, attempt, input, this.outer, index);
        this.contexts[worker] = context;
        try {
          const made: unknown = task.processItem(this.resources as never, step.value, context as never);
          if (!isThenable(made)) outcome = { ok: true, value: made };
          else outcome = { ok: true, value: await (itemTimeout === undefined ? made : withinItem(context, itemTimeout, made)) };
        } catch (error) {
          const next = await this.failedAttempt(attempt, error, delay);
          // Called off on the way here, nobody would stop the attempt that begins now.
          if (this.stopped !== undefined) return;
          if (typeof next === "number") delay = next;
          else outcome = next;
        }
        context.end();
      }
      // Its signal is not to fire any more.
      this.contexts[worker] = undefined;
      this.settle(index, outcome);
      if (this.breath.isDue()) this.pause = breathe(this).finally(() => (this.pause = undefined));
      if (this.pause !== undefined) await this.pause;
    }
  }

  /** What a failed attempt comes to: the delay that it has waited when there is to be another, `previous` being the one before. Never rejects. */
  private async failedAttempt(
    attempt: number,
    error: unknown,
    previous: number | undefined,
  ): Promise<ItemOutcome<unknown> | number> {
    const { itemRetry } = this.batch;
    if (this.stopped !== undefined || attempt > itemRetry.retries || !isRetryable(error)) return { ok: false, error };
    try {
      const delay = itemRetry.delay(attempt - 1, error, this.home.random, previous);
      if (delay === undefined) return { ok: false, error };
      await sleep(this, delay);
      return delay;
    } catch (fault) {
      // A retry policy that fails, or the end of the batch: there is no further attempt.
      return { ok: false, error: fault };
    }
  }

  private settle(index: number, outcome: ItemOutcome<unknown>): void {
    if (this.stopped !== undefined) return;
    this.outcomes[index] = outcome;
    this.done++;
    if (!outcome.ok) this.failed++;
    const { run, index: state, attempt } = this.outer;
    if (run.watch?.heard.hooks.progress !== true) return;
    const { done, failed, total } = this;
    run.watch.tell(state, ["progress", taskFacts(this.outer, state, attempt, { ok: outcome.ok, done, failed, total })]);
  }
}

/** How the log calls the items of the batch that is attempted in `context`. */
export function itemsOf({ run, index }: AttemptContext<unknown>): string {
  return `the items of state \`${run.graphState(index).name}\``;
}
