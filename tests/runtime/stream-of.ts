/** Streams for tests, with a source that counts what is asked of it. */

import type { Context, StreamTask } from "cano";
import { machineOf } from "./machine.js";

export type Stream = StreamTask<unknown, unknown, unknown, unknown>;

export const busy = new Error("busy");

type Sleep = Context<unknown>["sleep"];

/** A source of `items`; `before` may make it wait for one. */
export class Source implements AsyncIterable<number> {
  opened = 0;
  asked = 0;
  closed = 0;
  /** How many `next()` calls were pending at most. */
  most = 0;
  signal: AbortSignal | undefined;
  private pending = 0;
  private sleep: Sleep | undefined;

  constructor(
    private readonly items: readonly number[],
    private readonly before: (item: number, sleep: Sleep) => unknown,
    /** What happens when it is closed. */
    public closing: () => unknown = () => undefined,
  ) {}

  open({ signal, sleep }: Context<unknown>): this {
    this.opened++;
    this.signal = signal;
    this.sleep = sleep;
    return this;
  }

  [Symbol.asyncIterator](): AsyncIterator<number> {
    return {
      next: async () => {
        const value = this.items[this.asked++];
        this.most = Math.max(this.most, ++this.pending);
        try {
          if (value === undefined || this.sleep === undefined) return { done: true, value: undefined };
          await this.before(value, this.sleep);
          return { done: false, value };
        } finally {
          this.pending--;
        }
      },
      return: async () => {
        this.closed++;
        await this.closing();
        return { done: true, value: undefined };
      },
    };
  }
}

/** A stream over `items`, whose outputs are ten times as much; `work` is done for each before. Its hooks are logged, with the time where it is not 0. */
export function streamOf(
  items: readonly number[],
  more: Partial<Stream> = {},
  work: (item: number, context: Context<unknown>) => unknown = () => undefined,
  before: (item: number, sleep: Sleep) => unknown = () => undefined,
  setting: Parameters<typeof machineOf>[1] = {},
) {
  const log: string[] = [];
  const source = new Source(items, before);
  const machine = machineOf(
    {
      a: {
        open: (_resources, _cursor, context) => source.open(context),
        processItem(_resources, item, context) {
          const at = Number(item);
          const done = work(at, context);
          const made = [at * 10, at] as const;
          return done instanceof Promise ? done.then(() => made) : made;
        },
        flushWindow(_resources, outputs) {
          log.push(`flush ${outputs.join()}${machine.clock.now() > 0 ? ` at ${machine.clock.now()}` : ""}`);
        },
        onClose(_resources, reason) {
          log.push(`close ${reason}`);
          return ["done", reason];
        },
        ...more,
      },
    },
    setting,
  );
  return { machine, log, source };
}
