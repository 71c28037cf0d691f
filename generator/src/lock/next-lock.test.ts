/** What is recorded next. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shapeText } from "../shapes/shape-text.js";
import type { Shape } from "../shapes/shape.js";
import { anyShape, isOf, valueOf } from "../shapes/testing/shapes-and-values.js";
import { unionOf } from "../shapes/union-of.js";
import { listMisfits } from "./list-changes.js";
import { findWorkflow, type Lock, type LockedVersion } from "./lock.js";
import { nextLock, type Recording } from "./next-lock.js";
import { lockOf, type VersionSpec, versionOf, workflowOf } from "./testing/lock-of.js";

const next = (lock: Lock, spec: VersionSpec, kept: Recording["kept"] = []): Lock =>
  nextLock(lock, [{ name: "order", source: "order.ts", version: versionOf(spec), kept }]);

test("a new workflow is added, the others stay", () => {
  const refund = workflowOf("refund", { states: { run: {} } });
  expect(
    nextLock(lockOf(refund), [{ name: "order", source: "order.ts", version: versionOf({ states: { a: {} } }), kept: [] }]),
  ).toEqual(lockOf(refund, workflowOf("order", { states: { a: {} } })));
});

test("the version before a raised one is kept, and so are those before it", () => {
  const [one, two, five] = [1, 2, 5].map((version): VersionSpec => ({ version, states: { a: { input: `${version}` } } }));
  if (one === undefined || two === undefined || five === undefined) throw new Error("three versions");
  const raised = next(next(next(lockOf(), one), two), five);
  expect(raised).toEqual(lockOf(workflowOf("order", five, one, two)));
});

describe("the same version again", () => {
  const recordedIn = (lock: Lock): readonly string[] => {
    const state = findWorkflow(lock, "order")?.current.states[0];
    return [state?.input, state?.unread.input].map((shape) => (shape === undefined ? "nothing" : shapeText(shape)));
  };
  const recordAll = (specs: readonly VersionSpec[]): readonly string[] => {
    const lock = specs.reduce((known, spec) => next(known, spec), lockOf());
    const last = specs.at(-1);
    if (last) expect(next(lock, last), "recorded again").toEqual(lock);
    return recordedIn(lock);
  };

  test.each<[inputs: readonly (string | undefined)[], recorded: string, unread: string]>([
    [["string", "string"], "string", "nothing"],
    [["string", "string | null"], "null | string", "nothing"],
    [["{ a: 1 }", "{ a: 1; b?: 2 }"], "{ a: 1; b?: 2 }", "nothing"],
    [["{ a: 1; b: 2 }", "{ a: 1 }"], "{ a: 1 }", "{ a: 1; b: 2 }"],
    [["{ a: 1; b: 2 }", "{ a: 1 }", "{ a: 1; c?: 3 }"], "{ a: 1; c?: 3 }", "{ a: 1; b: 2 }"],
    [["{ a: 1; b: 2 }", "{ a: 1 }", "{ a: 1; b?: 2 }"], "{ a: 1; b?: 2 }", "nothing"],
    [["string", undefined], "nothing", "string"],
    [["string", undefined, "string | undefined"], "string | undefined", "nothing"],
    [[undefined, "string | undefined"], "string | undefined", "nothing"],
    [["#0 = { next?: #0; n: 1 }", "#0 = { next?: #0 }"], "#0 = { next?: #0 }", "#0 = { n: 1; next?: #0 }"],
  ])("%j", (inputs, recorded, unread) => {
    expect(recordAll(inputs.map((input) => ({ states: { a: input === undefined ? {} : { input } } })))).toEqual([
      recorded,
      unread,
    ]);
  });

  test.each<[handed: readonly string[], unread: string]>([
    [["{ a: 1; b: 2 }", "{ a: 1; b: 2 }"], "{ a: 1; b: 2 }"],
    [["{ a: 1; b: 2 }", "{ a: 1; c: 3 }"], "{ a: 1; b: 2 } | { a: 1; c: 3 }"],
    [["{ a: 1; b: 2 }", "{ a: 1; b: string }"], "{ a: 1; b: 2 } | { a: 1; b: string }"],
  ])("handed %j where { a: 1 } is taken", (handed, unread) => {
    expect(recordAll(handed.map((more) => ({ states: { a: { input: "{ a: 1 }", unread: { input: more } } } })))).toEqual([
      "{ a: 1 }",
      unread,
    ]);
  });

  test("an older lock, in which both were one", () => {
    const lock = next(lockOf(workflowOf("order", { states: { a: { input: "{ a: 1 } | { a: 1; b: 2 }" } } })), {
      states: { a: { input: "{ a: 1 }" } },
    });
    expect(recordedIn(lock)).toEqual(["{ a: 1 }", "{ a: 1; b: 2 }"]);
  });

  test("what a run may have gone on from is not forgotten", () => {
    const lock = next(next(lockOf(), { version: 2, migrates: [1], states: {} }), { version: 2, states: {} });
    expect(findWorkflow(lock, "order")?.current.migrates).toEqual([1]);
  });

  test("what a run goes on with as an earlier version has stored it is not forgotten either", () => {
    const one = { states: { a: { input: "{ a: 1; b: 2 }", cursor: "{ c: 3 }", unread: { cursor: "{ c: 3; d: 4 }" } } } };
    const two = { version: 2, states: { a: { input: "{ a: 1 }", cursor: "{}" } } };
    const unreadIn = (lock: Lock): readonly string[] => {
      const unread = findWorkflow(lock, "order")?.current.states[0]?.unread;
      return [unread?.input, unread?.cursor].map((shape) => (shape === undefined ? "nothing" : shapeText(shape)));
    };
    const raised = next(lockOf(workflowOf("order", one)), two, [{ version: 1, state: "a" }]);
    expect(unreadIn(raised)).toEqual(["{ a: 1; b: 2 }", "{ c: 3 } | { c: 3; d: 4 }"]);
    expect(unreadIn(next(raised, two)), "without the migration").toEqual(unreadIn(raised));
    expect(unreadIn(next(lockOf(workflowOf("order", one)), two))).toEqual(["nothing", "nothing"]);
  });

  test("everything that was ever stored is one of what is recorded, exactly, and recording it again changes nothing", () => {
    const numbers = fc.array(fc.nat({ max: 1_000 }), { minLength: 50, maxLength: 50 });
    let stored = 0;
    fc.assert(
      fc.property(fc.array(anyShape(2), { minLength: 2, maxLength: 4 }), numbers, (shapes, random) => {
        let lock = lockOf();
        const accepted: Shape[] = [];
        for (const input of shapes) {
          const state = findWorkflow(lock, "order")?.current.states[0];
          // What does not fit is refused, and not recorded.
          if (state && listMisfits(state, "input", input).length > 0) continue;
          accepted.push(input);
          lock = nextLock(lock, [{ name: "order", source: "order.ts", version: withInput(input), kept: [] }]);
          expect(nextLock(lock, [{ name: "order", source: "order.ts", version: withInput(input), kept: [] }])).toEqual(lock);
        }
        const state = findWorkflow(lock, "order")?.current.states[0];
        const recorded = unionOf([state?.input, state?.unread.input].filter((shape) => shape !== undefined));
        for (const input of accepted) {
          let place = 0;
          const value = valueOf(input, (ways) => (random[place++ % random.length] ?? 0) % ways);
          if (value === undefined) continue;
          stored += accepted.length > 1 ? 1 : 0;
          expect(isOf(recorded, value, true)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(stored).toBeGreaterThan(100);
  });
});

function withInput(input: Shape): LockedVersion {
  const version = versionOf({ states: { a: {} } });
  return { ...version, states: version.states.map((state) => ({ ...state, input })) };
}
