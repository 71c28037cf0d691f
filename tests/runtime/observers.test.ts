/** What the events of a run carry, what is made of observers, and what one that goes wrong changes: nothing. */

import { circuitBreaker, type Context, fixed, more, type Observer, pending, quorum, type RunEvent, split } from "cano";
import { combine, only } from "cano/observe";
import { ManualClock, type RecordedEvent, RecordingObserver } from "cano/testing";
import { describe, expect, test, vi } from "vitest";
import { loadFixture } from "./load-fixture.js";
import { machineOf, never, outcomeOf } from "./machine.js";
import type { Step } from "./step.js";

const down = (): Promise<never> => Promise.reject(new Error("down"));

/** The events of a hook, without what every event has. */
function eventsOf<K extends RecordedEvent["hook"]>(recorder: RecordingObserver, hook: K): readonly object[] {
  return recorder.events().flatMap((event) => (event.hook === hook ? [event] : []));
}

describe("what an event carries", () => {
  test("the run, the state and its kind, the visit, and the time on the workflow's clock", async () => {
    const clock = new ManualClock(new Date("2026-01-01"));
    let visits = 0;
    const machine = machineOf(
      { a: { run: (_, { sleep }) => sleep(10).then(() => (++visits < 2 ? "a" : "b")) }, b: { run: () => "done" } },
      { clock },
    );
    await outcomeOf(machine, { runId: "run-1" });
    const began = new Date("2026-01-01").getTime();
    const common = machine.recorder.events().map(({ runId, workflow, hook, state, kind, visit, at }) => {
      expect([runId, workflow]).toEqual(["run-1", "test"]);
      return `${hook} ${state} ${kind} ${visit} ${at - began}`;
    });
    expect(common).toEqual([
      "runStart a task 0 0",
      "stateEnter a task 1 0",
      "taskStart a task 1 0",
      "taskSuccess a task 1 10",
      "stateEnter a task 2 10",
      "taskStart a task 2 10",
      "taskSuccess a task 2 20",
      "stateEnter b task 3 20",
      "taskStart b task 3 20",
      "taskSuccess b task 3 20",
      "stateEnter done exit 4 20",
      "runEnd done exit 4 20",
    ]);
  });

  test("the attempt that it is about, and how long the task took with all of them", async () => {
    const step: Step = {
      config: { retry: fixed({ retries: 2, delay: 5 }), breaker: circuitBreaker({ failureThreshold: 2 }) },
      run: (_, { sleep }) => sleep(10).then(down),
    };
    const { recorder, ...machine } = machineOf({ a: step });
    await outcomeOf({ ...machine, recorder });
    const attempts = recorder.events().flatMap((event) => ("attempt" in event ? [`${event.hook} ${event.attempt}`] : []));
    expect(attempts).toEqual(["taskStart 1", "retry 1", "attempt 2", "retry 2", "attempt 3", "circuitOpen 3", "taskFailure 3"]);
    expect(eventsOf(recorder, "taskFailure")).toMatchObject([{ elapsed: 30, branch: undefined }]);
    expect(eventsOf(recorder, "runEnd")).toMatchObject([{ elapsed: 30, outcome: "failed", error: { category: "circuit_open" } }]);
  });

  test("the branch, and how long it took: its end is told when the split is over", async () => {
    const after = (ms: number) => ({ run: (_: unknown, { sleep }: Context<unknown>) => sleep(ms) });
    const branches = [after(30), { config: { retry: fixed({ retries: 1, delay: 5 }) }, run: down }, after(10), { run: never }];
    const machine = machineOf({ s: split(branches, { join: quorum(2), next: "done", bulkhead: 3 }) });
    await outcomeOf(machine);
    const ends = machine.recorder.events().flatMap((event) => ("elapsed" in event && "branch" in event ? [event] : []));
    expect(ends.map(({ hook, task, branch, attempt, elapsed }) => [hook, task, branch, attempt, elapsed])).toEqual([
      ["taskSuccess", "Branch2[2]", 2, 1, 10],
      ["taskSuccess", "Branch0[0]", 0, 1, 30],
      ["taskFailure", "Branch1[1]", 1, 2, 5],
      ["taskCancelled", "Branch3[3]", 3, 1, 30],
    ]);
    expect(eventsOf(machine.recorder, "join")).toMatchObject([
      { strategy: "quorum(2)", met: true, successes: 2, failures: 1, cancelled: 1, kind: "split" },
    ]);
  });

  test("polls and steps, each with the attempt of its own", async () => {
    const answers = [pending(1), pending(1), "b"];
    let calls = 0;
    const stepped = {
      config: { retry: fixed({ retries: 1, delay: 1 }) },
      step: (_: unknown, cursor: number | undefined) => {
        if (++calls === 1) throw new Error("again");
        return cursor === 1 ? "done" : more(1);
      },
    };
    const machine = machineOf({ a: { poll: () => answers.shift() }, b: stepped });
    await outcomeOf(machine);
    expect(machine.recorder.lines()).toEqual([
      "runStart a",
      "stateEnter a",
      "taskStart a Task_a",
      "poll a Task_a pending",
      "poll a Task_a pending",
      "poll a Task_a ready",
      "taskSuccess a Task_a",
      "stateEnter b",
      "taskStart b Task_b",
      "retry b Task_b attempt 1 delay 1",
      "attempt b Task_b attempt 2",
      "step b Task_b more",
      "step b Task_b done",
      "taskSuccess b Task_b",
      "stateEnter done",
      "runEnd done completed",
    ]);
    const [first, last] = eventsOf(machine.recorder, "step");
    expect([first, last]).toMatchObject([{ attempt: 2 }, { attempt: 1 }]);
  });

  test("a synchronous run begins and ends, too, and so does one that fails", async () => {
    const { createParity, Parity } = await loadFixture("all-synchronous", "parity");
    const recorder = new RecordingObserver();
    createParity({ observers: [recorder] }).runSync({ input: 4 });
    expect(recorder.lines().at(-1)).toBe(`runEnd ${Parity?.Even ?? "even"} completed`);
    recorder.clear();
    expect(() => createParity({ observers: [recorder] }).runSync({ input: 4, signal: AbortSignal.abort() })).toThrow(/cancelled/);
    expect(recorder.lines().map((line) => line.split(" ")[0])).toEqual(["runStart", "cancelled", "runEnd"]);
  });
});

test("nothing is told of what comes to something after the run has ended", async () => {
  const clock = new ManualClock();
  const step: Step = {
    config: { hedge: { after: 5 } },
    run: () => new Promise((resolve) => void clock.schedule(() => resolve("done"), 50)),
  };
  const machine = machineOf({ a: step }, { clock, totalTimeout: 20 });
  await outcomeOf(machine);
  expect(machine.recorder.lines().at(-1)).toBe("runEnd a failed");
});

describe("an observer that goes wrong", () => {
  test("that is slow is not waited for", async () => {
    const slow = never as () => never;
    const observers = [{ runStart: slow, stateEnter: slow, runEnd: slow }];
    const machine = machineOf({ a: { run: () => "done" } }, { observers });
    expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  });

  test("is said of once for each of its hooks, whatever the run", async () => {
    const warn = vi.fn();
    const bad = (): never => {
      throw new Error("no");
    };
    const machine = machineOf({ a: { run: () => "done" } }, { observers: [{ stateEnter: bad, runEnd: bad }], log: { warn } });
    for (let run = 0; run < 3; run++) await outcomeOf(machine);
    const said = (hook: string): string[] => [
      `an observer of workflow \`test\` failed at \`${hook}\`, which changes nothing: no`,
    ];
    expect(warn.mock.calls).toEqual([said("stateEnter"), said("runEnd")]);
  });

  test("cannot end a run that has ended", async () => {
    const controller = new AbortController();
    const machine = machineOf({ a: { run: () => "done" } }, { observers: [{ runEnd: () => controller.abort() }] });
    expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ state: "done" });
    expect(machine.recorder.lines().at(-1)).toBe("runEnd done completed");
  });

  test("is not told the time where the clock fails, which is said once", async () => {
    const warn = vi.fn();
    const clock = new ManualClock();
    const fail = (): never => {
      throw new Error("no time");
    };
    Object.assign(clock, { epoch: fail, now: fail });
    const machine = machineOf({ a: { run: () => "done" } }, { clock, log: { warn } });
    expect(await machine.workflow.orchestrate()).toMatchObject({ state: "done" });
    expect(machine.recorder.events().map(({ at }) => at)).toEqual(Array(6).fill(Number.NaN));
    expect(warn.mock.calls).toEqual([["the clock of workflow `test` failed, so its observers are not told the time: no time"]]);
  });
});

describe("several observers as one", () => {
  test("are told in their order, and only of what one of them hears", async () => {
    const heard: string[] = [];
    const first: Observer = { stateEnter: ({ state }) => void heard.push(`1 ${state}`) };
    const second: Observer = { stateEnter: ({ state }) => void heard.push(`2 ${state}`), runEnd: () => void heard.push("2 end") };
    const both = combine(first, second);
    await outcomeOf(machineOf({ a: { run: () => "done" } }, { observers: [both] }));
    expect(heard).toEqual(["1 a", "2 a", "1 done", "2 done", "2 end"]);
    expect(Object.keys(both)).toEqual(["stateEnter", "runEnd", "wrap", "traceRun"]);
  });

  test("are guarded from each other: the first fault of an event is the whole's", async () => {
    const warn = vi.fn();
    const heard: string[] = [];
    const bad: Observer = {
      stateEnter: () => {
        throw new Error("thrown");
      },
      runEnd: () => Promise.reject(new Error("rejected")) as never,
    };
    const good: Observer = { stateEnter: () => void heard.push("enter"), runEnd: () => void heard.push("end") };
    await outcomeOf(machineOf({ a: { run: () => "done" } }, { observers: [combine(bad, bad, good)], log: { warn } }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual(["enter", "enter", "end"]);
    expect(warn.mock.calls.map(([line]) => String(line).replace(/.*changes nothing: /, ""))).toEqual(["thrown", "rejected"]);
  });

  test("one that fails when it is asked for a trace keeps none from the run", () => {
    const fails = (): never => {
      throw new Error("no trace");
    };
    const event: RunEvent = { workflow: "test", runId: "a", state: "a", kind: "task", visit: 0, at: 0 };
    expect(combine({ traceRun: fails }, {}, { traceRun: () => ({ text: "t" }) }).traceRun?.(event)).toEqual({ text: "t" });
    expect(() => combine({ traceRun: fails }, {}).traceRun?.(event)).toThrow("no trace");
    for (const none of [combine({}), only({}, {})]) expect(none.traceRun?.(event)).toBeUndefined();
  });
});

describe("an observer of some events", () => {
  const told = async (filter: Parameters<typeof only>[1]): Promise<readonly string[]> => {
    const recorder = new RecordingObserver();
    const tasks = { a: { run: () => "b" }, b: { run: () => "done" } };
    await outcomeOf(machineOf(tasks, { observers: [only(recorder, filter)] }));
    return recorder.lines();
  };

  test("passes by hook, by state, by workflow and by anything else", async () => {
    expect(await told({ hooks: ["runEnd", "stateEnter"] })).toEqual([
      "stateEnter a",
      "stateEnter b",
      "stateEnter done",
      "runEnd done completed",
    ]);
    expect(await told({ states: ["b"] })).toEqual(["stateEnter b", "taskStart b Task_b", "taskSuccess b Task_b"]);
    expect(await told({ workflows: ["another"] })).toEqual([]);
    expect(await told({ workflows: ["test"], where: ({ kind }: RunEvent) => kind === "exit" })).toEqual([
      "stateEnter done",
      "runEnd done completed",
    ]);
  });

  test("hears nothing else, so that it is not made", () => {
    expect(Object.keys(only({ stateEnter: () => undefined, retry: () => undefined }, { hooks: ["retry", "poll"] }))).toEqual([
      "retry",
      "wrap",
      "traceRun",
    ]);
  });
});
