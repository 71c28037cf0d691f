/** Runs that are ended by what they call themselves: a task, an observer, a branch. Nothing begins after that, and everything is told once. */

import { any, bulkhead, type Context, quorum, split, type TaskConfig } from "cano";
import { ManualClock, RecordingObserver, settled } from "cano/testing";
import { expect, test } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";
import type { AnySplit, Step } from "./step.js";
import { endOf, sagaOf } from "./saga.js";

/** A step that tells `calls` of each call, and its signal. */
function stepOf(calls: AbortSignal[], config: TaskConfig = {}): Step {
  return {
    config,
    run: async (_resources, { signal, sleep }) => {
      calls.push(signal);
      await sleep(1_000);
      return "done";
    },
  };
}

/** The signals of what was called in a run that an observer ends when it hears of `hook`, and what was told. */
async function endedAt(hook: string, step: Step | AnySplit, calls: AbortSignal[]) {
  const controller = new AbortController();
  const machine = machineOf({ a: step }, { observers: [{ [hook]: () => controller.abort() }] });
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
  return { open: calls.filter(({ aborted }) => !aborted).length, lines: machine.recorder.lines() };
}

test.each([
  ["stateEnter", ["runStart a", "stateEnter a", "cancelled a", "runEnd a cancelled"]],
  [
    "taskStart",
    ["runStart a", "stateEnter a", "taskStart a Task_a", "taskFailure a Task_a", "cancelled a", "runEnd a cancelled"],
  ],
])("an observer that ends the run when it hears of `%s`: no task is called", async (hook, expected) => {
  const calls: AbortSignal[] = [];
  const { lines } = await endedAt(hook, stepOf(calls), calls);
  expect(calls).toEqual([]);
  expect(lines).toEqual(expected);
});

test("the same when it hears of an attempt, or of a fallback", async () => {
  const calls: AbortSignal[] = [];
  const failing: Step = {
    config: { retry: { retries: 1, delay: () => 1 }, fallback: (_: unknown, { signal }: Context<never>) => calls.push(signal) },
    run: (_resources, { signal }) => {
      calls.push(signal);
      throw new Error("no");
    },
  };
  await endedAt("attempt", failing, calls);
  expect(calls.length).toBe(1);
  await endedAt("fallback", failing, calls);
  expect(calls.length).toBe(3);
});

test("the same when it hears of the branches of a split: none is called, and its timeout is not set", async () => {
  const calls: AbortSignal[] = [];
  const branch = { run: async (_: never, { signal }: Context<never>) => calls.push(signal) };
  await endedAt("taskStart", split([branch, branch], { next: "done", timeout: 50 }), calls);
  expect(calls).toEqual([]);
});

test.each(["taskSuccess", "taskCancelled", "join"])("the end of a split is told once when `%s` ends the run", async (hook) => {
  const branches = [{ run: async () => 1 }, { run: async () => 2 }, { run: never }];
  const { lines } = await endedAt(hook, split(branches, { next: "done", join: quorum(2) }), []);
  expect(lines.filter((line) => /Branch|join/.test(line))).toEqual([
    "taskStart a Branch0[0]",
    "taskStart a Branch1[1]",
    "taskStart a Branch2[2]",
    "taskSuccess a Branch0[0]",
    "taskSuccess a Branch1[1]",
    "taskCancelled a Branch2[2]",
    "join a quorum(2) met: 2 succeeded, 0 failed, 1 cancelled",
  ]);
});

test("the end of a run that is out of time is told once when who hears of it ends the run", async () => {
  const controller = new AbortController();
  const machine = machineOf(
    { a: split([{ run: async () => 1 }, { run: never }], { next: "done" }) },
    { totalTimeout: 50, observers: [{ taskFailure: () => controller.abort() }] },
  );
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "workflow_timeout" });
  expect(machine.recorder.lines().slice(4)).toEqual([
    "taskSuccess a Branch0[0]",
    "taskFailure a Branch1[1]",
    "workflowTimeout a",
    "runEnd a failed",
  ]);
});

test("an observer behind one that ends the run hears of everything in its order", async () => {
  const controller = new AbortController();
  const behind = new RecordingObserver();
  const machine = machineOf({ a: stepOf([]) }, { observers: [{ taskStart: () => controller.abort() }, behind] });
  await outcomeOf(machine, { signal: controller.signal });
  expect(behind.lines()).toEqual(machine.recorder.lines());
  expect(behind.lines().at(-1)).toBe("runEnd a cancelled");
});

test("and when a branch that is called off ends the run", async () => {
  const controller = new AbortController();
  const listening = {
    run: (_: never, { signal }: Context<never>) => {
      signal.addEventListener("abort", () => controller.abort());
      return never();
    },
  };
  const machine = machineOf({ a: split([{ run: async () => 1 }, listening], { next: "done", join: any() }) });
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
  expect(machine.recorder.lines().filter((line) => line.includes("Branch1"))).toEqual([
    "taskStart a Branch1[1]",
    "taskCancelled a Branch1[1]",
  ]);
});

test("a fallback and the branches of a computed split are told that the run is ended, and leave no timer", async () => {
  const signals: AbortSignal[] = [];
  const wait = async (_: unknown, { signal, sleep }: Context<never>): Promise<string> => {
    signals.push(signal);
    await sleep(60_000);
    return "done";
  };
  const failing: Step = { config: { fallback: wait }, run: () => Promise.reject(new Error("no")) };
  const computed = split((_: object, given: Context<unknown>) => [{ run: () => wait(_, given as never) }], { next: "done" });
  for (const step of [failing, computed]) {
    const controller = new AbortController();
    const machine = machineOf({ a: step });
    machine.clock.schedule(() => controller.abort(), 10);
    expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
  }
  const late = machineOf({
    a: split((_: object, given: Context<unknown>) => [{ run: () => wait(_, given as never) }], { next: "done", timeout: 50 }),
  });
  expect(await outcomeOf(late)).toMatchObject({ code: "CANO7008" });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
});

test("a task that can be undone ends the run with its first breath: its effect is awaited and undone", async () => {
  const controller = new AbortController();
  const saga = sagaOf({
    a: {
      run: async ({ sleep }) => {
        controller.abort();
        await sleep(10);
        return "effect";
      },
      undo: () => undefined,
    },
  });
  expect(await endOf(saga, controller.signal)).toMatchObject({ category: "cancelled" });
  expect(saga.log).toEqual(["a", "undo effect"]);
});

test("a hedged task that ends the run with its first breath is not copied, and gives its place back", async () => {
  const controller = new AbortController();
  const places = bulkhead({ limit: 2 });
  let calls = 0;
  const run = (): Promise<never> => {
    calls++;
    controller.abort();
    return never();
  };
  const machine = machineOf({ a: { config: { hedge: { after: 100 }, bulkhead: places }, run } });
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
  expect([calls, places.active]).toEqual([1, 0]);
});

test("an observer that ends the run when it hears of a hedge: the copy is not called, and its place is given back", async () => {
  const places = bulkhead({ limit: 2 });
  const calls: AbortSignal[] = [];
  const { open } = await endedAt("hedge", stepOf(calls, { hedge: { after: 100 }, bulkhead: places }), calls);
  expect([calls.length, open, places.active]).toEqual([1, 0, 0]);
});

test("the copy that lost leaves no timeout", async () => {
  let calls = 0;
  const run = (): Promise<string> => (calls++ === 0 ? never() : Promise.resolve("done"));
  const machine = machineOf({ a: { config: { hedge: { after: 100 }, attemptTimeout: 60_000 }, run } });
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect(machine.clock.now()).toBe(100);
});

test("a run that is ended between its place and its call hands the place back", async () => {
  for (let turns = 0; turns < 8; turns++) {
    const places = bulkhead({ limit: 1 });
    const place = await places.enter();
    const calls: AbortSignal[] = [];
    const clock = new ManualClock();
    const controller = new AbortController();
    const { workflow } = machineOf({ a: stepOf(calls, { bulkhead: places }) }, { clock });
    const ended = workflow.orchestrate({ signal: controller.signal }).catch((error: unknown) => error);
    await settled();
    place.leave();
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    controller.abort();
    expect(await ended).toMatchObject({ category: "cancelled" });
    await settled();
    expect([calls.filter(({ aborted }) => !aborted).length, places.active, clock.pending]).toEqual([0, 0, 0]);
  }
});

const AT_LAST = 60_000;

test.each<[string, (end: () => void, note: (error: unknown) => void) => Step | AnySplit, number]>([
  ["a pause", (_end, note) => ({ run: (_, { sleep }) => sleep(AT_LAST).catch(note) }), 1],
  [
    "two pauses",
    (_end, note) => ({
      run: (_, { sleep }) => Promise.all([sleep(AT_LAST).catch(note), sleep(AT_LAST).catch(note)]),
    }),
    2,
  ],
  [
    "a pause behind the end",
    (end, note) => ({
      run: (_, { sleep }) => {
        end();
        return sleep(AT_LAST).catch(note);
      },
    }),
    1,
  ],
  [
    "a timeout behind the end",
    (end) => ({
      config: { attemptTimeout: AT_LAST },
      run: () => {
        end();
        return never();
      },
    }),
    0,
  ],
  ["the timeout of a split", () => split([{ run: never }], { next: "done", timeout: AT_LAST }), 0],
])("a run that is ended waits for nothing any more: %s", async (_, stepOf, told) => {
  const controller = new AbortController();
  const end = (): void => controller.abort();
  const reasons: unknown[] = [];
  const machine = machineOf({ a: stepOf(end, (error) => reasons.push(error)) });
  machine.clock.schedule(end, 10);
  const outcome = await outcomeOf(machine, { signal: controller.signal });
  expect(outcome).toMatchObject({ category: "cancelled" });
  expect(reasons).toEqual(Array.from({ length: told }, () => outcome));
  expect(machine.clock.now()).toBe(10);
});
