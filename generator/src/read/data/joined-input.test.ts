/** What the join of a split hands on of the split's own input, which its branches take together. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

test.each<[one: string, two: string, taken: string, fits: boolean]>([
  ["{ a: 1 }", "{ b: 2 }", "{ a: 1; b: 2 }", true],
  ["{ a: 1 } | undefined", "{ b: 2 }", "{ a: 1; b: 2 }", true],
  ["{ a: 1 } | undefined", "{ b: 2 } | null", "{ a: 1; b: 2 }", true],
  ["{ a: 1 } | undefined", "{ b: 2 } | undefined", "{ a: 1; b: 2 } | undefined", true],
  ["{ a: 1 } | undefined", "{ b: 2 } | undefined", "{ a: 1; b: 2 }", false],
  ["{ a: 1 } | undefined", "{ b: 2 } | undefined", "{ a: 1; b: 3 } | undefined", false],
])("branches that take %s and %s pass on %s: %s", (one, two, taken, fits) => {
  const source = `import { type Context, type Joined, split, to, workflow } from "cano";
enum S { A = "a", B = "b", C = "c" }
class One { async run(_: {}, { input }: Context<${one}>) { return 1; } }
class Two { async run(_: {}, { input }: Context<${two}>) { return 2; } }
class End { async run(_: {}, { input }: Context<Joined<${taken}, number>>) { return S.C; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: split([One, Two], { next: S.B }), [S.B]: End } });`;
  const { readings } = read({ "flow.ts": source });
  expect(readings[0]?.bindings[0]).toMatchObject({
    inputConflicts: [],
    next: { carries: { fit: { kind: fits ? "fits" : "misfit" } } },
  });
});
