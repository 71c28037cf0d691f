/** Observers that go wrong, and a log that does: the run goes on, the other observers hear everything, and it is said once. */

import { circuitBreaker, fixed, type Observer } from "cano";
import { RecordingObserver } from "cano/testing";
import { describe, expect, test, vi } from "vitest";
import { batchWith, hostile, type Method, rejecter, thrower } from "./faults.js";
import { machineOf, outcomeOf, type Setting } from "./machine.js";
import type { Step } from "./step.js";

/** An observer all of whose hooks do `bad`. */
function observerOf(bad: Method): Observer {
  const hooks = Object.entries(new RecordingObserver()).flatMap(([name, hook]) => (typeof hook === "function" ? [name] : []));
  return Object.fromEntries(hooks.map((hook) => [hook, bad]));
}

const SCENES: Readonly<Record<string, { step: Step; setting?: Setting; outcome: object; events: readonly string[] }>> = {
  "that ends well": { step: { run: () => "done" }, outcome: { state: "done" }, events: ["taskSuccess a Task_a"] },
  "that retries, is refused and falls back": {
    step: {
      config: { retry: fixed({ retries: 3, delay: 1 }), breaker: circuitBreaker({ failureThreshold: 2 }), fallback: "done" },
      run: rejecter(new Error("down")),
    },
    outcome: { category: "never" },
    events: ["retry a Task_a attempt 1 delay 1", "circuitOpen a Task_a", "fallback a Task_a"],
  },
  "that is hedged": {
    step: { config: { hedge: { after: 5 } }, run: (_resources, { sleep }) => sleep(9).then(() => "done") },
    outcome: { state: "done" },
    events: ["hedge a Task_a attempt 1 copy 2"],
  },
  "that fails": {
    step: { run: rejecter(new Error("down")) },
    outcome: { category: "task_execution" },
    events: ["taskFailure a Task_a"],
  },
  "that is out of time": {
    step: { run: () => new Promise(() => undefined) },
    setting: { totalTimeout: 5 },
    outcome: { category: "workflow_timeout" },
    events: ["workflowTimeout a"],
  },
  "that polls in vain": {
    step: { pollErrors: { tolerate: 1 }, poll: rejecter(new Error("down")) },
    outcome: { category: "task_execution" },
    events: ["tolerated a Task_a"],
  },
  "of a batch": { step: batchWith({}), outcome: { state: "done" }, events: ["progress a Task_a 1 of 1 0 failed"] },
};

describe.each(Object.entries(SCENES))("an observer of a run %s", (name, { step, setting = {}, outcome, events }) => {
  test.each<[string, Method]>([
    ["throws", thrower("deaf")],
    ["rejects", rejecter(new Error("deaf"))],
    ["throws what throws", thrower(hostile)],
  ])("%s: the run goes on, the other observers hear everything, and it is said once of each hook", async (_, bad) => {
    const breaker = "config" in step ? step.config?.breaker : undefined;
    breaker?.reset();
    const warn = vi.fn();
    const machine = machineOf({ a: step }, { ...setting, observers: [observerOf(bad), observerOf(bad)], log: { warn } });
    expect(await outcomeOf(machine)).toMatchObject(name.includes("falls back") ? { state: "done" } : outcome);
    expect(machine.recorder.lines()).toEqual(expect.arrayContaining([...events]));
    const hooks = [...new Set(machine.recorder.events().map(({ hook }) => hook))];
    const said = warn.mock.calls.map(([line]) => /failed at `(\w+)`/.exec(String(line))?.[1]);
    expect(said.toSorted()).toEqual([...hooks, ...hooks].toSorted());
  });
});

test("a log that throws changes nothing either", async () => {
  const said = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const log = { warn: thrower(new Error("disk full")) };
  const machine = machineOf({ a: { run: () => "done" } }, { observers: [{ stateEnter: thrower("deaf") }], log });
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect(said.mock.calls).toEqual([["an observer of workflow `test` failed at `stateEnter`, which changes nothing: deaf"]]);
  said.mockRestore();
});
