/** Batches: bounded concurrency, outcomes in order, retries and timeouts of an item. */

import { any, type Context, custom, FatalError, fixed, split } from "cano";
import { array, assert, asyncProperty, boolean, integer, record } from "fast-check";
import { ManualClock } from "cano/testing";
import { expect, test } from "vitest";
import { type Batch, batchOf, busy, failed, ok, type Work } from "./batch-of.js";
import { machineOf, never, outcomeOf } from "./machine.js";

test("outcomes come in the order of the items, whatever ended first", async () => {
  const machine = batchOf([30, 10, 20], (item, { sleep }) => sleep(item).then(() => item * 2), { concurrency: 3 });
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: [ok(60), ok(20), ok(40)] });
  expect(machine.clock.now()).toBe(30);
});

test.each([undefined, 1])("one item at a time is the default", async (concurrency) => {
  const machine = batchOf([30, 10, 20], (item, { sleep }) => sleep(item), concurrency === undefined ? {} : { concurrency });
  await outcomeOf(machine);
  expect(machine.clock.now()).toBe(60);
});

test("the bound is kept, and kept full", async () => {
  let open = 0;
  const counts: number[] = [];
  const work: Work = async (item, { sleep }) => {
    counts.push(++open);
    await sleep(item);
    open--;
  };
  const machine = batchOf([10, 30, 5, 5, 5, 40, 1], work, { concurrency: 3 });
  await outcomeOf(machine);
  // A place is taken as soon as it is free: at 5, twice at 10, at 15 and at 30; the item of 40 is the last to end.
  expect([counts, machine.clock.now()]).toEqual([[1, 2, 3, 3, 3, 3, 3], 50]);
});

test("an empty batch is finished with no outcomes", async () => {
  expect(await outcomeOf(batchOf([], () => 1))).toEqual({ state: "done", output: [] });
});

test("a failed item fills its slot, as it was thrown, and stops nothing", async () => {
  const thrown = {
    get message(): string {
      throw new Error("unprintable");
    },
  };
  const work: Work = (item) => {
    if (item === 1) throw "a text";
    if (item === 2) return Promise.reject(thrown);
    if (item === 3) throw undefined;
    return item;
  };
  expect(await outcomeOf(batchOf([0, 1, 2, 3, 4], work, { concurrency: 2 }))).toEqual({
    state: "done",
    output: [ok(0), failed("a text"), failed(thrown), failed(undefined), ok(4)],
  });
});

test("an item is retried by itself, and its slot has the last failure as it was thrown", async () => {
  const attempts: string[] = [];
  const work: Work = (item, { attempt, idempotencyKey }) => {
    attempts.push(`${item}.${attempt} ${idempotencyKey}`);
    if (item === 1 || attempt < item) throw new Error(`${item}.${attempt}`);
    return item;
  };
  const machine = batchOf([0, 1, 2], work, { itemRetry: fixed({ retries: 2, delay: 10 }) });
  expect(await outcomeOf(machine, { runId: "r" })).toEqual({
    state: "done",
    output: [ok(0), failed(new Error("1.3")), ok(2)],
  });
  expect(attempts).toEqual([
    "0.1 test/r#0/0/0",
    "1.1 test/r#0/0/1",
    "1.2 test/r#0/0/1",
    "1.3 test/r#0/0/1",
    "2.1 test/r#0/0/2",
    "2.2 test/r#0/0/2",
  ]);
  expect(machine.recorder.lines().some((line) => line.startsWith("retry"))).toBe(false);
});

test("a policy that goes by the delay before is told it, item by item", async () => {
  const seen: unknown[] = [];
  const policy = {
    retries: 3,
    delay: (failed: number, error: unknown, _random: () => number, previous?: number) => {
      seen.push([String(error), failed, previous]);
      return 10 + failed;
    },
  };
  const machine = batchOf([1, 2], (item) => Promise.reject(`item ${item}`), { itemRetry: policy, concurrency: 2 });
  await outcomeOf(machine);
  expect(seen).toEqual(
    [0, 1, 2].flatMap((failed) => [1, 2].map((item) => [`item ${item}`, failed, failed === 0 ? undefined : 9 + failed])),
  );
});

test("a fatal error is not retried, and a policy that fails is the item's failure", async () => {
  let attempts = 0;
  const fatal = batchOf(
    [1],
    () => {
      attempts++;
      throw new FatalError("no");
    },
    { itemRetry: fixed({ retries: 5, delay: 0 }) },
  );
  expect(await outcomeOf(fatal)).toMatchObject({ output: [{ ok: false, error: new FatalError("no") }] });
  expect(attempts).toBe(1);
  const policy = custom(() => {
    throw busy;
  });
  expect(await outcomeOf(batchOf([1], () => Promise.reject(new Error("x")), { itemRetry: policy }))).toMatchObject({
    output: [failed(busy)],
  });
});

test("an item that takes too long fails, and is told so; a retry may still succeed", async () => {
  const signals: AbortSignal[] = [];
  const work: Work = (item, { signal, attempt }) => {
    signals.push(signal);
    return item === 1 && attempt === 1 ? never() : item;
  };
  const options = { itemTimeout: 50, itemRetry: fixed({ retries: 1, delay: 0 }) };
  expect(await outcomeOf(batchOf([0, 1, 2], work, options))).toMatchObject({ output: [ok(0), ok(1), ok(2)] });
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, true, false, false]);
  const once = await outcomeOf(batchOf([1], () => never(), { itemTimeout: 50 }));
  expect(once).toMatchObject({ output: [{ ok: false, error: { category: "timeout", code: "CANO7003", limit: 50 } }] });
});

test.each<[string, Partial<Batch>, RegExp]>([
  ["concurrency 0", { concurrency: 0 }, /`concurrency` of `a` must be a whole number, 1 or more, not 0/],
  ["concurrency NaN", { concurrency: Number.NaN }, /not NaN/],
  ["concurrency 1.5", { concurrency: 1.5 }, /not 1.5/],
  ["itemTimeout 0", { itemTimeout: 0 }, /`itemTimeout` of `a` must be a finite number of milliseconds above 0/],
])("%s is refused when the workflow object is made", (_, options, message) => {
  expect(() => batchOf([], () => 1, options)).toThrow(message);
});

test("progress is told after each item", async () => {
  const machine = batchOf([1, 2, 3], (item) => (item === 2 ? Promise.reject(busy) : item));
  await outcomeOf(machine);
  expect(machine.recorder.lines().filter((line) => line.startsWith("progress"))).toEqual([
    "progress a Task_a 1 of 3 0 failed",
    "progress a Task_a 2 of 3 1 failed",
    "progress a Task_a 3 of 3 1 failed",
  ]);
});

test("a batch as a branch", async () => {
  const branch: Batch = {
    load: () => [1, 2],
    processItem: (_resources, item) => item,
    finish: (_resources, outcomes) => outcomes.length,
  };
  const machine = machineOf({ a: split([branch], { next: "done" }) });
  expect(await outcomeOf(machine)).toMatchObject({ output: { successes: [{ branch: 0, value: 2 }] } });
  expect(machine.recorder.lines()).toContain("progress a Branch0[0] 2 of 2 0 failed");
});

test("a batch that is called off at whatever moment behind its items is not finished", async () => {
  for (let breaths = 0; breaths < 16; breaths++) {
    const fired: boolean[] = [];
    const batch = {
      load: () => [1],
      processItem: () => undefined,
      finish: (_: unknown, _outcomes: unknown, { signal }: Context<unknown>) => fired.push(signal.aborted),
    };
    const other = {
      async run() {
        for (let breath = 0; breath < breaths; breath++) await Promise.resolve();
      },
    };
    await outcomeOf(machineOf({ a: split([batch, other], { next: "done", join: any() }) }));
    expect(fired.includes(true), `after ${breaths} breaths`).toBe(false);
  }
});

test("an item is not tried again when the run ends with the wait before that", async () => {
  const controller = new AbortController();
  const clock = new (class extends ManualClock {
    override schedule(callback: () => unknown, delay: number): () => void {
      const both = (): void => {
        callback();
        controller.abort();
      };
      return super.schedule(both, delay);
    }
  })();
  let calls = 0;
  const batch: Batch = {
    load: () => [1],
    itemRetry: fixed({ retries: 1, delay: 10 }),
    processItem: () => Promise.reject(new Error(`call ${++calls}`)),
    finish: () => "done",
  };
  const outcome = await outcomeOf(machineOf({ a: batch }, { clock }), { signal: controller.signal });
  expect(outcome).toMatchObject({ category: "cancelled" });
  expect(calls).toBe(1);
});

test("whatever the items do: outcomes in order, never more in progress than the bound", async () => {
  const item = record({ ms: integer({ min: 0, max: 20 }), fails: boolean(), at_once: boolean() });
  await assert(
    asyncProperty(
      array(item, { maxLength: 20 }),
      integer({ min: 1, max: 5 }),
      boolean(),
      async (items, concurrency, streamed) => {
        let open = 0;
        let most = 0;
        async function* source() {
          yield* items.keys();
        }
        const work: Work = async (at, { sleep }) => {
          most = Math.max(most, ++open);
          if (items[at]?.at_once !== true) await sleep(items[at]?.ms ?? 0);
          open--;
          if (items[at]?.fails === true) throw at;
          return at;
        };
        const machine = batchOf(streamed ? source() : [...items.keys()], work, { concurrency });
        const output = items.map(({ fails }, at) => (fails ? failed(at) : ok(at)));
        expect(await outcomeOf(machine)).toEqual({ state: "done", output });
        expect(most).toBeLessThanOrEqual(concurrency);
      },
    ),
    { numRuns: 100 },
  );
});
