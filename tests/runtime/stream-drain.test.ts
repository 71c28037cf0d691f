/** Streams that are cancelled or out of time: what is flushed, what is closed, what is told, and how long it may take. */

import { type Context, isCanoError } from "cano";
import { settled } from "cano/testing";
import { expect, test, vi } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";
import { busy, type Stream, streamOf } from "./stream-of.js";

interface Plan {
  readonly items?: readonly number[];
  readonly more?: Partial<Stream>;
  /** What working on an item, and waiting for one, takes. */
  readonly work?: Parameters<typeof streamOf>[2];
  readonly before?: Parameters<typeof streamOf>[3];
  /** Cancels at this time, if not 0. */
  readonly at?: number;
  readonly totalTimeout?: number;
}

/** Runs a stream whose windows are larger than its source; by default the source falls silent after two items, and it is cancelled then. */
async function drained(plan: Plan) {
  const { items = [1, 2, 3], more = {}, work, before = (item: number) => (item === 3 ? never() : undefined), at = 20 } = plan;
  const controller = new AbortController();
  const setting = plan.totalTimeout === undefined ? {} : { totalTimeout: plan.totalTimeout };
  const { machine, log, source } = streamOf(items, { window: { count: 9 }, ...more }, work, before, setting);
  if (at > 0) machine.clock.schedule(() => controller.abort(), at);
  const outcome = await outcomeOf(machine, { signal: controller.signal });
  return { outcome, log, source, machine, lines: linesOf(machine) };
}

/** What is told, besides of the run as a whole and of single items and windows. */
function linesOf({ recorder }: ReturnType<typeof streamOf>["machine"]): readonly string[] {
  return recorder.lines().filter((line) => !/^(run|progress|window)/.test(line));
}

const TOLD = ["stateEnter a", "taskStart a Task_a", "taskFailure a Task_a"];

test("a cancel of a silent source flushes what there is, closes, and ends at once", async () => {
  const { outcome, log, source, machine, lines } = await drained({});
  expect(outcome).toMatchObject({ category: "cancelled", code: "CANO7005", state: "a", attempt: 0 });
  expect(log).toEqual(["flush 10,20 at 20", "close cancelled"]);
  expect([source.signal?.aborted, source.closed, machine.clock.now()]).toEqual([true, 1, 20]);
  expect(lines).toEqual([...TOLD, "cancelled a"]);
});

test("the source is told before anything is flushed", async () => {
  const aborted: (boolean | undefined)[] = [];
  const { machine, source } = streamOf(
    [1, 2, 3],
    { window: { count: 9 }, flushWindow: () => void aborted.push(source.signal?.aborted) },
    undefined,
    (item) => (item === 3 ? never() : undefined),
  );
  const controller = new AbortController();
  machine.clock.schedule(() => controller.abort(), 20);
  await outcomeOf(machine, { signal: controller.signal });
  expect(aborted).toEqual([true]);
});

test("a cancel while a window that fell due is flushed waits for that, and for nothing from the source", async () => {
  const flushWindow: Stream["flushWindow"] = (_resources, _outputs, { sleep }) => sleep(30).then(() => undefined);
  const { outcome, log, machine } = await drained({ more: { window: { duration: 10 }, flushWindow } });
  expect(outcome).toMatchObject({ category: "cancelled" });
  expect([log, machine.clock.now()]).toEqual([["close cancelled"], 40]);
});

test("the total timeout does the same, and is told as what it is", async () => {
  const { outcome, log, lines } = await drained({ at: 0, totalTimeout: 30 });
  expect(outcome).toMatchObject({ category: "workflow_timeout", code: "CANO7004", limit: 30 });
  expect(log).toEqual(["flush 10,20 at 30", "close cancelled"]);
  expect(lines).toEqual([...TOLD, "workflowTimeout a"]);
});

test("a cancel while a run that is out of time is drained wins", async () => {
  const more: Partial<Stream> = { onClose: (_resources, _reason, { sleep }) => sleep(50).then(() => "done") };
  const { outcome, lines } = await drained({ more, at: 40, totalTimeout: 30 });
  expect(outcome).toMatchObject({ category: "cancelled" });
  expect(lines).toEqual([...TOLD, "cancelled a"]);
});

test("the item in progress still ends, and is flushed", async () => {
  const { outcome, log } = await drained({ work: (_item, { sleep }) => sleep(15), before: () => undefined });
  expect(outcome).toMatchObject({ category: "cancelled" });
  expect(log).toEqual(["flush 10,20 at 30", "close cancelled"]);
});

test("nothing is flushed where there is nothing", async () => {
  const { log } = await drained({ items: [3] });
  expect(log).toEqual(["close cancelled"]);
});

test("a next state that the last window or `onClose` names is ignored", async () => {
  const { outcome } = await drained({ more: { flushWindow: () => "done", onClose: () => "done" } });
  expect(outcome).toMatchObject({ category: "cancelled" });
});

test("a full window that ends the stream in the same turn is the task's success; the cancel is taken at the next state", async () => {
  const flushWindow: Stream["flushWindow"] = (_resources, _outputs, { sleep }) => sleep(30).then(() => "done");
  const { outcome, lines } = await drained({ more: { window: { count: 2 }, flushWindow } });
  expect(outcome).toMatchObject({ category: "cancelled", state: "done", path: ["a"] });
  expect(lines).toEqual(["stateEnter a", "taskStart a Task_a", "taskSuccess a Task_a", "cancelled done"]);
});

test.each<[string, Partial<Stream>, readonly string[]]>([
  ["the last window's", { flushWindow: () => Promise.reject(busy) }, ["close cancelled"]],
  ["`onClose`'s", { onClose: () => Promise.reject(busy) }, ["flush 10,20 at 20"]],
])("%s failure is told instead, and not as a cancel", async (_, more, expected) => {
  const { outcome, log, lines } = await drained({ more });
  expect(outcome).toMatchObject({ code: "CANO7001", cause: busy });
  expect([log, lines]).toEqual([expected, TOLD]);
});

test("where both fail, the first failure is told", async () => {
  const second = new Error("second");
  const more: Partial<Stream> = { flushWindow: () => Promise.reject(busy), onClose: () => Promise.reject(second) };
  expect((await drained({ more })).outcome).toMatchObject({ cause: busy });
});

test("a cursor that is no JSON is told instead", async () => {
  const { outcome, log } = await drained({ more: { processItem: () => [1, () => 1] } });
  expect(outcome).toMatchObject({ code: "CANO7014" });
  expect(log).toEqual(["flush 1,1 at 20", "close cancelled"]);
});

test("a source that fails when it is closed is told instead", async () => {
  const { machine, source } = streamOf([1, 3], { window: { count: 9 } }, undefined, (item) => (item === 3 ? never() : undefined));
  source.closing = () => Promise.reject(busy);
  const controller = new AbortController();
  machine.clock.schedule(() => controller.abort(), 20);
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ code: "CANO7001", cause: busy });
});

test("a source that ends by throwing once it is told to is no failure", async () => {
  const { outcome, log } = await drained({ before: (item, sleep) => (item === 3 ? sleep(1_000) : undefined) });
  expect(outcome).toMatchObject({ category: "cancelled" });
  expect(log).toEqual(["flush 10,20 at 20", "close cancelled"]);
});

test.each<[string, Plan, readonly string[]]>([
  ["`onClose`", { more: { onClose: never } }, ["flush 10,20 at 20"]],
  ["the last window", { more: { flushWindow: never } }, []],
  ["an item", { work: (item) => (item === 2 ? never() : undefined) }, []],
])("%s that never ends is given up after the close timeout", async (_, plan, expected) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { outcome, log, machine, lines } = await drained({ ...plan, more: { closeTimeout: 100, ...plan.more } });
  expect(outcome).toMatchObject({ category: "cancelled", state: "a" });
  expect([log, machine.clock.now(), lines]).toEqual([expected, 120, [...TOLD, "cancelled a"]]);
  expect(warn).toHaveBeenCalledWith("the stream of state `a` was not closed within 100 ms, and is given up");
  warn.mockRestore();
});

test("five seconds are the default", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { machine } = await drained({ more: { onClose: never } });
  expect(machine.clock.now()).toBe(5_020);
  warn.mockRestore();
});

test("a source that never closes holds up neither `onClose` nor the run for longer than that", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { machine, source, log } = streamOf([1], { closeTimeout: 100, flushWindow: () => "done" });
  source.closing = never;
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: undefined });
  expect([machine.clock.now(), log]).toEqual([100, []]);
  expect(warn).toHaveBeenCalledWith("the source of state `a` was not closed within 100 ms, and is given up");
  warn.mockRestore();
});

test("what fails first is told, and a source that cannot be closed then is logged", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { machine, source } = streamOf([1], { flushWindow: () => Promise.reject(busy) });
  source.closing = () => Promise.reject(new Error("stuck"));
  expect(await outcomeOf(machine)).toMatchObject({ cause: busy });
  expect(warn).toHaveBeenCalledWith("the source of state `a` could not be closed: stuck");
  warn.mockRestore();
});

test("a cancel while the source is being opened ends at once; a source that comes late is closed", async () => {
  const controller = new AbortController();
  let opened: (source: AsyncIterable<number>) => void = () => undefined;
  const { machine, source, log } = streamOf([1], { open: () => new Promise((resolve) => (opened = resolve)) });
  machine.clock.schedule(() => controller.abort(), 10);
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
  opened(source);
  await settled();
  expect([log, source.closed]).toEqual([[], 1]);
});

test("an error that looks like a cancel, thrown by a hook, is an ordinary failure", async () => {
  const { machine } = streamOf([1], { flushWindow: () => Promise.reject(new DOMException("gone", "AbortError")) });
  expect(await outcomeOf(machine)).toMatchObject({ category: "task_execution" });
  expect(linesOf(machine)).toEqual(TOLD);
});

test("an endless source that is always ready does not hold up a cancel", async () => {
  const controller = new AbortController();
  async function* endless() {
    for (;;) yield 1;
  }
  const machine = machineOf({
    a: {
      window: { count: 1_000 },
      open: () => endless(),
      processItem: () => [1, 1] as const,
      flushWindow: () => undefined,
      onClose: () => "done",
    },
  });
  setImmediate(() => controller.abort());
  const error: unknown = await machine.workflow.orchestrate({ signal: controller.signal }).catch((caught: unknown) => caught);
  expect(isCanoError(error, "cancelled")).toBe(true);
  expect(machine.clock.pending).toBe(0);
});

test("a source that fails while a window is handed on does not end the run under that", async () => {
  const told: string[] = [];
  const { machine } = streamOf(
    [0, 100, 0],
    {
      window: { duration: 50 },
      async flushWindow(_: unknown, outputs: readonly unknown[], { sleep }: Context<unknown>) {
        told.push(`flush ${outputs.join()}`);
        await sleep(300);
        told.push("flushed");
      },
    },
    undefined,
    async (item, sleep) => {
      await sleep(item);
      if (item > 0) throw busy;
    },
    { observers: [{ taskFailure: () => told.push("failed") }] },
  );
  expect(await outcomeOf(machine)).toMatchObject({ cause: busy });
  expect(told).toEqual(["flush 0", "flushed", "failed"]);
  expect(machine.clock.now()).toBe(350);
});
