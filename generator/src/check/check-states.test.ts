/** The checks of states and transitions: codes 2xxx. */

import { describe, expect, it } from "vitest";
import type { Reading } from "../read/reading.js";
import { problemsOf } from "./testing/problems-of.js";
import { at, type MachineSpec, reading } from "./testing/reading-builder.js";

const states = ["A", "B", "Done"];
const sound: MachineSpec = { states, tasks: { A: { to: ["B"] }, B: { to: ["Done"] } } };
const sync = { mayBePromise: false };

const table: readonly [what: string, spec: MachineSpec, problems: readonly string[]][] = [
  ["a sound machine", sound, []],
  ["one state that is initial and goes to the exit", { states: ["A", "Done"], tasks: { A: { to: ["Done"] } } }, []],

  ["2001: a state without a task", { states, tasks: { A: { to: ["B"] } } }, ["CANO2001 S.B"]],
  ["2001: where no path leads to it either", { states, tasks: { A: { to: ["Done"] } } }, ["CANO2001 S.B"]],
  [
    "2001: what only it would lead to is not reported",
    { states: ["A", "B", "C", "Done"], tasks: { A: { to: ["B"] }, C: { to: ["Done"] } } },
    ["CANO2001 S.B"],
  ],
  ["2002: an exit with a task", { ...sound, tasks: { ...sound.tasks, Done: { to: ["A"] } } }, ["CANO2002 key Done"]],

  ["2003: a key of another enum", { ...sound, tasks: { ...sound.tasks, "Other.X": {} } }, ["CANO2003 key Other.X"]],
  ["2003: a key that cannot be told", { ...sound, tasks: { ...sound.tasks, "?": {} } }, ["CANO2003 key ?"]],
  [
    "2003: the state that was meant is not missing too",
    { states, tasks: { A: { to: ["B"] }, "Other.B": {} } },
    ["CANO2003 key Other.B"],
  ],
  ...["b", "'b'", '"B"'].map((key): (typeof table)[number] => [
    `2003: a plain key that was meant for a state: ${key}`,
    { states, tasks: { A: { to: ["B"] }, [key]: {} } },
    [`CANO2003 key ${key}`],
  ]),
  ["2003: another state is", { states, tasks: { A: { to: ["B"] }, "Other.C": {} } }, ["CANO2001 S.B", "CANO2003 key Other.C"]],

  [
    "2004: a target of another enum",
    { ...sound, tasks: { ...sound.tasks, B: { to: ["Done", "Other.X"] } } },
    ["CANO2004 return B Other.X"],
  ],
  [
    "2004: what it might have led to is not reported",
    { states, tasks: { A: { to: ["Other.B"] }, B: { to: ["Done"] } } },
    ["CANO2004 return A Other.B"],
  ],
  ["2005: a target that cannot be told", { states, tasks: { A: { to: ["?"] }, B: { to: ["Done"] } } }, ["CANO2005 return A ?"]],
  ["2005: with an input", { states, tasks: { A: { to: ["to(?)"] }, B: { to: ["Done"] } } }, ["CANO2005 return A to(?)"]],

  ["2006: a state that no path leads to", { states, tasks: { A: { to: ["Done"] }, B: { to: ["Done"] } } }, ["CANO2006 key B"]],
  ["2006: not when it is initial too", { states, initial: ["A", "B"], tasks: { A: { to: ["Done"] }, B: { to: ["Done"] } } }, []],
  [
    "2006: an unknown target of a state that is not entered proves nothing",
    { states, tasks: { A: { to: ["Done"] }, B: { to: ["?"] } } },
    ["CANO2005 return B ?", "CANO2006 key B"],
  ],
  ["2006: through a split", { states, tasks: { A: { branches: [{}], next: "B" }, B: { to: ["Done"] } } }, []],
  ["2006: not reported as trapped too", { states, tasks: { A: { to: ["Done"] }, B: { to: ["B"] } } }, ["CANO2006 key B"]],

  ["2007: a self-loop without a way out", { states, tasks: { A: { to: ["B", "Done"] }, B: { to: ["B"] } } }, ["CANO2007 key B"]],
  [
    "2007: a cycle, and what leads into it, is reported once",
    { states: ["A", "B", "C", "Done"], tasks: { A: { to: ["B"] }, B: { to: ["C"] }, C: { to: ["B"] } } },
    ["CANO2007 key B"],
  ],
  [
    "2007: two traps",
    { states: ["A", "B", "C", "Done"], tasks: { A: { to: ["B", "C", "Done"] }, B: { to: ["B"] }, C: { to: ["C"] } } },
    ["CANO2007 key B", "CANO2007 key C"],
  ],
  [
    "2007: a cycle that leads into a trap",
    { states: ["A", "B", "C", "Done"], tasks: { A: { to: ["B"] }, B: { to: ["A", "C"] }, C: { to: ["C"] } } },
    ["CANO2007 key C"],
  ],
  ["2007: a task that goes nowhere", { states, tasks: { A: { to: ["B", "Done"] }, B: {} } }, ["CANO2007 key B"]],
  [
    "2007: always throwing is a way out",
    { states, tasks: { A: { to: ["B", "Done"] }, B: { method: { neverReturns: true } } } },
    [],
  ],
  [
    "2007: an unknown target may be",
    { states, tasks: { A: { to: ["B", "Done"] }, B: { to: ["B", "?"] } } },
    ["CANO2005 return B ?"],
  ],

  [
    "2008: an exit that no path reaches",
    { ...sound, states: [...states, "Lost"], exits: ["Done", "Lost"] },
    ["CANO2008 exits Lost"],
  ],
  [
    "2008: not while a target is unknown",
    { states: [...states, "Lost"], exits: ["Done", "Lost"], tasks: { A: { to: ["B", "?"] }, B: { to: ["Done"] } } },
    ["CANO2005 return A ?"],
  ],

  [
    "2009: a declared target that no path returns",
    { states, tasks: { A: { to: ["B", "Done"], returned: ["B"] }, B: { to: ["Done"] } } },
    ["CANO2009 annotation A Done"],
  ],
  ["2009: all are returned", { states, tasks: { A: { to: ["B", "Done"], returned: ["B", "Done"] }, B: { to: ["Done"] } } }, []],
  [
    "2009: not where a returned state cannot be told",
    { states, tasks: { A: { to: ["B", "Done"], returned: ["B", "?"] }, B: { to: ["Done"] } } },
    [],
  ],
  [
    "2009: not where the body cannot be read",
    { states, tasks: { A: { to: ["B", "Done"], method: { annotated: true } }, B: { to: ["Done"] } } },
    [],
  ],

  [
    "2010: a synchronous self-loop",
    { states, tasks: { A: { to: ["B"] }, B: { to: ["B", "Done"], method: sync } } },
    ["CANO2010 key B"],
  ],
  [
    "2010: a synchronous cycle",
    { states, tasks: { A: { to: ["B"], method: sync }, B: { to: ["A", "Done"], method: sync } } },
    ["CANO2010 key A"],
  ],
  ["2010: not where a task may wait", { states, tasks: { A: { to: ["B"], method: sync }, B: { to: ["A", "Done"] } } }, []],
  [
    "2010: not where a task asks for a resource",
    {
      states,
      tasks: { A: { to: ["B"] }, B: { to: ["B", "Done"], method: { ...sync, takesResources: true, needsResources: true } } },
    },
    [],
  ],
  [
    "2010: not where a count may be handed on",
    { states, tasks: { A: { to: ["to(B)"] }, B: { to: ["to(B)", "Done"], takes: "number", method: sync } } },
    [],
  ],
  [
    "2010: not for an edge that is only declared",
    { states, tasks: { A: { to: ["B"] }, B: { to: ["B", "Done"], returned: ["Done"], method: sync } } },
    ["CANO2009 annotation B B"],
  ],

  ["2011: two members with one value", { ...sound, states: ["A", ["B", "a"], "Done"] }, ["CANO2011 S.B"]],
  ["2011: a number and its text are one key", { ...sound, states: [["A", 1], ["B", "1"], "Done"] }, ["CANO2011 S.B"]],
  [
    "2011: values that differ",
    {
      ...sound,
      states: [
        ["A", 1],
        ["B", 2],
        ["Done", 0],
      ],
    },
    [],
  ],

  ["2012: bit flags as a target", { ...sound, tasks: { A: { to: ["|"] }, B: { to: ["Done"] } } }, ["CANO2012 return A |"]],
  [
    "2012: not where another binding counts",
    { ...sound, more: { bindings: [...bindingsOf({ A: { to: ["|"] } }), ...bindingsOf(sound.tasks)] } },
    [],
  ],
  ["2012: as an exit", { ...sound, exits: ["Done", "|"] }, ["CANO2012 exits |"]],
  ["2012: as initial", { ...sound, initial: ["|"] }, ["CANO2012 initial |"]],
  ["2012: as a key", { ...sound, tasks: { ...sound.tasks, "|": {} } }, ["CANO2012 key |"]],
  ["2012: as `next`", { states, tasks: { A: { branches: [{}], next: "|" }, B: { to: ["Done"] } } }, ["CANO2012 next A |"]],

  ["2013: an exit as initial", { ...sound, initial: ["Done"] }, ["CANO2013 initial Done"]],
  ["2013: a state of another enum", { ...sound, initial: ["Other.A"] }, ["CANO2013 initial Other.A"]],
  ["2013: one that cannot be told", { ...sound, initial: ["?"] }, ["CANO2013 initial ?"]],
  ["2013: none", { ...sound, initial: [] }, ["CANO2013 initial"]],

  ["2014: no exit", { states: ["A", "B"], exits: [], tasks: { A: { to: ["B"] }, B: { to: ["A"] } } }, ["CANO2014 exits"]],
  [
    "2014: an exit of another enum, which is not missing as a state too",
    { ...sound, exits: ["Other.Done"] },
    ["CANO2014 exits Other.Done"],
  ],
  ["2014: one that cannot be told", { ...sound, exits: ["Done", "?"] }, ["CANO2014 exits ?"]],
  ["2014: one exit twice is listed", { ...sound, exits: ["Done", "Done"] }, []],

  [
    "2015: a transition written by hand",
    { states, tasks: { A: { method: { targets: [handWritten(1)] } }, B: { to: ["Done"] } } },
    ["CANO2015 by hand"],
  ],
  [
    "2016: a split that goes to another enum's state",
    { states, tasks: { A: { branches: [{}], next: "Other.X" }, B: { to: ["Done"] } } },
    ["CANO2016 next A Other.X"],
  ],
  [
    "2016: or to one that cannot be told",
    { states, tasks: { A: { branches: [{}], next: "?" }, B: { to: ["Done"] } } },
    ["CANO2016 next A ?"],
  ],
];

function bindingsOf(tasks: MachineSpec["tasks"]): Reading["bindings"] {
  return reading({ states, tasks }).bindings;
}

function handWritten(member: number) {
  return {
    state: { kind: "member", member, span: at("by hand") },
    carries: { kind: "input", span: at("by hand"), fit: { kind: "misfit", path: "", sent: "number", taken: "string" } },
    form: "hand-written",
    by: "method",
  } as const;
}

describe("states and transitions", () => {
  it.each(table)("%s", (_, spec, problems) => {
    expect(problemsOf(spec)).toEqual(problems);
  });
});
