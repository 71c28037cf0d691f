/** The signal of what has ended by itself does not fire when what goes on beside it, or behind it, is called off. */

import { type Context, split } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { expect, test } from "vitest";
import { durableMachineOf, toldBy } from "../durable/machine.js";
import { batchOf } from "./batch-of.js";
import { machineOf, never, outcomeOf } from "./machine.js";
import { streamOf } from "./stream-of.js";

/** Takes note of signals, the first of which is that of something that ends at once. */
function noted() {
  const signals: AbortSignal[] = [];
  const work = (which: number, { signal }: Pick<Context<unknown>, "signal">): Promise<unknown> => {
    signals.push(signal);
    return which === 1 ? Promise.resolve(1) : never();
  };
  return { signals, work };
}

/** Cancels a run after a while: which of the signals have fired. */
async function firedIn(machine: ReturnType<typeof machineOf>, signals: readonly AbortSignal[]): Promise<readonly boolean[]> {
  const controller = new AbortController();
  machine.clock.schedule(() => controller.abort(), 20);
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
  return signals.map(({ aborted }) => aborted);
}

test("a branch of a split", async () => {
  const { signals, work } = noted();
  const branches = [1, 2].map((which) => ({ run: (_: never, context: Context<never>) => work(which, context) }));
  expect(await firedIn(machineOf({ a: split(branches, { next: "done" }) }), signals)).toEqual([false, true]);
});

test("an item of a batch, whether the next one is at work or is waited for", async () => {
  const atWork = noted();
  expect(await firedIn(batchOf([1, 2], atWork.work), atWork.signals)).toEqual([false, true]);
  const waited = noted();
  async function* source() {
    yield 1;
    await never();
  }
  expect(await firedIn(batchOf(source(), waited.work), waited.signals)).toEqual([false]);
});

test("an item of a stream that has a timeout of its own", async () => {
  const { signals, work } = noted();
  const more = { config: { attemptTimeout: 5 }, flushWindow: never, closeTimeout: 10 };
  const { machine } = streamOf([1, 2], more, work, undefined, { log: { warn: () => undefined } });
  expect(await firedIn(machine, signals)).toEqual([false]);
});

test("a task that has named the next state, whose task takes no context that would stand in its place", async () => {
  const { signals, work } = noted();
  const machine = machineOf({
    a: { run: async (_, context) => (await work(1, context), "b") },
    b: { isBare: true, run: never },
  });
  expect(await firedIn(machine, signals)).toEqual([false]);
});

test("a task that has named the next state, which is yet to be stored", async () => {
  const { signals, work } = noted();
  const controller = new AbortController();
  class Slow extends MemoryCheckpoints {
    override async append(...given: Parameters<MemoryCheckpoints["append"]>): Promise<void> {
      controller.abort();
      await super.append(...given);
    }
  }
  const { workflow, clock } = durableMachineOf(
    { a: { run: async (_: unknown, context: Context<unknown>) => (await work(1, context), "b") }, b: { run: never } },
    { checkpoints: new Slow() },
  );
  expect(await toldBy(clock, workflow.orchestrate({ signal: controller.signal }))).toMatch(/^cancelled/);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
});
