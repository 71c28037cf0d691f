/** What comes late while a run is undone changes nothing about what is over: it is not told, and stops nothing. */

import { type Context, undoable } from "cano";
import { type CheckpointStore, MemoryCheckpoints } from "cano/checkpoints";
import { ManualClock } from "cano/testing";
import { expect, test } from "vitest";
import { type DurableStep, durableMachineOf, toldBy } from "./machine.js";

const takes = (clock: ManualClock, ms: number): Promise<void> => new Promise((resolve) => void clock.schedule(resolve, ms));

test("an item of a stream that was given up fails late: that is not passed over", async () => {
  const clock = new ManualClock();
  const hold: DurableStep = {
    run: async () => undoable("watch" as never, 1),
    compensate: (_: unknown, _output: unknown, { sleep }: Context<unknown>) => sleep(100),
  };
  const watch: DurableStep = {
    window: { count: 2 },
    itemErrors: { tolerate: 5 },
    closeTimeout: 10,
    async *open() {
      yield 1;
    },
    async processItem() {
      await takes(clock, 50);
      throw new Error("late");
    },
    flushWindow: async () => undefined,
    onClose: async () => "done",
  };
  const { workflow, recorder } = durableMachineOf({ hold, watch }, { clock });
  const cancelling = new AbortController();
  clock.schedule(() => cancelling.abort(), 5);
  expect(await toldBy(clock, workflow.orchestrate({ signal: cancelling.signal }))).toContain("cancelled: ");
  expect(recorder.lines().slice(-6)).toEqual([
    "compensateStart hold Task_hold",
    "compensateSuccess hold Task_hold",
    "checkpoint hold 3",
    "drain watch 1 undone, 0 not",
    "checkpoint watch 4",
    "runEnd watch cancelled",
  ]);
});

test.each(["item", "window", "last window"])(
  "a stream that was given up goes on to nothing when its %s ends, and stores nothing",
  async (late) => {
    const clock = new ManualClock();
    const calls: string[] = [];
    const wait = async (what: string): Promise<void> => {
      calls.push(what);
      if (what === late) await takes(clock, 50);
    };
    const watch: DurableStep = {
      closeTimeout: 10,
      window: { count: late === "last window" ? 2 : 1 },
      async *open() {
        yield 1;
      },
      processItem: async (_: unknown, item: unknown) => (await wait("item"), [item, item] as const),
      flushWindow: () => wait(late === "last window" ? late : "window"),
      onClose: async () => (await wait("close"), "done"),
    };
    const { workflow } = durableMachineOf({ watch }, { clock });
    const cancelling = new AbortController();
    clock.schedule(() => cancelling.abort(), 5);
    expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1", signal: cancelling.signal }))).toContain("cancelled: ");
    expect(calls.at(-1)).toBe(late);
    expect((await workflow.runs.history("run-1")).map(({ kind }) => kind)).toEqual(["entry", "failure"]);
  },
);

test("the time is up while it is stored that something is undone: the signal of what has undone it does not fire", async () => {
  const clock = new ManualClock();
  class Slow extends MemoryCheckpoints {
    override async append(...given: Parameters<CheckpointStore["append"]>): Promise<void> {
      if (given[1].kind === "compensated") await takes(clock, 200);
      await super.append(...given);
    }
  }
  const signals: AbortSignal[] = [];
  const step = (next: string): DurableStep => ({
    run: async () => undoable(next as never, 1),
    compensate: async (_: unknown, _output: unknown, { signal }: Context<unknown>) => void signals.push(signal),
  });
  const pay: DurableStep = { run: () => Promise.reject(new Error("refused")) };
  const setting = { clock, checkpoints: new Slow(), compensationTimeout: 100 };
  const { workflow } = durableMachineOf({ hold: step("ship"), ship: step("pay"), pay }, setting);
  expect(await toldBy(clock, workflow.orchestrate({}))).toContain("state `hold` was not undone: its time was up");
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
});
