/** What a resumed run still knows: where it was, how often it had tried, until when it waits, how it got there, which keys its visits have. */

import { bulkhead, type Context, exponential, fixed, more, type TaskConfig } from "cano";
import { ManualClock } from "cano/testing";
import { expect, test } from "vitest";
import type { Home } from "../../runtime/src/run/home.js";
import { keyOf } from "../../runtime/src/run/task-context.js";
import { never } from "../runtime/machine.js";
import { leaveBehind } from "./left-behind.js";
import { type DurableStep, durableMachineOf, reopened, toldBy } from "./machine.js";

const HOUR = 3_600_000;

/** A clock that has come as far as one that was begun with a run and went on for `ms`. */
const clockAfter = (ms: number): ManualClock => new ManualClock(new Date(Date.parse("2026-01-01") + ms));

test("a timer waits for the rest of its time, and is not asked again", async () => {
  const asked: number[] = [];
  const clock = clockAfter(3 * HOUR);
  const wait = (now: ManualClock | undefined): DurableStep => ({
    wait: async () => (asked.push(now?.now() ?? -1), 8 * HOUR),
    afterWait: async (_: unknown, { due }: { due: Date }) => ["done", due.toISOString()] as never,
  });
  const checkpoints = await leaveBehind({ wait: wait(undefined) }, 3 * HOUR);
  const { workflow } = durableMachineOf({ wait: wait(clock) }, { checkpoints, clock });
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe('done "2026-01-01T08:00:00.000Z"');
  expect(clock.now()).toBe(5 * HOUR);
  expect(asked).toEqual([-1]);
});

test("a timer that fell due while nobody was there is over at once", async () => {
  const step: DurableStep = { wait: async () => HOUR, afterWait: async () => "done" };
  const checkpoints = await leaveBehind({ wait: step }, 1_000);
  const clock = clockAfter(48 * HOUR);
  const { workflow } = durableMachineOf({ wait: step }, { checkpoints, clock });
  await toldBy(clock, workflow.resume("run-1"));
  expect(clock.now()).toBe(0);
});

test("a timer whose attempt has failed is asked again by the next one, in whatever process that is", async () => {
  const asked: number[] = [];
  const wait = (isDown: boolean): DurableStep => ({
    config: { retry: fixed({ retries: 1, delay: HOUR }) },
    wait: async (_: unknown, { attempt }: Context<unknown>) => (asked.push(attempt), HOUR),
    async afterWait() {
      if (isDown) throw new Error("down");
      return "done";
    },
  });
  const checkpoints = await leaveBehind({ wait: wait(true) }, 1.5 * HOUR);
  const clock = clockAfter(1.5 * HOUR);
  const { workflow } = durableMachineOf({ wait: wait(false) }, { checkpoints, clock });
  expect(await toldBy(clock, workflow.resume("run-1"))).toContain("done");
  expect(asked).toEqual([1, 2]);
  expect(clock.now()).toBe(1.5 * HOUR);
});

test.each<TaskConfig>([{}, { bulkhead: bulkhead({ limit: 1 }) }])(
  "attempts go on where they were, after the rest of the delay (%o)",
  async (more) => {
    const tries: string[] = [];
    const clock = clockAfter(2_500);
    const step = (now: ManualClock): DurableStep => ({
      config: { retry: exponential({ retries: 3, base: 1_000, jitter: 0 }), ...more },
      run: async (_: unknown, { attempt, idempotencyKey }: Context<unknown>) => {
        tries.push(`${attempt} after ${now.now()} as ${idempotencyKey}`);
        throw new Error("down");
      },
    });
    const first = durableMachineOf({ call: step(new ManualClock()) });
    first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
    // After the second attempt, in the middle of the delay of two seconds.
    await first.clock.advance(2_500);
    const checkpoints = await reopened(first.checkpoints);
    const { workflow, recorder } = durableMachineOf({ call: step(clock) }, { checkpoints, clock });
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe("retry_exhausted: state `call` failed after 4 attempts: down");
    expect(recorder.lines().filter((line) => line.startsWith("attempt "))).toEqual([
      "attempt call Task_call attempt 3",
      "attempt call Task_call attempt 4",
    ]);
    expect(tries).toEqual([
      "1 after 0 as test/run-1#0",
      "2 after 0 as test/run-1#0",
      "3 after 500 as test/run-1#0",
      "4 after 4500 as test/run-1#0",
    ]);
  },
);

/** A step that fails while what it calls is down, and is then tried again. */
const call = (delay: number, isDown: boolean): DurableStep => ({
  config: { retry: fixed({ retries: 1, delay }) },
  run: async () => {
    if (isDown) throw new Error("down");
    return "done";
  },
});

test("where the date was put back, the next attempt is not further away than the whole delay", async () => {
  const checkpoints = await leaveBehind({ call: call(1_000, true) }, 500);
  const clock = clockAfter(-HOUR);
  const { workflow } = durableMachineOf({ call: call(1_000, false) }, { checkpoints, clock });
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("done undefined");
  expect(clock.now()).toBe(1_000);
});

test("a next attempt that was due before its delay was stored, as on a busy machine, follows at once", async () => {
  /** Each look at the date takes ten milliseconds. */
  class BusyClock extends ManualClock {
    private looks = 0;
    override epoch(): number {
      return super.epoch() + 10 * this.looks++;
    }
  }
  const first = durableMachineOf({ call: call(1, true) }, { clock: new BusyClock(new Date("2026-01-01")) });
  first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
  await first.clock.advance(0);
  const clock = clockAfter(-HOUR);
  const { workflow } = durableMachineOf({ call: call(1, false) }, { checkpoints: await reopened(first.checkpoints), clock });
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("done undefined");
  expect(clock.now()).toBe(0);
});

test("the attempts of a step count for that step only", async () => {
  const seen: string[] = [];
  let isDown = true;
  const step: DurableStep = {
    config: { retry: fixed({ retries: 1, delay: 1_000 }) },
    step: async (_: unknown, cursor: unknown, { attempt }: Context<unknown>) => {
      seen.push(`${String(cursor)} attempt ${attempt}`);
      if (cursor === 1 && isDown) throw new Error("down");
      return cursor === 3 ? "done" : more(Number(cursor ?? 0) + 1);
    },
  };
  const checkpoints = await leaveBehind({ work: step }, 500);
  isDown = false;
  const clock = clockAfter(500);
  const { workflow } = durableMachineOf({ work: step }, { checkpoints, clock });
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("done undefined");
  expect(seen).toEqual(["undefined attempt 1", "1 attempt 1", "1 attempt 2", "2 attempt 1", "3 attempt 1"]);
});

test("a cursor belongs to one visit", async () => {
  const seen: unknown[] = [];
  let isStuck = true;
  const tasks: Readonly<Record<string, DurableStep>> = {
    work: {
      step: async (_: unknown, cursor: unknown, { input }: Context<unknown>) => {
        seen.push([input, cursor]);
        if (input === "second" && isStuck) await never();
        return cursor === 2 ? ["again", input] : more(Number(cursor ?? 0) + 1);
      },
    },
    again: { run: (_: unknown, { input }: Context<unknown>) => (input === "second" ? "done" : ["work", "second"]) },
  };
  const checkpoints = await leaveBehind(tasks, 0, "first");
  isStuck = false;
  seen.length = 0;
  const { workflow, clock } = durableMachineOf(tasks, { checkpoints });
  await toldBy(clock, workflow.resume("run-1"));
  expect(seen).toEqual([
    ["second", undefined],
    ["second", 1],
    ["second", 2],
  ]);
});

test("the idempotency key is the same for all attempts and resumes of a visit, and another for the next", async () => {
  const keys: string[] = [];
  let isStuck = true;
  const tasks: Readonly<Record<string, DurableStep>> = {
    loop: {
      config: { retry: fixed({ retries: 1, delay: 0 }) },
      run: async (_: unknown, { input, attempt, idempotencyKey }: Context<unknown>) => {
        keys.push(idempotencyKey);
        if (attempt === 1) throw new Error("once more");
        if (isStuck) await never();
        return input === 2 ? "done" : ["loop", 2];
      },
    },
  };
  const checkpoints = await leaveBehind(tasks, 0);
  isStuck = false;
  const { workflow, clock } = durableMachineOf(tasks, { checkpoints });
  await toldBy(clock, workflow.resume("run-1"));
  // Attempts 1 and 2, then attempt 2 again in another process, then two attempts of the next visit.
  expect(keys.slice(0, 3)).toEqual(["test/run-1#0", "test/run-1#0", "test/run-1#0"]);
  expect(new Set(keys.slice(3)).size).toBe(1);
  expect(keys[3]).not.toBe(keys[0]);
});

test("no two visits have one idempotency key, whatever their runs and workflows are called", async () => {
  const home = (name: string) => ({ graph: { name } }) as Home;
  const keys = ["a", "a/b", "a%2Fb", "a#0", "a%"].flatMap((name) =>
    ["b", "a/b", "b/b", "b#0", "b#0/0", "b/0", "#"].flatMap((runId) =>
      [0, "0/0", "0/0/undo", 1].map((visit) => keyOf(home(name), runId, visit)),
    ),
  );
  expect(new Set(keys).size).toBe(keys.length);
});

test("the path of an error goes through what was before the resume", async () => {
  let isStuck = true;
  const tasks: Readonly<Record<string, DurableStep>> = {
    // Whose log has more rows than that of its entry.
    a: { step: async (_: unknown, cursor: unknown) => (cursor === undefined ? more(1) : "b") },
    b: { run: async () => (isStuck ? await never() : "c") },
    c: { run: () => Promise.reject(new Error("down")) },
  };
  const checkpoints = await leaveBehind(tasks, 0);
  isStuck = false;
  const { workflow, recorder } = durableMachineOf(tasks, { checkpoints });
  await expect(workflow.resume("run-1")).rejects.toMatchObject({ state: "c", path: ["a", "b", "c"] });
  expect(recorder.events().filter(({ hook }) => hook === "unknownResumeState")).toEqual([]);
});

test("the path of an error leaves out what the workflow has no longer, and observers are told what that is", async () => {
  const before: Readonly<Record<string, DurableStep>> = {
    a: { run: async () => "b" },
    b: { run: async () => await never() },
  };
  const checkpoints = await leaveBehind(before, 0);
  const failing: DurableStep = { run: () => Promise.reject(new Error("down")) };
  const { workflow, recorder } = durableMachineOf({ b: failing }, { checkpoints });
  await expect(workflow.resume("run-1")).rejects.toMatchObject({ state: "b", path: ["b"] });
  expect(recorder.events().filter(({ hook }) => hook === "unknownResumeState")).toMatchObject([{ sequence: 0, label: "a" }]);
});

test("what is stored of a visit is stored of its state, and that is where the run is said to be", async () => {
  const first: DurableStep = { run: async () => "second" };
  const waiting: DurableStep = { wait: async () => HOUR, afterWait: async () => "done" };
  for (const [second, kind] of [
    [call(1_000, true), "attempt"],
    [waiting, "due"],
  ] as const) {
    const { workflow, clock } = durableMachineOf({ first, second });
    const run = workflow.orchestrate({ runId: "run-1" });
    run.catch(() => undefined);
    await clock.advance(0);
    expect((await workflow.runs.history("run-1")).at(-1)).toMatchObject({ kind, state: "second" });
    expect(await workflow.runs.get("run-1")).toMatchObject({ state: "second" });
    await toldBy(clock, run);
  }
});
