/** The checks of policies: codes 3xxx. */

import { describe, expect, it } from "vitest";
import type { TaskReading } from "../read/reading.js";
import { outcomeOf, problemsOf } from "./testing/problems-of.js";
import { at, type MachineSpec, number, reading, type SplitSpec, type TaskSpec } from "./testing/reading-builder.js";

const states = ["A", "Done"];
const joined = (join: SplitSpec["join"], count: number | "dynamic" = 2, split: SplitSpec["split"] = {}): MachineSpec => ({
  states,
  tasks: {
    A: {
      branches: count === "dynamic" ? count : Array.from({ length: count }, () => ({})),
      next: "Done",
      join: join ?? ["all"],
      split,
    },
  },
});
const task = (spec: TaskSpec, total?: number): MachineSpec => ({
  states,
  tasks: { A: { to: ["Done"], ...spec } },
  more: totalOf(total),
});
const totalOf = (total: number | undefined) => ({
  totalTimeout: total === undefined ? undefined : number(total, "totalTimeout"),
});
const compensated = (config: Partial<NonNullable<TaskReading["compensateConfig"]>>): MachineSpec => {
  const none = { span: at("compensateConfig"), unknownKeys: [], retry: undefined, attemptTimeout: undefined, guards: [] };
  return task({ task: { shapes: [{ kind: "compensatable", span: at("run A") }], compensateConfig: { ...none, ...config } } });
};
const undone = (attempt: number, limits: { readonly [K in "totalTimeout" | "compensationTimeout"]?: number | undefined }) => ({
  ...compensated({ attemptTimeout: number(attempt, "attemptTimeout") }),
  more: Object.fromEntries(Object.entries(limits).map(([option, value]) => [option, number(value, option)])),
});
const timeout = (value: number | undefined) => ({ timeout: number(value, "timeout") });

const branch = (attemptTimeout: number, limit: number | undefined, total?: number): MachineSpec => ({
  states,
  tasks: { A: { branches: [{ attemptTimeout }], next: "Done", split: timeout(limit) } },
  more: totalOf(total),
});

const items = (limit: number, spec: TaskSpec, total?: number): MachineSpec =>
  task({ ...spec, task: { options: [{ path: "itemTimeout", number: number(limit, "itemTimeout") }] } }, total);

const table: readonly [what: string, spec: MachineSpec, problems: readonly string[]][] = [
  ["3001: a quorum above the branches", joined(["quorum", 3]), ["CANO3001 join A argument"]],
  ["3001: a minimum above them", joined(["partialResults", 3]), ["CANO3001 join A argument"]],
  ["3001: not whole", joined(["quorum", 1.5]), ["CANO3001 join A argument"]],
  [
    "3001: negative, also where the branches are computed",
    joined(["partialResults", -1], "dynamic"),
    ["CANO3001 join A argument"],
  ],
  ["3001: all of them", joined(["quorum", 2]), []],
  ["3001: none of them", joined(["quorum", 0], 0), []],
  ["3001: unknown", joined(["quorum", undefined]), []],
  ["3001: computed branches", joined(["quorum", 3], "dynamic"), []],

  ["3002: above 1", joined(["percentage", 1.01]), ["CANO3002 join A argument"]],
  ["3002: zero", joined(["percentage", 0]), ["CANO3002 join A argument"]],
  ["3002: not a number", joined(["percentage", Number.NaN]), ["CANO3002 join A argument"]],
  ["3002: all of them", joined(["percentage", 1]), []],
  ["3002: unknown", joined(["percentage", undefined]), []],

  ["3003: without a timeout", joined(["partialTimeout"]), ["CANO3003 join A"]],
  ["3003: with an unknown one", joined(["partialTimeout"], 2, timeout(undefined)), []],

  ["3004: a bulkhead of 0", joined(["all"], 2, { bulkhead: number(0, "bulkhead") }), ["CANO3004 bulkhead"]],
  ["3004: not whole", joined(["all"], 2, { bulkhead: number(1.5, "bulkhead") }), ["CANO3004 bulkhead"]],
  ["3004: one", joined(["all"], 2, { bulkhead: number(1, "bulkhead") }), []],

  ["3005: empty under any", joined(["any"], 0), ["CANO3005 branches A"]],
  ["3005: under partialTimeout", joined(["partialTimeout"], 0, timeout(5)), ["CANO3005 branches A"]],
  ["3005: under a quorum, instead of 3001", joined(["quorum", 1], 0), ["CANO3005 branches A"]],
  ["3005: under all", joined(["all"], 0), []],
  ["3005: computed branches", joined(["any"], "dynamic"), []],

  ["3006: a total timeout of 0", task({}, 0), ["CANO3006 totalTimeout"]],
  ["3006: a negative attempt timeout", task({ attemptTimeout: -1 }), ["CANO3006 attemptTimeout A"]],
  ["3006: an infinite split timeout", joined(["all"], 2, timeout(Number.POSITIVE_INFINITY)), ["CANO3006 timeout"]],
  [
    "3006: a compensation timeout of 0",
    { ...compensated({}), more: { compensationTimeout: number(0, "compensationTimeout") } },
    ["CANO3006 compensationTimeout"],
  ],
  [
    "3006: an attempt timeout of a compensation",
    compensated({ attemptTimeout: number(0, "attemptTimeout") }),
    ["CANO3006 attemptTimeout"],
  ],
  ["3006: not compared with the total", task({ attemptTimeout: Number.POSITIVE_INFINITY }, 5), ["CANO3006 attemptTimeout A"]],
  ["3006: an unknown one", task({ attemptTimeout: undefined }, 5), []],

  ["3007: a negative delay", task({ retry: { retries: 1, delay: -1 } }), ["CANO3007 delay A"]],
  [
    "3007: base and cap",
    task({ retry: { base: Number.NaN, cap: Number.POSITIVE_INFINITY } }),
    ["CANO3007 base A", "CANO3007 cap A"],
  ],
  [
    "3007: of a compensation",
    compensated({
      retry: { policy: "fixed", options: [{ name: "delay", number: number(-1, "delay") }], asks: false, span: at("retry") },
    }),
    ["CANO3007 delay"],
  ],
  ["3007: zero", task({ retry: { retries: 0, delay: 0 } }), []],

  ["3008: a base above its cap", task({ retry: { base: 500, cap: 100 } }), ["CANO3008 base A"]],
  ["3008: not of a base that is no delay", task({ retry: { base: Number.POSITIVE_INFINITY, cap: 5 } }), ["CANO3007 base A"]],
  ["3008: nor of such a cap", task({ retry: { base: 5, cap: -1 } }), ["CANO3007 cap A"]],
  ["3008: equal", task({ retry: { base: 100, cap: 100 } }), []],
  ["3008: an unknown cap", task({ retry: { base: 500, cap: undefined } }), []],

  ["3009: an attempt above the total", task({ attemptTimeout: 10 }, 5), ["CANO3009 attemptTimeout A"]],
  ["3009: equal", task({ attemptTimeout: 5 }, 5), []],
  [
    "3009: of a branch",
    { states, tasks: { A: { branches: [{ attemptTimeout: 10 }], next: "Done" } }, more: totalOf(5) },
    ["CANO3009 attemptTimeout A[0]"],
  ],

  ["3009: of a branch, above its split's", branch(10, 5), ["CANO3009 attemptTimeout A[0]"]],
  ["3009: equal to its split's", branch(5, 5), []],
  ["3009: above both is told once", branch(10, 5, 7), ["CANO3009 attemptTimeout A[0]"]],
  ["3009: above the total, and below its split's", branch(10, 20, 7), ["CANO3009 attemptTimeout A[0]", "CANO3010 timeout"]],
  ["3009: a split's that is not known", branch(10, undefined), []],
  ["3009: of a compensation, above its own limit", undone(10, { compensationTimeout: 5 }), ["CANO3009 attemptTimeout"]],
  ["3009: equal to it", undone(5, { compensationTimeout: 5, totalTimeout: 1 }), []],
  ["3009: above half of the total", undone(10, { totalTimeout: 19 }), ["CANO3009 attemptTimeout"]],
  ["3009: half of the total", undone(10, { totalTimeout: 20 }), []],
  ["3009: above the most that undoing has by itself", undone(30_001, { totalTimeout: 100_000 }), ["CANO3009 attemptTimeout"]],
  ["3009: a limit that is not known", undone(10, { compensationTimeout: undefined, totalTimeout: 5 }), []],

  ["3009: of an item, above its batch's attempt", items(10, { attemptTimeout: 5 }), ["CANO3009 itemTimeout"]],
  ["3009: of an item, above the total", items(10, {}, 5), ["CANO3009 itemTimeout"]],
  ["3009: of an item, equal", items(10, { attemptTimeout: 10 }, 10), []],

  ["3010: a split above the total", { ...joined(["all"], 2, timeout(10)), more: totalOf(5) }, ["CANO3010 timeout"]],
  ["3010: equal", { ...joined(["all"], 2, timeout(5)), more: totalOf(5) }, []],

  ["3011: half a retry", task({ retry: { retries: 1.5, delay: 0 } }), ["CANO3011 retries A"]],
  ["3011: infinite", task({ retry: { retries: Number.POSITIVE_INFINITY } }), ["CANO3011 retries A"]],
  ["3011: none, a custom and an unknown policy", task({ retry: "custom" }), []],

  [
    "3012: a multiplier of 0 and a jitter above 1",
    task({ retry: { multiplier: 0, jitter: 2 } }),
    ["CANO3012 multiplier A", "CANO3012 jitter A"],
  ],
  [
    "3012: an infinite multiplier and a negative jitter",
    task({ retry: { multiplier: Number.POSITIVE_INFINITY, jitter: -0.5 } }),
    ["CANO3012 multiplier A", "CANO3012 jitter A"],
  ],
  ["3012: in range", task({ retry: { multiplier: 0.5, jitter: 0 } }), []],
];

describe("policies", () => {
  it.each(table)("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });

  it.each([
    [-2, 1, 7, 1],
    [Number.POSITIVE_INFINITY, 1, Number.POSITIVE_INFINITY, 0],
    [Number.NaN, 1, Number.NaN, 0],
    [0, 1, -0.5, 0],
  ])("names the value that is used instead of %d, and of %d", (multiplier, instead, jitter, spread) => {
    const { diagnostics, machines } = outcomeOf(reading(task({ retry: { multiplier, jitter } })));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      `\`multiplier\` is ${multiplier}, for which ${instead} is used`,
      `\`jitter\` is ${jitter}, for which ${spread} is used`,
    ]);
    expect(machines).toHaveLength(1);
  });

  it("guesses what a share above 1 means", () => {
    expect(outcomeOf(reading(joined(["percentage", 75]))).diagnostics[0]?.help).toBe("75 percent is written `0.75`");
  });
});
