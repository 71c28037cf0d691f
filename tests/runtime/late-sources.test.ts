/** Sources that come when nobody waits for them any more: they are closed, though nothing was read from them. */

import { Readable } from "node:stream";
import type { Context } from "cano";
import { settled } from "cano/testing";
import { expect, test } from "vitest";
import { batchOf } from "./batch-of.js";
import { type machineOf, never, outcomeOf } from "./machine.js";
import { streamOf } from "./stream-of.js";

/** A source that counts how often it is closed. */
function lateSource() {
  const source = {
    closed: 0,
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: true, value: undefined }),
      return: async () => (source.closed++, { done: true, value: undefined }),
    }),
  };
  return source;
}

type Load = () => Promise<AsyncIterable<unknown>>;

test.each<[string, (load: Load) => ReturnType<typeof machineOf>]>([
  ["a batch", (load) => batchOf([], () => 1, { load })],
  ["a stream", (open) => streamOf([], { open }).machine],
])("of %s: one of the user's own, and a Node stream", async (_, machineFor) => {
  const own = lateSource();
  const node = new Readable({ objectMode: true, read: () => undefined });
  for (const source of [own, node]) {
    const controller = new AbortController();
    let arrive: (source: AsyncIterable<unknown>) => void = () => undefined;
    const machine = machineFor(() => new Promise((resolve) => (arrive = resolve)));
    machine.clock.schedule(() => controller.abort(), 20);
    expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
    arrive(source);
    await settled();
  }
  expect([own.closed, node.destroyed]).toEqual([1, true]);
});

test("what `load` returns too late need not be iterable, and is not complained of", async () => {
  const warnings: unknown[] = [];
  const controller = new AbortController();
  const load = (_resources: never, { sleep }: Context<unknown>): Promise<never> =>
    sleep(50).then(never, () => undefined as never);
  const machine = batchOf([], () => 1, { load }, { log: { warn: (message) => warnings.push(message) } });
  machine.clock.schedule(() => controller.abort(), 20);
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
  await settled();
  expect(warnings).toEqual([]);
});
