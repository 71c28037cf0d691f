/** What a config has in vain is told: what nothing is left for, what comes too late, and an attempt timeout of what returns no promise. */

import { expect, test } from "vitest";
import type { Span } from "../diagnostics/diagnostic.js";
import type { NumberReading } from "../read/number-reading.js";
import { problemsOf } from "./testing/problems-of.js";
import { at, type MachineSpec, number, type TaskSpec } from "./testing/reading-builder.js";

const states = ["A", "Done"];
const task = (spec: TaskSpec, total?: number): MachineSpec => ({
  states,
  tasks: { A: { to: ["Done"], ...spec } },
  more: { totalTimeout: total === undefined ? undefined : number(total, "totalTimeout") },
});

test.each<[what: string, spec: MachineSpec, problems: readonly string[]]>([
  ["a budget for no retries", task({ guards: { retryBudget: {} } }), ["CANO3018 retryBudget A"]],
  ["a budget for no retries by intent", task({ retry: "none", guards: { retryBudget: {} } }), ["CANO3018 retryBudget A"]],
  ["a budget for unknown retries", task({ retry: "unknown", guards: { retryBudget: {} } }), []],
  [
    "whatever else is told of a hedge",
    task({ attemptTimeout: 50, guards: { hedge: { max: 2, after: 50 } } }),
    ["CANO3018 hedge A"],
  ],
  ["a hedge that finds no place", task({ guards: { hedge: { after: 1 }, bulkhead: { limit: 1 } } }), ["CANO3018 hedge A"]],
  ["a hedge with a second place", task({ guards: { hedge: { after: 1 }, bulkhead: { limit: 2 } } }), []],
  ["a hedge after the attempt", task({ attemptTimeout: 50, guards: { hedge: { after: 50 } } }), ["CANO3018 hedge A"]],
  ["a hedge in time", task({ attemptTimeout: 51, guards: { hedge: { after: 50 } } }), []],
  ["a hedge after the run", task({ guards: { hedge: { after: 50 } } }, 50), ["CANO3018 hedge A"]],
  [
    "a hedge after its split",
    {
      states,
      tasks: { A: { branches: [{ guards: { hedge: { after: 50 } } }], next: "Done", split: { timeout: number(50, "timeout") } } },
    },
    ["CANO3018 hedge A[0]"],
  ],
  ["a hedge at an unknown time", task({ attemptTimeout: 1, guards: { hedge: { after: undefined } } }, 1), []],
  [
    "a hedge of what is over at once",
    task({ method: { mayBePromise: false }, guards: { hedge: { after: 1 } } }),
    ["CANO3018 hedge A"],
  ],
  [
    "anything on a stream",
    task({ task: { shapes: [{ kind: "stream", span: at("x") }] }, guards: { breaker: {}, hedge: { after: 1 } } }),
    ["CANO3018 breaker A", "CANO3018 hedge A"],
  ],
])("%s", (_, spec, problems) => {
  expect(problemsOf(spec)).toEqual(problems);
});

const place = (file: string, start = 1): Span => ({ file, start, end: start + 1 });

/** A task in a file, with an attempt timeout that is written down there unless said otherwise. */
const bounded = (to: string, mayBePromise: boolean, file: string, limit: Partial<NumberReading> = {}): TaskSpec => ({
  to: [to],
  method: { span: place(file, 5), mayBePromise },
  task: {
    config: {
      span: place(file, 3),
      unknownKeys: [],
      retry: undefined,
      attemptTimeout: { value: 50, span: place(file), ...limit },
      guards: [],
    },
  },
});

const useless = (...tasks: readonly [TaskSpec, TaskSpec]): readonly string[] =>
  problemsOf({ states: ["A", "B", "Done"], tasks: { A: tasks[0], B: tasks[1] } });

test.each<[what: string, a: TaskSpec, b: TaskSpec, found: readonly string[]]>([
  ["of its own", bounded("B", false, "a.ts"), bounded("Done", true, "b.ts"), ["CANO3018 a.ts"]],
  ["of each", bounded("B", false, "a.ts"), bounded("Done", false, "b.ts"), ["CANO3018 a.ts", "CANO3018 b.ts"]],
  ["of what returns promises", bounded("B", true, "a.ts"), bounded("Done", true, "b.ts"), []],
  ["that both share", bounded("B", false, "a.ts"), bounded("Done", false, "a.ts"), ["CANO3018 a.ts"]],
  ["that it shares with one that returns promises", bounded("B", false, "a.ts"), bounded("Done", true, "a.ts"), []],
  [
    "that stands elsewhere in the same file",
    bounded("B", false, "a.ts"),
    bounded("Done", true, "a.ts", { span: place("a.ts", 9) }),
    ["CANO3018 a.ts"],
  ],
  ["of another file", bounded("B", false, "a.ts", { span: place("base.ts") }), bounded("Done", true, "b.ts"), []],
  ["that cannot be read", bounded("B", false, "a.ts", { value: undefined }), bounded("Done", true, "b.ts"), []],
])("a timeout %s", (_, a, b, found) => {
  expect(useless(a, b)).toEqual(found);
});
