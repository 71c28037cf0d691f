/** What is recorded next. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fits } from "../shapes/find-shape-misfit.js";
import { shapeText } from "../shapes/shape-text.js";
import type { Shape } from "../shapes/shape.js";
import { anyShape, isOf, valueOf } from "../shapes/testing/shapes-and-values.js";
import { findWorkflow, type Lock, type LockedVersion } from "./lock.js";
import { nextLock } from "./next-lock.js";
import { lockOf, type VersionSpec, versionOf, workflowOf } from "./testing/lock-of.js";

const next = (lock: Lock, spec: VersionSpec): Lock =>
  nextLock(lock, [{ name: "order", source: "order.ts", version: versionOf(spec) }]);

test("a new workflow is added, the others stay", () => {
  const refund = workflowOf("refund", { states: { run: {} } });
  expect(nextLock(lockOf(refund), [{ name: "order", source: "order.ts", version: versionOf({ states: { a: {} } }) }])).toEqual(
    lockOf(refund, workflowOf("order", { states: { a: {} } })),
  );
});

test("the version before a raised one is kept, and so are those before it", () => {
  const [one, two, five] = [1, 2, 5].map((version): VersionSpec => ({ version, states: { a: { input: `${version}` } } }));
  if (one === undefined || two === undefined || five === undefined) throw new Error("three versions");
  const raised = next(next(next(lockOf(), one), two), five);
  expect(raised).toEqual(lockOf(workflowOf("order", five, one, two)));
});

describe("the same version again", () => {
  const inputOf = (lock: Lock): string => {
    const shape = findWorkflow(lock, "order")?.current.states[0]?.input;
    return shape === undefined ? "nothing" : shapeText(shape);
  };

  test.each<[inputs: readonly (string | undefined)[], recorded: string]>([
    [["string", "string"], "string"],
    [["string", "string | null"], "null | string"],
    [["{ a: 1 }", "{ a: 1; b?: 2 }"], "{ a: 1; b?: 2 }"],
    [["{ a: 1; b: 2 }", "{ a: 1 }"], "{ a: 1 } | { a: 1; b: 2 }"],
    [["{ a: 1; b: 2 }", "{ a: 1 }", "{ a: 1; c?: 3 }"], "{ a: 1; b: 2 } | { a: 1; c?: 3 }"],
    [["{ a: 1; b: 2 }", "{ a: 1 }", "{ a: 1; b?: 2 }"], "{ a: 1; b?: 2 }"],
    [["string", undefined], "string | undefined"],
    [["string", undefined, "string | undefined"], "string | undefined"],
    [[undefined, "string | undefined"], "string | undefined"],
    [["#0 = { next?: #0; n: 1 }", "#0 = { next?: #0 }"], "(#0 = { n: 1; next?: #0 }) | (#0 = { next?: #0 })"],
  ])("%j", (inputs, recorded) => {
    const specs = inputs.map((input): VersionSpec => ({ states: { a: input === undefined ? {} : { input } } }));
    const lock = specs.reduce(next, lockOf());
    expect(inputOf(lock)).toBe(recorded);
    const last = specs.at(-1);
    if (last) expect(next(lock, last)).toEqual(lock);
  });

  test("what a run may have gone on from is not forgotten", () => {
    const lock = next(next(lockOf(), { version: 2, migrates: [1], states: {} }), { version: 2, states: {} });
    expect(findWorkflow(lock, "order")?.current.migrates).toEqual([1]);
  });

  test("everything that was ever stored is one of what is recorded, exactly, and recording it again changes nothing", () => {
    const numbers = fc.array(fc.nat({ max: 1_000 }), { minLength: 50, maxLength: 50 });
    let stored = 0;
    fc.assert(
      fc.property(fc.array(anyShape(2), { minLength: 2, maxLength: 4 }), numbers, (shapes, random) => {
        let lock = lockOf();
        const accepted: Shape[] = [];
        for (const input of shapes) {
          const recorded = findWorkflow(lock, "order")?.current.states[0]?.input;
          // What does not fit is refused, and not recorded.
          if (recorded !== undefined && !fits(recorded, input)) continue;
          accepted.push(input);
          lock = nextLock(lock, [{ name: "order", source: "order.ts", version: withInput(input) }]);
          expect(nextLock(lock, [{ name: "order", source: "order.ts", version: withInput(input) }])).toEqual(lock);
        }
        const recorded = findWorkflow(lock, "order")?.current.states[0]?.input;
        for (const input of accepted) {
          let place = 0;
          const value = valueOf(input, (ways) => (random[place++ % random.length] ?? 0) % ways);
          if (value === undefined || recorded === undefined) continue;
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
