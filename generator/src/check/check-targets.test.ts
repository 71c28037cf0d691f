/** What is said of states that are written down otherwise, or in vain; where each code stands is in the table of `check-states.test.ts`. */

import { expect, test } from "vitest";
import { TARGET_CAUSES, widenedTo } from "../diagnostics/catalogue/target-causes.js";
import type { TaskReading } from "../read/reading.js";
import type { TargetReading } from "../read/target-reading.js";
import { outcomeOf, problemsOf } from "./testing/problems-of.js";
import { at, reading } from "./testing/reading-builder.js";

const states = ["A", "B", "Done"];

test.each(["b", "'b'", '"B"'])("says which state the plain key %s was meant for", (key) => {
  const [problem] = outcomeOf(reading({ states, tasks: { A: { to: ["B"] }, [key]: {} } })).diagnostics;
  expect(problem?.help).toBe("write the key as `[S.B]`");
});

test("says it in code that can be written, whatever the state is called", () => {
  const [problem] = outcomeOf(reading({ states: ["in progress", "Done"], tasks: { '"in progress"': {} } })).diagnostics;
  expect(problem?.help).toBe('write the key as `[S["in progress"]]`');
});

test("names all that one annotation declares in vain", () => {
  const target = (member: number): TargetReading => ({
    state: { kind: "member", member, span: at("annotation") },
    form: "bare",
    by: "method",
    carries: { kind: "nothing" },
  });
  const method = { annotated: true, targets: [0, 1, 2].map(target), returned: [target(1).state] };
  const spec = { states, tasks: { A: { method }, B: { to: ["Done"] } } };
  expect(outcomeOf(reading(spec)).diagnostics.map(({ message }) => message)).toEqual([
    "`TaskA` declares the targets `A` and `Done`, but no path returns them",
  ]);
});

test.each([
  [true, "name the states in the return type of `run` as members of `S`"],
  [false, "return a member of `S` as it is, or name the states in the return type of `run`"],
])("says what to write where a state cannot be told; where there is a return type: %j", (annotated, help) => {
  const spec = { states: ["A", "Done"], tasks: { A: { to: ["?"], method: { annotated } } } };
  expect(outcomeOf(reading(spec)).diagnostics.map((problem) => problem.help)).toEqual([help]);
});

test("says what keeps the compiler from widening: fewer states in the return type would not compile", () => {
  const widened = { kind: "unknown", why: widenedTo("S"), span: at("widened") } as const;
  const target: TargetReading = { state: widened, form: "bare", by: "method", carries: { kind: "nothing" } };
  const spec = { states: ["A", "Done"], tasks: { A: { method: { targets: [target] } } } };
  expect(outcomeOf(reading(spec)).diagnostics.map(({ help }) => help)).toEqual([
    "write `as const` behind each state where it comes from, or name the states in a type there",
  ]);
});

test.each<[string, Partial<TaskReading>, readonly string[]]>([
  ["nothing of it", {}, ["CANO2005 undoable"]],
  ["another method", { otherMembers: [{ name: "describe", span: at("describe") }] }, ["CANO2005 undoable"]],
  ["a slip", { otherMembers: [{ name: "compensat", span: at("slip") }] }, ["CANO1015 slip"]],
  ["a method that its kind does not have", { otherMembers: [{ name: "compensate", span: at("method") }] }, ["CANO1012 method"]],
  ["a static method", { staticMembers: [{ name: "compensate", span: at("static") }] }, ["CANO1015 static"]],
  ["another static one", { staticMembers: [{ name: "route", span: at("static") }] }, ["CANO2005 undoable"]],
  [
    "an interface",
    { implemented: [{ kind: "compensatable", name: "CompensatableTask", span: at("implements") }] },
    ["CANO1013 implements"],
  ],
  ["another interface", { implemented: [{ kind: "task", name: "Task", span: at("implements") }] }, ["CANO2005 undoable"]],
])("2005: what is `undoable()` is no mistake of its own where the class has %s to undo it with", (_, task, problems) => {
  const undoable = { kind: "unknown", why: TARGET_CAUSES.undoable, span: at("undoable") } as const;
  const target: TargetReading = { state: undoable, form: "bare", by: "method", carries: { kind: "nothing" } };
  const spec = { states: ["A", "Done"], tasks: { A: { method: { targets: [target] }, task } } };
  expect(problemsOf(spec).toSorted()).toEqual(problems);
});

test("2005: what cannot be told for another reason is told in such a class, too", () => {
  const task = { otherMembers: [{ name: "compensat", span: at("slip") }] };
  const spec = { states: ["A", "Done"], tasks: { A: { to: ["?", "Done"], task } } };
  expect(problemsOf(spec).toSorted()).toEqual(["CANO1015 slip", "CANO2005 return A ?"]);
});
