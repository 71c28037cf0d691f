/** Where migrations may lead, and what is undone by which state; how each code looks is shown by its fixture. */

import { expect, test } from "vitest";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { lockOf, workflowOf } from "../lock/testing/lock-of.js";
import { buildDraft } from "../model/build-draft.js";
import type { MigratedState, MigratedUndo } from "../read/migration-reading.js";
import type { Reading } from "../read/reading.js";
import type { TargetReading } from "../read/target-reading.js";
import { parseShape } from "../shapes/testing/parse-shape.js";
import { checkMachines } from "./check-machines.js";
import { at, durabilityOf, number, reading } from "./testing/reading-builder.js";

const states = ["Bare", "Cart", "Room", "Key", "Calls", "Done"];
const misfit = { path: "", sent: "number", taken: "Cart" };
// `Room` was told a text, and has left one. Both are taken by its compensation; nothing is by that of `Key`.
const recorded = workflowOf("machine", {
  codecs: { date: "dates" },
  states: {
    bare: { input: "string" },
    room: { kind: "compensatable", input: "string", undo: "string" },
    done: { output: "undefined" },
  },
});
const lock = lockOf(recorded);
const undoable = { shapes: [{ kind: "compensatable", span: at("run") }] } as const;
const shape = (text: string) => ({ shape: parseShape(text), span: at(`shape ${text}`) });

interface Migration {
  readonly states?: readonly MigratedState[];
  readonly undo?: readonly MigratedUndo[];
}

/** Version 2 of that workflow. */
function machine(migration: Migration | undefined, told = "string", codecs = recorded.current.codecs): Reading {
  const nothing = { cursor: undefined, undo: undefined, undoneInput: undefined, input: undefined };
  const left = { cursor: undefined, undo: undefined };
  return reading({
    states,
    tasks: {
      Bare: { to: ["to(Cart)"] },
      Cart: { to: ["to(Room)"], takes: "Cart" },
      Room: { to: ["Key"], takes: "Cart?", task: undoable },
      Key: { to: ["Calls"], task: undoable },
      Calls: { branches: [{}], next: "to(Done)" },
    },
    more: {
      durability: durabilityOf({ codecs, version: number(2, "version") }),
      shapes: [
        { ...nothing, left, state: 2, undo: shape("string"), undoneInput: shape(told) },
        { ...nothing, left, state: 3 },
      ],
      migrations: migration ? [{ version: 1, span: at("key 1"), states: same("bare", "room"), undo: [], ...migration }] : [],
    },
  });
}

function same(...names: readonly string[]): readonly MigratedState[] {
  return names.map((state) => ({ state, span: at(`key ${state}`), how: { kind: "same" } }));
}

/** Runs in `bare` go on where `to` says. */
function goingOn(...targets: readonly TargetReading[]): Migration {
  const how = { kind: "function", parameter: undefined, targets } as const;
  return { states: [{ state: "bare", span: at("key bare"), how }, ...same("room")] };
}

function undoneBy(...targets: readonly TargetReading[]): Migration {
  return { undo: [{ state: "room", span: at("undo room"), parameter: shape("string"), targets }] };
}

function target(to: string, fit?: typeof misfit): TargetReading {
  const [bound] = reading({ states, tasks: { Bare: { to: [to], ...(fit && { misfit: fit }) } } }).bindings;
  const made = bound?.kind === "task" ? bound.task.method?.targets[0] : undefined;
  if (made === undefined) throw new Error("no target");
  return made;
}

function check(read: Reading): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  checkMachines([buildDraft(read)], (diagnostic) => found.push(diagnostic), {
    recorded: { path: "/cano.lock.json", text: undefined, lock, whole: true },
    findElsewhere: () => undefined,
  });
  return found;
}

const problemsOf = (read: Reading): readonly string[] => check(read).map(({ code, span }) => `${code} ${span?.file}`);

test.each<[name: string, target: TargetReading, problems: readonly string[]]>([
  ["a state that takes nothing", target("Bare"), []],
  ["one that is handed what it takes", target("to(Cart)"), []],
  ["one that is handed something else", target("to(Cart)", misfit), ["CANO5008 argument return Bare to(Cart)"]],
  ["one that is handed nothing of what it takes", target("Cart"), ["CANO5008 return Bare Cart"]],
  ["one whose input may be left out", target("Room"), []],
  ["an exit", target("Done"), ["CANO5008 return Bare Done"]],
  ["an exit with an output", target("to(Done)"), ["CANO5008 return Bare to(Done)"]],
  ["a member of another enum", target("Other.A"), ["CANO5008 return Bare Other.A"]],
  ["what cannot be told", target("?"), ["CANO5008 return Bare ?"]],
  ["bit flags", target("|"), ["CANO5008 return Bare |"]],
])("a migration that leads to %s", (_, to, problems) => {
  expect(problemsOf(machine(goingOn(to)))).toEqual(problems);
});

test("bit flags are no state that a migration could lead to", () => {
  expect(check(machine(goingOn(target("|")))).map(({ message }) => message)).toEqual([
    "where runs of version 1 in `bare` go on cannot be told, because it combines several states",
  ]);
});

test("a single state that a migration leaves out is asked for", () => {
  expect(problemsOf(machine({ states: same("room") }))).toEqual(["CANO5005 key 1"]);
});

test("of an exit that is migrated nothing else is said", () => {
  expect(problemsOf(machine({ states: same("bare", "room", "done") }))).toEqual(["CANO5005 key done"]);
  const how = { kind: "function", parameter: undefined, targets: [target("Done")] } as const;
  expect(problemsOf(machine({ states: [...same("bare", "room"), { state: "done", span: at("key done"), how }] }))).toEqual([
    "CANO5005 key done",
  ]);
});

test.each<[name: string, target: TargetReading, problems: readonly string[]]>([
  ["a compensation that takes it", target("to(Room)"), []],
  ["one that is handed something else", target("to(Room)", misfit), ["CANO5009 argument return Bare to(Room)"]],
  ["one that is handed nothing of what it takes", target("Room"), ["CANO5009 return Bare Room"]],
  ["one that takes nothing", target("Key"), []],
  ["a task without one", target("to(Cart)"), ["CANO5009 return Bare to(Cart)"]],
  ["a split", target("Calls"), ["CANO5009 return Bare Calls"]],
  ["an exit", target("Done"), ["CANO5009 return Bare Done"]],
  ["what cannot be told", target("?"), ["CANO5009 return Bare ?"]],
  ["bit flags", target("|"), ["CANO5009 return Bare |"]],
])("what is undone by %s", (_, to, problems) => {
  expect(problemsOf(machine(undoneBy(to)))).toEqual(problems);
});

test("what a compensation would have to be handed is named", () => {
  expect(check(machine(undoneBy(target("Room")))).map(({ message }) => message)).toEqual([
    "what `room` did under version 1 would be undone by `Room` without what that takes: `string`",
  ]);
});

test("a compensation that is told an input which it does not take is refused, unless it is refused already", () => {
  expect(problemsOf(machine(undoneBy(target("to(Room)")), "number"))).toEqual(["CANO5009 return Bare to(Room)"]);
  expect(problemsOf(machine(undoneBy(target("to(Room)", misfit)), "number"))).toEqual(["CANO5009 argument return Bare to(Room)"]);
  expect(problemsOf(machine(undoneBy(target("Key")), "number"))).toEqual([]);
});

test("a codec that is gone is missed where runs go on that may have used it", () => {
  expect(problemsOf(machine({}, "string", []))).toEqual(["CANO5010 key 1"]);
  expect(problemsOf(machine(undefined, "string", []))).toEqual([]);
});
