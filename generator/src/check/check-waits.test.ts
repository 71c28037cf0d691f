/** Whether there is time for timers and retries. */

import { describe, expect, it } from "vitest";
import type { RetryReading } from "../read/config-reading.js";
import type { TaskReading } from "../read/reading.js";
import { outcomeOf, problemsOf } from "./testing/problems-of.js";
import { at, type MachineSpec, number, reading, type TaskSpec } from "./testing/reading-builder.js";

const limits = (total: number | undefined, undoing?: number) => ({
  totalTimeout: total === undefined ? undefined : number(total, "total"),
  compensationTimeout: undoing === undefined ? undefined : number(undoing, "undoing"),
});
const timer = (wait: number | undefined, to: string, task: Partial<TaskReading> = {}): TaskSpec => ({
  to: [to],
  task: {
    shapes: [{ kind: "timer", span: at("wait") }],
    waits: { times: [number(wait, `wait ${to}`)], byBackoff: false },
    ...task,
  },
});
const poll = (times: readonly (number | undefined)[], byBackoff: boolean, base: number): TaskSpec => ({
  task: {
    shapes: [{ kind: "poll", span: at("poll") }],
    waits: { times: times.map((time) => number(time, `pending ${time}`)), byBackoff },
    policies: [policy("exponential", { base, jitter: 0 })],
  },
});
const one = (spec: TaskSpec, total: number | undefined): MachineSpec => ({
  states: ["A", "Done"],
  tasks: { A: { to: ["Done"], ...spec } },
  more: limits(total),
});
const row = (first: number, second: number, total: number): MachineSpec => ({
  states: ["A", "B", "Done"],
  tasks: { A: timer(first, "B"), B: timer(second, "Done") },
  more: limits(total),
});
// Of a split that may take 10 ms.
const branch = (spec: TaskSpec): MachineSpec => ({
  states: ["A", "Done"],
  tasks: { A: { branches: [spec], next: "Done", split: { timeout: number(10, "timeout") } } },
  more: limits(1_000),
});
const policy = (policy: RetryReading["policy"], options: Readonly<Record<string, number>>, asks = false): RetryReading => ({
  policy,
  options: Object.entries(options).map(([name, value]) => ({
    name: name as RetryReading["options"][number]["name"],
    number: number(value, name),
  })),
  asks,
  span: at("policy"),
});
const retried = (retry: RetryReading, total: number): MachineSpec =>
  one({ task: { config: { span: at("config"), unknownKeys: [], retry, attemptTimeout: undefined, guards: [] } } }, total);

describe("3032: timers", () => {
  it.each<[what: string, spec: MachineSpec, problems: readonly string[]]>([
    ["longer than the total", one(timer(11, "Done"), 10), ["CANO3032 wait Done"]],
    ["as long as it", one(timer(10, "Done"), 10), []],
    ["without a total", one(timer(11, "Done"), undefined), []],
    ["of an unknown time", one(timer(undefined, "Done"), 10), []],
    ["one after the other", row(6, 5, 10), ["CANO3032 total"]],
    ["one after the other, in time", row(5, 5, 10), []],
    ["of which one alone is too long", row(11, 5, 10), ["CANO3032 wait B"]],
    ["longer than an attempt", { ...one({ ...timer(11, "Done"), attemptTimeout: 10 }, 100) }, ["CANO3032 wait Done"]],
    ["as long as an attempt", one({ ...timer(10, "Done"), attemptTimeout: 10 }, 100), []],
    [
      "longer than an attempt, with a fallback",
      one({ ...timer(11, "Done"), attemptTimeout: 10, guards: { fallback: {} } }, 100),
      [],
    ],
    ["longer than the split of which it is a branch", branch({ task: timer(11, "Done").task }), ["CANO3032 wait Done"]],
    ["as long as that", branch({ task: timer(10, "Done").task }), []],
    [
      "on the longer of two ways",
      {
        states: ["A", "B", "Done"],
        tasks: { A: { to: ["B", "Done"] }, B: timer(11, "Done") },
        more: limits(10),
      },
      ["CANO3032 wait Done"],
    ],
  ])("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });

  it("are told with what each waits", () => {
    const [problem] = outcomeOf(reading(row(6, 5, 10))).diagnostics;
    expect(problem).toMatchObject({
      message: "a run waits at least 11 ms, and the total timeout of 10 ms is over by then",
      notes: [{ message: "`A` waits 6 ms" }, { message: "`B` waits 5 ms" }],
    });
  });
});

describe("3033: retries", () => {
  it.each<[what: string, spec: MachineSpec, problems: readonly string[]]>([
    ["after a delay above the total", retried(policy("fixed", { retries: 1, delay: 11 }), 10), ["CANO3033 policy"]],
    ["after one that is equal", retried(policy("fixed", { retries: 1, delay: 10 }), 10), []],
    ["of which there are none", retried(policy("fixed", { retries: 0, delay: 11 }), 10), []],
    ["of which the error says when", retried(policy("fixed", { retries: 1, delay: 11 }, true), 10), []],
    ["of one's own policy", retried(policy("custom", {}), 1), []],
    ["spread below the total", retried(policy("exponential", { base: 11 }), 10), []],
    ["spread above it", retried(policy("exponential", { base: 13 }), 10), ["CANO3033 policy"]],
    ["with a base above the total, and a lower cap", retried(policy("exponential", { base: 10, cap: 10, jitter: 0 }), 10), []],
    ["without a spread", retried(policy("exponential", { base: 11, jitter: 0 }), 10), ["CANO3033 policy"]],
    ["spread by more than there is", retried(policy("exponential", { base: 1_000, jitter: 9 }), 10), ["CANO3012 jitter"]],
    ["with the defaults", retried(policy("exponential", {}), 89), ["CANO3033 policy"]],
    ["with the defaults, in time", retried(policy("exponential", {}), 90), []],
    ["decorrelated, from its base on", retried(policy("decorrelated", { base: 11 }), 10), ["CANO3033 policy"]],
    ["decorrelated, with a cap", retried(policy("decorrelated", { base: 10, cap: 10 }), 10), []],
    [
      "of items",
      one({ task: { shapes: [{ kind: "batch", span: at("load") }], policies: [policy("exponential", { base: 50 })] } }, 10),
      ["CANO3033 policy"],
    ],
    ["between polls that always say themselves when the next one is", one(poll([5], false, 50), 10), []],
    ["between polls that do not", one(poll([5], true, 11), 10), ["CANO3033 policy"]],
    ["between those, in time", one(poll([], true, 10), 10), []],
    ["that a poll asks for itself", one(poll([5, 11, undefined], false, 5), 10), ["CANO3033 pending 11"]],
    [
      "that a poll asks for, by its attempt timeout",
      one({ ...poll([11], false, 5), attemptTimeout: 10 }, 100),
      ["CANO3033 pending 11"],
    ],
    ["that a poll asks for in a branch", branch(poll([11], false, 5)), ["CANO3033 pending 11"]],
    ["of a branch, by its split's timeout", branch({ retry: { retries: 1, delay: 11 } }), ["CANO3033 retry A[0]"]],
    ["of undoing, by the time for that", compensated(11, limits(1_000, 10)), ["CANO3033 policy"]],
    ["of undoing, by half of the total", compensated(11, limits(20)), ["CANO3033 policy"]],
    ["of undoing, in time", compensated(11, limits(22)), []],
  ])("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });
});

function compensated(delay: number, more: MachineSpec["more"]): MachineSpec {
  const retry = policy("fixed", { retries: 1, delay });
  const compensateConfig = { span: at("compensateConfig"), unknownKeys: [], retry, attemptTimeout: undefined, guards: [] };
  const task = { shapes: [{ kind: "compensatable", span: at("run") }], compensateConfig } as const;
  return { states: ["A", "Done"], tasks: { A: { to: ["Done"], task } }, ...(more && { more }) };
}
