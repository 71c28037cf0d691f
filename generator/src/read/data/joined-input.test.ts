/** What the join of a split hands on of the split's own input, which its branches take together. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

/** The bindings of a workflow with a split of two branches, whose join goes to a task that takes so much of their input. */
function bindingsOf(one: string, two: string, taken: string) {
  const source = `import { type Context, type Joined, split, to, workflow } from "cano";
enum S { A = "a", B = "b", C = "c" }
class Left { readonly left = 1; private readonly held = 1; }
interface Right { readonly right: 1 }
interface Chain { readonly next: Chain; readonly length: 1 }
interface Ring { readonly next: Ring; readonly size: 2 }
interface Both { readonly next: Both; readonly length: 1; readonly size: 2 }
class One { async run(_: {}, { input }: Context<${one}>) { return 1; } }
class Two { async run(_: {}, { input }: Context<${two}>) { return 2; } }
class End { async run(_: {}, { input }: Context<Joined<${taken}, number>>) { return S.C; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: split([One, Two], { next: S.B }), [S.B]: End } });`;
  return read({ "flow.ts": source }).readings[0]?.bindings ?? [];
}

test.each<[one: string, two: string, taken: string, fits: boolean]>([
  ["{ a: 1 }", "{ b: 2 }", "{ a: 1; b: 2 }", true],
  ["{ a: 1 } | undefined", "{ b: 2 }", "{ a: 1; b: 2 }", true],
  ["{ a: 1 } | undefined", "{ b: 2 } | null", "{ a: 1; b: 2 }", true],
  ["{ a: 1 } | undefined", "{ b: 2 } | undefined", "{ a: 1; b: 2 } | undefined", true],
  ["{ a: 1 } | undefined", "{ b: 2 } | undefined", "{ a: 1; b: 2 }", false],
  ["{ a: 1 } | undefined", "{ b: 2 } | undefined", "{ a: 1; b: 3 } | undefined", false],
  ["{ a: 1 } | null", "{ b: 2 } | null", "{ a: 1; b: 2 } | undefined", false],
  ["{ a: 1 }", "{ b: 2 }", "{ a: 1; b: 2; c?: 3 }", true],
  ["{ a: 1 }", "{ b: 2 }", "{ a: 1; b: 2; c: 3 }", false],
  ["{ a: 1 }", "{ b: 2 }", "{ a: 1; [more: string]: unknown }", true],
  ["{ a: 1 }", "{ b: string }", "{ a: 1; [more: string]: number }", false],
  ["{ a: { x: 1 } }", "{ a: { y: 1 } }", "{ a: { x: 1; y: 1 } }", true],
  ["{ a: { x: 1 } }", "{ a: { x?: number; y: 1 } }", "{ a: { x: 1; y: 2 } }", false],
  ["{ a?: 1 }", "{ a: number }", "{ a: 1 }", true],
  ["{ a?: 1 }", "{ a?: 1 }", "{ a: 1 }", false],
  ["{ kind: 1 | 2 }", "{ a: 1 }", "{ kind: 1; a: 1 } | { kind: 2; a: number }", true],
  ["{ kind: 1 | 2 }", "{ a: 1 }", "{ kind: 1; a: 1 } | { kind: 2; a: 2 }", false],
  ["{ kind: 1 | 2 }", "{ a: 1 }", "{ kind: 1; b: 1 } | { kind: 2; b: 1 }", false],
  ["{ a: 1 }", "{ b: string }", "{ a: 1; b?: number }", false],
  ["Date", "{ b: 1 }", "{ [more: string]: unknown; b: 1 }", false],
  ["{ a: 1 }", "{ 'x-y'?: string }", "{ [more: `x-${string}`]: string; a: 1 }", true],
  ["Left", "Right", "{ left: 1; right: 1 }", true],
  ["Left", "Right", "Left & { right: 1 }", true],
  ["{ a: { x: 1 } | 1 }", "{ b: 1 }", "{ a: { x?: 2 } | 1; b: 1 }", false],
  ["{ o: { a: 1 } | 1 }", "{ c: 1 }", "{ o: { a: 1 } | 1; c: 1 }", true],
  ["{ a: 1 }", "{ b: 1 }", "Left", false],
  ["Chain", "Ring", "{ next: { next: { next: { length: 1; size: 2 } } } }", true],
  ["Chain", "Ring", "Both", false],
  ["{ left: 1 }", "{ held: 1 }", "Left", false],
  ["{ a: 1 }", "{ b: 2 }", "{ a: 1 } & { b: 3 }", false],
  ["{ a: { x: 1 } | { y: 1 } }", "{ a: { x: 1 } | { y: 1 } | { z: 1 } }", "{ a: { x: 1 } }", false],
  ["{ [more: string]: number }", "Right", "{ [more: string]: number; right: 1 }", true],
  ["{ a: 1 }", "{ 'x-y': string | undefined }", "{ [more: `x-${string}`]: string; a: 1 }", false],
  ["{ a: 1 } & { c: 1 }", "{ b: 1 }", "{ [more: string]: unknown; a: 1; b: 1 }", true],
  ["Right & { c: 1 }", "{ b: 1 }", "{ [more: string]: unknown; b: 1; right: 1 }", false],
  ["1", "number", "1", true],
  ["number", "number", "1", false],
  ["{ a: 1 }", "{ b: 2 }", "string", false],
])("branches that take %s and %s pass on %s: %s", (one, two, taken, fits) => {
  const [binding] = bindingsOf(one, two, taken);
  expect(binding).toMatchObject({ inputConflicts: [], next: { carries: { fit: { kind: fits ? "fits" : "misfit" } } } });
});

test.each<[one: string, two: string, taken: string, path: string, sent: string]>([
  ["{ a: 1 }", "{ b: 2 }", "{ a: 1; b: 2; c: 3 }", ".input.c", "undefined"],
  ["{ a: 1 }", "{ b: 2 }", "{ b: 3; a: 1 }", ".input.b", "2"],
  ["{ a: { x: 1 } }", "{ a: { y: 1 } }", "{ a: { x: 1; y: 2 } }", ".input.a.y", "1"],
  ["{ a: { x: 1 } }", "{ a: { y: 1 } }", "{ a: { z: 1 } } | undefined", ".input.a.z", "undefined"],
  ["{ a: 1 }", "{ b: string }", "{ a: 1; b?: number }", ".input.b", "string"],
  ["{ a: 1 }", "{ b: string }", "{ a: 1; [more: string]: number }", ".input", "{ a: 1; } & { b: string; }"],
  ["{ a: 1 } | null", "{ b: 2 } | null", "{ a: 1; b: 2 }", ".input", "({ a: 1; } | null) & ({ b: 2; } | null)"],
  ["{ a: 1 }", "{ b: 2 }", "string", ".input", "{ a: 1; } & { b: 2; }"],
])("of branches that take %s and %s for %s it is told what does not fit", (one, two, taken, path, sent) => {
  const [binding] = bindingsOf(one, two, taken);
  expect(binding).toMatchObject({ next: { carries: { fit: { kind: "misfit", path, sent } } } });
});

test.each(["[One]", "() => [new One()]"])(
  "branches %s take what stands in for them does, and its error is no resource",
  (branches) => {
    const source = `import { type Context, type Joined, split, to, workflow } from "cano";
enum S { A = "a", B = "b", C = "c", D = "d" }
class Start { async run() { return to(S.B, { id: 1 }); } }
class One { readonly config = { fallback: ({ message }: Error, { input }: Context<{ id: string }>) => message + input.id }; async run() { return "one"; } }
class Last { async run(_: {}, { input }: Context<Joined<{ id: string }, string>>) { return S.D; } }
const tasks = { [S.A]: Start, [S.B]: split(${branches}, { next: S.C }), [S.C]: Last };
export const flow = workflow({ states: S, initial: S.A, exits: [S.D], tasks });`;
    const [start, binding] = read({ "flow.ts": source }).readings[0]?.bindings ?? [];
    expect(binding).toMatchObject({ input: { text: "{ id: string; }" }, next: { carries: { fit: { kind: "fits" } } } });
    expect(start?.kind === "task" && start.task.method?.targets).toMatchObject([{ carries: { fit: { path: ".id" } } }]);
    if (binding?.kind === "split" && binding.branches.kind === "dynamic") expect(binding.branches.needsResources).toBe(false);
  },
);
