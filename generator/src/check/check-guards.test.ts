/** The checks of what a config has besides a retry policy and an attempt timeout: their ranges, and whether they can have an effect. */

import { describe, expect, it } from "vitest";
import type { GuardKey, TaskKind } from "../kinds/kinds.js";
import type { TargetReading } from "../read/target-reading.js";
import { outcomeOf, problemsOf } from "./testing/problems-of.js";
import { at, type MachineSpec, number, reading, type TaskSpec } from "./testing/reading-builder.js";

const states = ["A", "Done"];
const task = (spec: TaskSpec, total?: number): MachineSpec => ({
  states,
  tasks: { A: { to: ["Done"], ...spec } },
  more: { totalTimeout: total === undefined ? undefined : number(total, "totalTimeout") },
});
const breaker = (numbers: Readonly<Record<string, number | undefined>>, spec: TaskSpec = {}): MachineSpec =>
  task({ ...spec, guards: { breaker: numbers } });
const three = { retries: 3, delay: 100 };

const table: readonly [what: string, spec: MachineSpec, problems: readonly string[]][] = [
  ["3014: a threshold of 0", breaker({ failureThreshold: 0 }), ["CANO3014 breaker.failureThreshold A"]],
  ["3014: half a trial", breaker({ halfOpenCalls: 0.5 }), ["CANO3014 breaker.halfOpenCalls A"]],
  ["3006: a reset time that is no time", breaker({ resetTimeout: Number.NaN }), ["CANO3006 breaker.resetTimeout A"]],
  ["3002: a share above 1", breaker({ "failureRate.share": 1.01 }), ["CANO3002 breaker.failureRate.share A"]],
  ["in range, and unknown", breaker({ failureThreshold: 1, halfOpenCalls: undefined, "failureRate.share": 1 }), []],
  [
    "3014, 3006: a bucket",
    task({ guards: { rateLimit: { tokens: 0, period: 0, burst: -1, capacity: 1, maxQueue: 0, maxWait: 0 } } }),
    ["CANO3014 rateLimit.tokens A", "CANO3006 rateLimit.period A", "CANO3014 rateLimit.burst A", "CANO3006 rateLimit.maxWait A"],
  ],
  ["3014: a bulkhead for nobody", task({ guards: { bulkhead: { limit: 0 } } }), ["CANO3014 bulkhead.limit A"]],
  [
    "3002, 3014: a budget",
    task({ retry: three, guards: { retryBudget: { share: 0, minimum: -1 } } }),
    ["CANO3002 retryBudget.share A", "CANO3014 retryBudget.minimum A"],
  ],
  ["3006, 3014: a hedge", task({ guards: { hedge: { after: -5, max: 0 } } }), ["CANO3006 hedge.after A", "CANO3014 hedge.max A"]],

  ["3015: a breaker that opens first", breaker({ failureThreshold: 3 }, { retry: three }), ["CANO3015 retry A"]],
  ["3015: with its last failure", breaker({ failureThreshold: 4 }, { retry: three }), []],
  ["3015: its default is 5", breaker({}, { retry: { retries: 5, delay: 1 } }), ["CANO3015 retry A"]],
  ["3015: the policy's default is 3", breaker({ failureThreshold: 3 }, { retry: { base: 1 } }), ["CANO3015 retry A"]],
  ["3015: a rate alone has no threshold", breaker({ "failureRate.share": 0.5 }, { retry: { retries: 9, delay: 1 } }), []],
  ["3015: longer delays than it stays open", breaker({ failureThreshold: 1, resetTimeout: 100 }, { retry: three }), []],
  ["3015: nearly", breaker({ failureThreshold: 1, resetTimeout: 101 }, { retry: three }), ["CANO3015 retry A"]],
  [
    "3015: the delay that counts is the one after the breaker opened",
    breaker({ failureThreshold: 2, resetTimeout: 400 }, { retry: { retries: 3, base: 200, jitter: 0 } }),
    [],
  ],
  [
    "3015: with its jitter",
    breaker({ failureThreshold: 2, resetTimeout: 441 }, { retry: { retries: 3, base: 200 } }),
    ["CANO3015 retry A"],
  ],
  ["3015: unknown thresholds", breaker({ failureThreshold: undefined }, { retry: three }), []],
  ["3015: unknown delays", breaker({ failureThreshold: 1 }, { retry: { retries: 3, delay: undefined } }), []],
  ["3015: an unknown breaker", task({ retry: three, guards: { breaker: "unknown" } }), []],
  ["3015: a policy of one's own", breaker({ failureThreshold: 1 }, { retry: "custom" }), []],

  ["3017: a task that is compensated", hedged({ shapes: [{ kind: "compensatable", span: at("x") }] }), ["CANO3017 hedge A"]],
  ["3017: a batch", hedged({ shapes: [{ kind: "batch", span: at("x") }] }), ["CANO3017 hedge A"]],
  ["3017: another guard of it", breaker({}, { task: { shapes: [{ kind: "compensatable", span: at("x") }] } }), []],
  ["3017: a config that cannot be read", unread("hedge", "batch"), []],
  ["3017: of what has no kind", hedged({ shapes: [], method: undefined }), ["CANO1011 value A"]],
  ["3017: a router", hedged({ shapes: [{ kind: "router", span: at("x") }] }), []],

  ["3018: a config that cannot be read", unread("retryBudget", "task"), []],
];

function hedged(more: TaskSpec["task"]): MachineSpec {
  return task({ guards: { hedge: { after: 10 } }, task: more });
}

// What may be in such a config stands where the config does.
function unread(key: GuardKey, kind: TaskKind): MachineSpec {
  const span = at("config A");
  const guards = [{ key, span, made: undefined, told: false, unknownKeys: [], numbers: [] }];
  const config = { span, unknownKeys: [], retry: undefined, attemptTimeout: undefined, guards };
  return task({ task: { config, shapes: [{ kind, span: at("x") }] } });
}

describe("guards", () => {
  it.each(table)("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });

  it.each<[guard: GuardKey, path: string, least: number]>([
    ["breaker", "failureThreshold", 1],
    ["breaker", "halfOpenCalls", 1],
    ["breaker", "failureRate.minimumCalls", 1],
    ["rateLimit", "limit", 1],
    ["rateLimit", "tokens", 1],
    ["rateLimit", "capacity", 1],
    ["rateLimit", "burst", 0],
    ["bulkhead", "maxQueue", 0],
    ["retryBudget", "minimum", 0],
    ["hedge", "max", 1],
  ])("3014: the %s's %s is a whole number of at least %i", (guard, path, least) => {
    const told = (value: number): readonly string[] => {
      const { diagnostics } = outcomeOf(reading(task({ retry: three, guards: { [guard]: { [path]: value } } })));
      return diagnostics.filter(({ code }) => code === "CANO3014").map(({ message }) => message);
    };
    expect(told(least)).toEqual([]);
    for (const value of [least - 1, least + 0.5, Number.POSITIVE_INFINITY])
      expect(told(value)).toEqual([expect.stringContaining(`\`${path}\` is ${value}`)]);
  });

  it("tells of a number that several tasks share once", () => {
    const shared = { guards: { breaker: { failureThreshold: 0 } } };
    const spec = { states: ["A", "B", "Done"], tasks: { A: { ...shared, to: ["B"] }, B: { ...shared, to: ["Done"] } } };
    expect(problemsOf(spec)).toEqual(["CANO3014 breaker.failureThreshold A", "CANO3014 breaker.failureThreshold B"]);
    const one = reading(spec);
    const [, second] = one.bindings;
    const [first] = one.bindings;
    if (first?.kind !== "task" || second?.kind !== "task") throw new Error("no tasks");
    const same = { ...one, bindings: [first, { ...second, task: { ...second.task, config: first.task.config } }] };
    expect(outcomeOf(same).diagnostics.map(({ code }) => code)).toEqual(["CANO3014"]);
  });

  it("says how many attempts are never made", () => {
    const messageOf = (retries: number, failureThreshold: number): string | undefined =>
      outcomeOf(reading(breaker({ failureThreshold }, { retry: { retries, delay: 1 } }))).diagnostics[0]?.message;
    expect(messageOf(3, 2)).toBe(
      "the attempts of `TaskA` open its circuit breaker after 2 failures: of 3 retries, the last 2 are never made",
    );
    expect(messageOf(1, 1)).toBe(
      "the attempts of `TaskA` open its circuit breaker after 1 failure: of 1 retry, the last one is never made",
    );
  });
});

describe("3034: fallbacks in a circle", () => {
  const falling = (to: string, span = at(`fallback ${to}`)): TaskSpec => {
    const target: TargetReading = {
      state: { kind: "member", member: ["A", "B", "Done"].indexOf(to), span },
      form: "bare",
      by: "fallback",
      carries: { kind: "nothing" },
    };
    const done: TargetReading = { ...target, state: { kind: "member", member: 2, span: at("Done") }, by: "method" };
    const guard = {
      key: "fallback",
      span: at(`fallback ${to}`),
      made: undefined,
      told: true,
      numbers: [],
      unknownKeys: [],
    } as const;
    const config = { span: at("config"), unknownKeys: [], retry: undefined, attemptTimeout: undefined, guards: [guard] };
    return { method: { targets: [done, target] }, task: { config } };
  };
  const machine = (a: TaskSpec, b: TaskSpec): MachineSpec => ({
    states: ["A", "B", "Done"],
    initial: ["A", "B"],
    tasks: { A: a, B: b },
  });

  it.each<[string, MachineSpec, readonly string[]]>([
    ["to itself", machine(falling("A"), falling("Done")), ["CANO3034 fallback A"]],
    ["of two", machine(falling("B"), falling("A")), ["CANO3034 fallback B"]],
    ["onwards", machine(falling("B"), falling("Done")), []],
    ["of one that chooses", machine(falling("A", at("inside of a function")), falling("Done")), []],
  ])("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });
});

describe("3016: states that are entered as a fallback only", () => {
  const fallback = (member: number): TargetReading => ({
    state: { kind: "member", member, span: at(`fallback ${member}`) },
    form: "bare",
    by: "fallback",
    carries: { kind: "nothing" },
  });
  const goesTo = (member: number): TargetReading => ({ ...fallback(member), by: "method" });
  const machine = (more: Partial<MachineSpec>, first: readonly string[] = ["Done"]): MachineSpec => {
    const spec = { states: ["A", "B", "Done"], tasks: { A: { to: first }, B: { to: ["Done"] } } };
    const made = reading(spec).bindings[0];
    const own = made?.kind === "task" ? (made.task.method?.targets ?? []) : [];
    return { ...spec, tasks: { ...spec.tasks, A: { method: { targets: [...own, fallback(1)] } } }, ...more };
  };

  it.each<[string, MachineSpec, readonly string[]]>([
    ["by a fallback alone", machine({}), ["CANO3016 fallback 1"]],
    ["by a task too", machine({}, ["B", "Done"]), []],
    ["by a task too, perhaps", machine({}, ["?", "Done"]), ["CANO2005 return A ?"]],
    [
      "of several tasks, the first of which no run comes to",
      {
        states: ["Lost", "A", "C", "B", "Done"],
        initial: ["A"],
        tasks: {
          Lost: { to: ["B"] },
          A: { method: { targets: [goesTo(2), fallback(3)] } },
          C: { method: { targets: [goesTo(4), fallback(3)] } },
          B: { to: ["Done"] },
        },
      },
      ["CANO2006 key Lost", "CANO3016 fallback 3"],
    ],
    [
      "of a task behind the first",
      {
        states: ["A", "C", "B", "Done"],
        tasks: { A: { to: ["C"] }, C: { method: { targets: [goesTo(3), fallback(2)] } }, B: { to: ["Done"] } },
      },
      ["CANO3016 fallback 2"],
    ],
    ["at the start too", machine({ initial: ["A", "B"] }), []],
    [
      "an exit",
      machine({
        states: ["A", "B", "Done"],
        exits: ["B", "Done"],
        tasks: { A: { method: { targets: [fallback(1), { ...fallback(2), by: "method" }] } } },
      }),
      [],
    ],
  ])("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });
});
