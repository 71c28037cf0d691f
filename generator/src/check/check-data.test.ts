/** The checks of data between states, and of resources: codes 4xxx. */

import { describe, expect, it } from "vitest";
import { outcomeOf, problemsOf } from "./testing/problems-of.js";
import { at, type MachineSpec, reading } from "./testing/reading-builder.js";

const states = ["A", "B", "Done"];
const misfit = { path: ".lines[].due", sent: "Date", taken: "string" };
const conflict = {
  first: { task: "First", type: "string", span: at("first") },
  second: { task: "Second", type: "number", span: at("second") },
};

const table: readonly [what: string, spec: MachineSpec, problems: readonly string[]][] = [
  [
    "4001: what does not fit",
    { states, tasks: { A: { to: ["to(B)"], misfit }, B: { to: ["Done"], takes: "Cart" } } },
    ["CANO4001 argument return A to(B)"],
  ],
  ["4001: what fits", { states, tasks: { A: { to: ["to(B)"] }, B: { to: ["Done"], takes: "Cart" } } }, []],
  [
    "4001: a join",
    { states, tasks: { A: { branches: [{}], next: "to(B)", misfit }, B: { to: ["Done"], takes: "Cart" } } },
    ["CANO4001 argument next A to(B)"],
  ],
  ["4001: an exit takes everything", { states: ["A", "Done"], tasks: { A: { to: ["to(Done)"], misfit } } }, []],

  ["4002: a bare entry", { states, tasks: { A: { to: ["B"] }, B: { to: ["Done"], takes: "Cart" } } }, ["CANO4002 return A B"]],
  [
    "4002: of a split",
    { states, tasks: { A: { to: ["B"] }, B: { branches: [{}], next: "Done", takes: "Cart" } } },
    ["CANO4002 return A B"],
  ],
  ["4002: where the input may be left out", { states, tasks: { A: { to: ["B"] }, B: { to: ["Done"], takes: "Cart?" } } }, []],
  ["4002: a run may start with an input", { states: ["A", "Done"], tasks: { A: { to: ["Done"], takes: "Cart" } } }, []],
  [
    "4002: but may not come back without one",
    { states: ["A", "Done"], tasks: { A: { to: ["A", "Done"], takes: "Cart" } } },
    ["CANO4002 return A A"],
  ],

  [
    "4003: an input that is not taken",
    { states, tasks: { A: { to: ["to(B)"] }, B: { to: ["Done"] } } },
    ["CANO4003 argument return A to(B)"],
  ],
  ["4003: a split passes it on", { states, tasks: { A: { to: ["to(B)"] }, B: { branches: [{}], next: "Done" } } }, []],
  ["4003: not where the receiver is missing", { states, tasks: { A: { to: ["to(B)"] } } }, ["CANO2001 S.B"]],

  [
    "4004: a resource",
    { states: ["A", "Done"], tasks: { A: { to: ["Done"] } }, more: { resourceConflicts: [{ resource: "db", ...conflict }] } },
    ["CANO4004 second"],
  ],
  [
    "4005: branches",
    { states: ["A", "Done"], tasks: { A: { branches: [{}, {}], next: "Done", split: { inputConflicts: [conflict] } } } },
    ["CANO4005 second"],
  ],
];

describe("data", () => {
  it.each(table)("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });

  it("names the path and the types, and where they are taken", () => {
    const [problem] = outcomeOf(
      reading({ states, tasks: { A: { to: ["to(B)"], misfit }, B: { to: ["Done"], takes: "Cart" } } }),
    ).diagnostics;
    expect(problem?.message).toBe("what is handed to `B` is `Date` at `.lines[].due`, but its task takes `string`");
    expect(problem?.notes).toEqual([{ message: "`Cart` is taken here", span: at("input B") }]);
  });

  it.each([
    [{ missing: true }, "what is handed to `B` has nothing at `.lines[].due`, but its task takes `string`", /hand over/],
    [{ cure: "as const" }, "what is handed to `B` is `Date` at `.lines[].due`, but its task takes `string`", /`as const`/],
    [{ cure: "instance" }, "what is handed to `B` is `Date` at `.lines[].due`, but its task takes `string`", /generic/],
  ] as const)("%j has a text of its own", (more, message, help) => {
    const tasks = { A: { to: ["to(B)"], misfit: { ...misfit, ...more } }, B: { to: ["Done"], takes: "Cart" } };
    const [problem] = outcomeOf(reading({ states, tasks })).diagnostics;
    expect(problem?.message).toBe(message);
    expect(problem?.help).toMatch(help);
  });
});
