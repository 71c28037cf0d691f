/** When a machine is held against the lock, and where its changes are shown. What each change comes to is in the fixtures. */

import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Lock } from "../lock/lock.js";
import { lockOf, workflowOf } from "../lock/testing/lock-of.js";
import { buildDraft } from "../model/build-draft.js";
import type { Reading } from "../read/reading.js";
import { parseShape } from "../shapes/testing/parse-shape.js";
import { checkMachines } from "./check-machines.js";
import { at, durabilityOf, number, reading, type TaskSpec } from "./testing/reading-builder.js";

const recorded = lockOf(
  workflowOf("machine", { states: { a: { name: "A", input: "string" }, done: { name: "Done", output: "undefined" } } }),
);

/** A durable machine whose only task takes what `input` says. */
function machine(input: string, more: Partial<Reading["durability"]> = {}, task: TaskSpec = {}): Reading {
  const durability = durabilityOf({ versionLiteral: at("1"), ...more });
  const shapes = [
    {
      state: 0,
      input: { shape: parseShape(input), span: at("Context<…>") },
      cursor: undefined,
      undo: undefined,
      undoneInput: undefined,
      left: { cursor: undefined, undo: undefined },
    },
  ];
  return reading({ states: ["A", "Done"], tasks: { A: { to: ["Done"], ...task } }, more: { durability, shapes } });
}

function check(read: Reading, lock: Lock = recorded): { readonly found: readonly Diagnostic[]; readonly passed: boolean } {
  const found: Diagnostic[] = [];
  const machines = checkMachines([buildDraft(read)], (diagnostic) => found.push(diagnostic), {
    recorded: { path: "/cano.lock.json", text: undefined, lock, whole: true },
    findElsewhere: () => undefined,
  });
  return { found, passed: machines.length === 1 };
}

const shown = ({ code, span, message, fix }: Diagnostic): string =>
  `${code} ${span?.file}: ${message}${fix ? ` -> ${fix.span.file}: ${fix.text}` : ""}`;

test("what fits passes, and so does what is new", () => {
  expect(check(machine("string | null"))).toEqual({ found: [], passed: true });
  expect(check(machine("number"), lockOf())).toEqual({ found: [], passed: true });
});

test("what does not fit is shown where it is taken, with a version that would do", () => {
  const { found, passed } = check(machine("number"));
  expect(found.map(shown)).toEqual([
    "CANO5001 Context<…>: what `A` takes does not fit what runs of version 1 have stored: was `string`, is `number` -> 1: 2",
  ]);
  expect(passed).toBe(false);
});

describe("the version", () => {
  test("that is not written down as a number has no fix", () => {
    expect(check(machine("number", { versionLiteral: undefined })).found.map(({ fix }) => fix)).toEqual([undefined]);
  });

  test("that is raised makes it another machine", () => {
    expect(check(machine("number", { version: number(2, "version") }))).toEqual({ found: [], passed: true });
  });

  test("that is lowered is refused, and nothing else is said", () => {
    const lock = lockOf(workflowOf("machine", { version: 3, states: {} }));
    expect(check(machine("number"), lock).found.map(shown)).toEqual([
      "CANO5002 version: the `version` 1 is below 3, which is recorded in `cano.lock.json`",
    ]);
  });
});

test("a machine with another error is not held against the lock", () => {
  expect(check(machine("number", {}, { to: ["?"] })).found.map(({ code }) => code)).toEqual(["CANO2005"]);
});

test("a machine whose runs are not stored is not either", () => {
  expect(check(machine("number", { durable: false }))).toMatchObject({ found: [], passed: true });
});
