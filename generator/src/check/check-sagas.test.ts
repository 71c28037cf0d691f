/** What leaves an effect behind that nothing undoes: code 3020. */

import { expect, test } from "vitest";
import type { TaskKind } from "../kinds/kinds.js";
import { outcomeOf, problemsOf } from "./testing/problems-of.js";
import { at, type MachineSpec, reading } from "./testing/reading-builder.js";

const states = ["A", "B", "Done"];
const B = { to: ["Done"] };
const of = (kind: TaskKind, leavesNothing = false, to = ["B"]): MachineSpec => ({
  states,
  tasks: { A: { to, task: { shapes: [{ kind, span: at(kind) }], leavesNothing } }, B },
  more: { sagas: "complete" },
});
const splitOf = (...kinds: readonly TaskKind[]): MachineSpec => ({
  states,
  tasks: { A: { branches: "dynamic", next: "B", split: { kinds } }, B },
  more: { sagas: "complete" },
});

test.each<[name: string, spec: MachineSpec, problems: readonly string[]]>([
  ["a plain task before another state", of("task"), ["CANO3020 value A"]],
  ["a batch", of("batch"), ["CANO3020 value A"]],
  ["a task that is done last", of("task", false, ["B", "Done"]), ["CANO3020 value A"]],
  ["a router", of("router"), []],
  ["a poll", of("poll"), []],
  ["a timer", of("timer"), []],
  ["what is undone", of("compensatable"), []],
  ["what is never undone", of("compensatable", true), ["CANO3020 value A"]],
  ["what is never undone, in any workflow", { ...of("compensatable", true), more: {} }, ["CANO3020 value A"]],
  ["a plain task where not all is to be undone", { ...of("task"), more: {} }, []],
  ["a split of tasks", splitOf("task"), ["CANO3020 value A"]],
  ["a split that only waits", splitOf("timer"), []],
  ["a split that only waits and asks", splitOf("poll", "timer"), []],
  ["a split that waits, and does something", splitOf("task", "timer"), ["CANO3020 value A"]],
  ["a split of what is not known", splitOf(), ["CANO3020 value A"]],
])("%s", (_, spec, problems) => {
  expect(problemsOf(spec)).toEqual(problems);
});

test("a split is called by its state, since it has no class", () => {
  expect(outcomeOf(reading(splitOf("task"))).diagnostics.map(({ message }) => message)).toEqual([
    "what the task of `A` does is not undone when `B` fails",
  ]);
});

test("so is an object literal that leaves nothing to be undone", () => {
  const task = { className: undefined, shapes: [{ kind: "compensatable", span: at("run") }], leavesNothing: true } as const;
  expect(outcomeOf(reading({ states, tasks: { A: { to: ["B"], task }, B } })).diagnostics.map(({ message }) => message)).toEqual([
    "`compensate` of the task of `A` is never called: no path of `run` returns `undoable(…)`",
  ]);
});
