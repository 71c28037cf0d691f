/** Streams: windows, failed items, cursors, and how a stream ends by itself. */

import { type Context, FatalError, type StreamTask } from "cano";
import { Readable } from "node:stream";
import { array, assert, asyncProperty, constantFrom, integer } from "fast-check";
import { expect, test } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";
import { busy, type Stream, streamOf } from "./stream-of.js";

test("items are handed on in windows, in their order; what is left is flushed at the end", async () => {
  const { machine, log } = streamOf([1, 2, 3, 4, 5], { window: { count: 2 } });
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: "exhausted" });
  expect(log).toEqual(["flush 10,20", "flush 30,40", "flush 50", "close exhausted"]);
});

test("a window of one output is the default", async () => {
  const { machine, log } = streamOf([1, 2]);
  await outcomeOf(machine);
  expect(log).toEqual(["flush 10", "flush 20", "close exhausted"]);
});

test("nothing is left to flush after a full window, nor in an empty stream", async () => {
  const full = streamOf([1, 2], { window: { count: 2 } });
  await outcomeOf(full.machine);
  expect(full.log).toEqual(["flush 10,20", "close exhausted"]);
  const empty = streamOf([]);
  expect(await outcomeOf(empty.machine)).toEqual({ state: "done", output: "exhausted" });
  expect(empty.log).toEqual(["close exhausted"]);
});

test("a window that names the next state ends the stream: the source is closed, `onClose` is not called", async () => {
  const flushWindow = (_: unknown, outputs: readonly unknown[]) => (outputs.includes(20) ? ["done", "stopped"] : undefined);
  const { machine, log, source } = streamOf([1, 2, 3], { flushWindow });
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: "stopped" });
  // And nothing waits for the source to be closed any more.
  expect([log, source.closed, source.asked, machine.clock.now()]).toEqual([[], 1, 2, 0]);
});

test("so does what is left at the end of the source", async () => {
  const { machine, log, source } = streamOf([1], { window: { count: 5 }, flushWindow: () => ["done", "stopped"] });
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: "stopped" });
  expect([log, source.closed]).toEqual([[], 0]);
});

test("a window of a duration ends between two items, and an empty one is passed over", async () => {
  const { machine, log } = streamOf([5, 5, 30, 100, 1], { window: { duration: 20 } }, (item, { sleep }) => sleep(item));
  await outcomeOf(machine);
  // 5, 10 and 40 (the third item makes its window longer), then 140, then the rest.
  expect(log).toEqual(["flush 50,50,300 at 40", "flush 1000 at 140", "flush 10 at 141", "close exhausted"]);
});

test("a window of both is full with whichever comes first", async () => {
  const { machine, log } = streamOf([1, 1, 1, 50, 1], { window: { count: 2, duration: 20 } }, (item, { sleep }) => sleep(item));
  await outcomeOf(machine);
  expect(log).toEqual(["flush 10,10 at 2", "flush 10,500 at 53", "flush 10 at 54", "close exhausted"]);
});

test("a window falls due while the source is silent", async () => {
  const { machine, log } = streamOf([0, 0, 100], { window: { duration: 30 } }, undefined, (item, sleep) => sleep(item));
  await outcomeOf(machine);
  expect(log).toEqual(["flush 0,0 at 30", "flush 1000 at 100", "close exhausted"]);
});

test("a window that its count has filled falls due no more, and the next one when it has lasted", async () => {
  const window = { count: 2, duration: 30 };
  const { machine, log } = streamOf([10, 10, 5, 60], { window }, undefined, (item, sleep) => sleep(item));
  await outcomeOf(machine);
  expect(log).toEqual(["flush 100,100 at 20", "flush 50 at 50", "flush 600 at 85", "close exhausted"]);
});

test("nothing is read ahead, and never two items at a time", async () => {
  const { machine, source } = streamOf([1, 2, 3, 4], { window: { count: 2 } }, async (item, { sleep }) => {
    await sleep(5);
    expect(source.asked).toBe(item);
  });
  await outcomeOf(machine);
  expect(source.most).toBe(1);
});

const fatal = new FatalError("no");
const failing = (failures: Readonly<Record<number, unknown>>) => (item: number) => {
  if (item in failures) throw failures[item];
};

test.each<[string, Stream["itemErrors"], Readonly<Record<number, unknown>>, readonly string[], unknown]>([
  ["a failed item fails the run, and its window is lost", undefined, { 2: busy }, [], busy],
  ["a failed item is left out", "skip", { 1: busy, 3: "text" }, ["flush 20,40", "flush 50", "close exhausted"], undefined],
  ["a fatal error fails the run all the same", "skip", { 2: fatal }, [], fatal],
  [
    "failures in a row are tolerated",
    { tolerate: 2 },
    { 1: busy, 2: busy, 4: busy },
    ["flush 30,50", "close exhausted"],
    undefined,
  ],
  ["one more is not", { tolerate: 1 }, { 2: busy, 3: busy }, [], busy],
  ["none is tolerated", { tolerate: 0 }, { 1: busy }, [], busy],
])("%s", async (_, itemErrors, failures, lines, cause) => {
  const { machine, log, source } = streamOf(
    [1, 2, 3, 4, 5],
    { window: { count: 2 }, ...(itemErrors ? { itemErrors } : {}) },
    failing(failures),
  );
  const outcome = await outcomeOf(machine);
  expect(outcome).toMatchObject(cause === undefined ? { output: "exhausted" } : { code: "CANO7001", cause });
  expect([log, source.closed]).toEqual([lines, cause === undefined ? 0 : 1]);
});

test("failures in a row are counted across windows, and told to observers", async () => {
  const { machine } = streamOf([1, 2, 3, 4], { itemErrors: { tolerate: 2 } }, failing({ 2: busy, 3: busy, 4: busy }));
  expect(await outcomeOf(machine)).toMatchObject({ cause: busy });
  expect(machine.recorder.lines().filter((line) => line.startsWith("tolerated"))).toHaveLength(2);
});

test("the attempt timeout bounds one item, which is told, and is a failure like any other", async () => {
  const signals: AbortSignal[] = [];
  const work = (item: number, { signal, sleep }: Context<unknown>): Promise<void> => {
    signals.push(signal);
    return item === 2 ? never() : sleep(30);
  };
  const { machine, log } = streamOf([1, 2, 3], { config: { attemptTimeout: 50 }, itemErrors: "skip" }, work);
  await outcomeOf(machine);
  expect([log, signals.map(({ aborted }) => aborted)]).toEqual([
    ["flush 10 at 30", "flush 30 at 110", "close exhausted"],
    [false, true, false],
  ]);
});

test("a stream is opened once, whatever its retry policy says", async () => {
  const retry = { retries: 5, delay: () => 0 };
  const { machine, source } = streamOf([1], { config: { retry } }, failing({ 1: busy }));
  expect(await outcomeOf(machine)).toMatchObject({ code: "CANO7001", cause: busy });
  expect(source.opened).toBe(1);
});

test("a cursor that is no JSON fails the run once its window is flushed", async () => {
  const { machine, log } = streamOf([1], { processItem: () => [1, { at: new Date() }] });
  expect(await outcomeOf(machine)).toMatchObject({ category: "task_execution", code: "CANO7014" });
  expect(log).toEqual(["flush 1"]);
});

test.each<[string, Partial<Stream>, RegExp]>([
  ["a window of no outputs", { window: { count: 0 } }, /`window.count` of `a` must be a whole number, 1 or more/],
  ["a window of half an output", { window: { count: 0.5 } }, /window.count/],
  ["a window of nothing", { window: Object.create(null) as { count: number } }, /window.count/],
  ["a window of no time", { window: { duration: 0 } }, /`window.duration` of `a` must be a finite number/],
  ["a window without an end", { window: { duration: Number.POSITIVE_INFINITY } }, /window.duration/],
  ["a tolerance below 0", { itemErrors: { tolerate: -1 } }, /`itemErrors.tolerate` of `a`/],
  ["no time to close", { closeTimeout: 0 }, /`closeTimeout` of `a`/],
])("%s is refused when the workflow object is made", (_, options, message) => {
  expect(() => streamOf([], options)).toThrow(message);
});

test.each([
  ["open", 0],
  ["flushWindow", 1],
  ["onClose", 0],
] as const)("a failure of `%s` is the state's", async (hook, closed) => {
  const { machine, source } = streamOf([1, 2], { [hook]: () => Promise.reject(busy) });
  expect(await outcomeOf(machine)).toMatchObject({ code: "CANO7001", cause: busy });
  expect(source.closed).toBe(closed);
});

test.each<unknown>([5, undefined, null, {}])("`open` that returns %o fails the state", async (opened) => {
  const { machine } = streamOf([], { open: () => opened as AsyncIterable<unknown> });
  expect(await outcomeOf(machine)).toMatchObject({ code: "CANO7001", cause: expect.any(TypeError) as unknown });
});

test("a Node stream will do, and is destroyed when the stream ends before it", async () => {
  const node = Readable.from([1, 2, 3]);
  const { machine, log } = streamOf([], {
    open: () => node,
    flushWindow: (_resources, outputs) => (outputs.includes(20) ? "done" : undefined),
  });
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect([log, node.destroyed]).toEqual([[], true]);
});

test("a web stream will do", async () => {
  const web = new ReadableStream<number>({
    start(controller) {
      controller.enqueue(1);
      controller.enqueue(2);
      controller.close();
    },
  });
  const { machine, log } = streamOf([], { open: () => web });
  await outcomeOf(machine);
  expect(log).toEqual(["flush 10", "flush 20", "close exhausted"]);
});

test("whatever the items do, a stream is what a plain loop makes of them", async () => {
  const outcome = constantFrom("ok", "ok", "ok", "fails", "later");
  await assert(
    asyncProperty(
      array(outcome, { maxLength: 30 }),
      integer({ min: 1, max: 4 }),
      integer({ min: 0, max: 2 }),
      async (items, count, tolerate) => {
        const work = async (item: number, { sleep }: Context<unknown>): Promise<void> => {
          if (items[item] === "later") await sleep(3);
          if (items[item] === "fails") throw busy;
        };
        const { machine, log } = streamOf([...items.keys()], { window: { count }, itemErrors: { tolerate } }, work);
        await outcomeOf(machine);
        expect(log.map((line) => line.replace(/ at .*/, ""))).toEqual(modelOf(items, count, tolerate));
      },
    ),
    { numRuns: 200 },
  );
});

function modelOf(items: readonly string[], count: number, tolerate: number): readonly string[] {
  const log: string[] = [];
  let window: number[] = [];
  let failures = 0;
  for (const [item, outcome] of items.entries()) {
    if (outcome === "fails") {
      if (++failures > tolerate) return log;
      continue;
    }
    failures = 0;
    window.push(item * 10);
    if (window.length < count) continue;
    log.push(`flush ${window.join()}`);
    window = [];
  }
  return [...log, ...(window.length > 0 ? [`flush ${window.join()}`] : []), "close exhausted"];
}

test("one instance may be read by several runs at once", async () => {
  const shared: StreamTask<unknown, unknown, unknown, unknown> = {
    async *open() {
      yield 1;
      yield 2;
    },
    processItem: (_resources, item) => [item, item],
    flushWindow: () => undefined,
    onClose: () => "done",
  };
  const machine = machineOf({ a: shared });
  const runs = [machine.workflow.orchestrate({}), machine.workflow.orchestrate({})];
  expect((await Promise.all(runs)).map(({ state }) => state)).toEqual(["done", "done"]);
});
