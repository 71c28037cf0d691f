/** Batches: where their items come from, and how they end before they are finished. */

import { fixed } from "cano";
import { settled } from "cano/testing";
import { expect, test } from "vitest";
import { type Batch, batchOf, busy, ok, type Work } from "./batch-of.js";
import { type machineOf, never, outcomeOf } from "./machine.js";

const endings: readonly [string, (controller: AbortController) => Parameters<typeof machineOf>[1], Partial<Batch>, string][] = [
  ["a cancel", () => ({}), {}, "cancelled"],
  ["the total timeout", () => ({ totalTimeout: 20 }), {}, "workflow_timeout"],
  ["the attempt timeout", () => ({}), { config: { attemptTimeout: 20 } }, "timeout"],
];

test("items come from a generator as they are needed, one `next()` at a time", async () => {
  let asked = 0;
  let pending = 0;
  let most = 0;
  const source: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({
      async next() {
        most = Math.max(most, ++pending);
        await Promise.resolve();
        pending--;
        return asked < 6 ? { done: false, value: asked++ } : { done: true, value: undefined };
      },
    }),
  };
  const ahead: number[] = [];
  const work: Work = async (item, { sleep }) => {
    ahead.push(asked - item);
    await sleep(10);
    return item;
  };
  const machine = batchOf(source, work, { concurrency: 2 });
  expect(await outcomeOf(machine)).toMatchObject({ output: [0, 1, 2, 3, 4, 5].map(ok) });
  expect([most, Math.max(...ahead), machine.clock.now()]).toEqual([1, 1, 30]);
});

test("any iterable will do", async () => {
  expect(await outcomeOf(batchOf(new Set([1, 2]), (item) => item))).toMatchObject({ output: [ok(1), ok(2)] });
  expect(
    await outcomeOf(
      batchOf(
        (function* () {
          yield 7;
        })(),
        (item) => item,
      ),
    ),
  ).toMatchObject({ output: [ok(7)] });
});

test.each<[string, unknown]>([
  ["a number", 5],
  ["nothing", undefined],
  ["null", null],
  ["an object", { length: 3 }],
])("`load` that returns %s fails the state", async (_, items) => {
  expect(await outcomeOf(batchOf(items, () => 1))).toMatchObject({ code: "CANO7001", cause: expect.any(TypeError) as unknown });
});

test("what `load` or `finish` throws fails the attempt; a retry begins with `load` again", async () => {
  let loads = 0;
  const machine = batchOf([], () => 1, {
    config: { retry: fixed({ retries: 2, delay: 5 }) },
    load: () => {
      loads++;
      if (loads === 1) throw busy;
      return [1, 2];
    },
    finish: (_resources, outcomes) => {
      if (loads === 2) throw busy;
      return ["done", outcomes.length];
    },
  });
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: 2 });
  expect(loads).toBe(3);
});

test("a source that throws fails the attempt at once, and the items in progress are told", async () => {
  const signals: AbortSignal[] = [];
  async function* source() {
    yield 1;
    yield 2;
    throw busy;
  }
  const work: Work = (_item, { signal }) => {
    signals.push(signal);
    return never();
  };
  const machine = batchOf(source(), work, { concurrency: 3 });
  expect(await outcomeOf(machine)).toMatchObject({ code: "CANO7001", cause: busy });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test.each(endings)("%s stops the items, closes the source and skips `finish`", async (_, setting, more, category) => {
  const controller = new AbortController();
  const signals: AbortSignal[] = [];
  let closed = 0;
  let finished = false;
  const source: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: false, value: 1 }),
      return: async () => (closed++, { done: true, value: undefined }),
    }),
  };
  const work: Work = (_item, { signal }) => {
    signals.push(signal);
    return never();
  };
  const finish = (): string => ((finished = true), "done");
  const machine = batchOf(source, work, { concurrency: 2, finish, ...more }, setting(controller));
  if (category === "cancelled") machine.clock.schedule(() => controller.abort(), 20);
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category });
  expect([signals.map(({ aborted }) => aborted), closed, finished]).toEqual([[true, true], 1, false]);
});

test("a cancel while it loads, or finishes, ends it", async () => {
  for (const phase of ["load", "finish"] as const) {
    const controller = new AbortController();
    const machine = batchOf([], () => 1, { [phase]: never });
    machine.clock.schedule(() => controller.abort(), 20);
    expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
  }
});

test("an endless source that is always ready lets everything else have its turn", async () => {
  const controller = new AbortController();
  function* source() {
    for (;;) yield 1;
  }
  const machine = batchOf(source(), () => 1);
  setImmediate(() => controller.abort());
  await expect(machine.workflow.orchestrate({ signal: controller.signal })).rejects.toMatchObject({ category: "cancelled" });
});

test("a generator that calls its own run off is closed once it has come to its next item", async () => {
  const warnings: unknown[] = [];
  const controller = new AbortController();
  let closed = 0;
  function* source() {
    try {
      yield 1;
      controller.abort();
      yield 2;
    } finally {
      closed++;
    }
  }
  const machine = batchOf(source(), () => 1, {}, { log: { warn: (message) => warnings.push(message) } });
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
  await settled();
  expect([closed, warnings]).toEqual([1, []]);
});
