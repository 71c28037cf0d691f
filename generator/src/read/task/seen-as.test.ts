/** Declared types that hide what is bound from the generated module, and those that do not. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

const head = `
import { type Branch, type Context, type Split, split, type Task, to, type To, workflow, type Workflow } from "cano";
export enum S { A = "a", B = "b" }
class W implements Task<S> { async run(_: { rate: number }, { input }: Context<string>) { return to(S.B, input); } }
class Q { async run(_: unknown, { input }: Context<string>) { return input; } }
class Box<T> { run(_: unknown, { input }: Context<T>) { return to(S.B, input); } }
`;

function refusedIn(declarations: string, tasks: string, annotation = ""): readonly string[] {
  const flow = `export const flow${annotation} = workflow({ states: S, initial: S.A, exits: [S.B], tasks: ${tasks} });`;
  const { diagnostics, at } = read({ "flow.ts": `${head}${declarations}\n${flow}` });
  return diagnostics.map(({ code, message, span }) => `${code} ${/`.*`/.exec(message)?.[0]} at ${at(span)}`);
}

test.each<[name: string, expected: string, declarations: string, tasks: string, annotation?: string]>([
  ["a constant", "`Task<S>` at w", `const w: Task<S> = new W();`, "{ [S.A]: w }"],
  ["the constant of a class", "`new () => Task<S>` at w", `const w: new () => Task<S> = W;`, "{ [S.A]: w }"],
  ["all bindings", "`Task<S>` at new W()", `const tasks: Record<S.A, Task<S>> = { [S.A]: new W() };`, "tasks"],
  ["a branch", "`Branch` at [q]", `const q: Branch = new Q();`, "{ [S.A]: split([q], { next: S.B }) }"],
  ["branches", "`Branch` at list", `const list: [Branch, ...Branch[]] = [new Q()];`, "{ [S.A]: split(list, { next: S.B }) }"],
  [
    "a split",
    "`Split<S.B, readonly Branch[]>` at joined",
    `const joined: Split<S.B, readonly Branch[]> = split([new Q()], { next: S.B });`,
    "{ [S.A]: joined }",
  ],
  ["the workflow", "`Task<S>` at new W()", "", "{ [S.A]: new W() }", ": Workflow<typeof S, S.B, { a: Task<S> }>"],
])("a declared type hides %s", (_, expected, declarations, tasks, annotation) => {
  expect(refusedIn(declarations, tasks, annotation)).toEqual([`CANO1006 ${expected}`]);
});

const GENERIC = {
  input: "class G<T = string> { run(_: unknown, { input }: Context<T>) { return to(S.B, input); } }",
  resources: "class G<T = string> { run({ db }: { db: T[] }) { return to(S.B, db); } }",
  inherited: "class H<U> { run(_: unknown, { input }: Context<{ at: U }>) { return S.B; } }\nclass G<T = string> extends H<T> {}",
  wider: 'class G<T extends string = "a"> { poll(_: object, { input }: Context<readonly T[]>) { return S.B; } }',
};

test.each(Object.entries(GENERIC))("the type of a class lacks the default of its type parameter: %s", (_, declaration) => {
  expect(refusedIn(declaration, "{ [S.A]: G }")).toEqual(["CANO1006 `G` takes is told by the default of `T` at G"]);
  expect(refusedIn(declaration, "{ [S.A]: new G() }")).toEqual([]);
});

test.each<[name: string, declarations: string]>([
  ["what it extends", "class G<T extends string = string> { run(_: unknown, { input }: Context<T>) { return to(S.B, input); } }"],
  ["what everything is", "class G<T = unknown> { run(_: unknown, { input }: Context<T>) { return to(S.B, input); } }"],
  [
    "what it is not given",
    "class G<T = string> { seen: T[] = []; run(_: unknown, { input }: Context<number>) { return to(S.B, input); } }",
  ],
  [
    "what a member and a state have as their names",
    'enum E { T = "t", U = "u" } class G<T = string> { seen: T[] = []; run({ T }: { T: 1 }, { input }: Context<E.T>) { return to(S.B, input); } }',
  ],
])("a default is told by the type of a class: %s", (_, declarations) => {
  expect(refusedIn(declarations, "{ [S.A]: G }")).toEqual([]);
});

test.each([
  ["T=string", ["CANO1006"]],
  ["T", []],
])("JavaScript says in a comment that a class is generic: `@template %s`", (parameter, expected) => {
  const source = `/** @template ${parameter.includes("=") ? `[${parameter}]` : parameter} */
export class G {
  /** @param {unknown} _ @param {import("cano").Context<T>} context */
  run(_, { input }) { return { state: "b", input }; }
}`;
  const flow = `import { G } from "./g.js"; export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: G } });`;
  const { diagnostics, readings } = createReader({ flags: { allowJs: true } })({ "flow.ts": head + flow, "g.js": source }, [
    "flow.ts",
  ]);
  expect(diagnostics.map(({ code }) => code)).toEqual(expected);
  // Its type cannot be named without type arguments.
  for (const { bindings } of readings) expect(bindings).toMatchObject([{ task: { importable: undefined } }]);
});

test("a class that is bound with its type arguments needs no default", () => {
  expect(refusedIn(GENERIC.input, "{ [S.A]: G<number> }")).toEqual([]);
});

test.each<[name: string, declarations: string, tasks: string, annotation?: string]>([
  ["its own class", `const w: W = new W();`, "{ [S.A]: w }"],
  ["what makes it", `const w: typeof W = W;`, "{ [S.A]: w }"],
  ["a type argument", `const w: new () => Box<string> = Box;`, "{ [S.A]: w }"],
  ["the same method", `const w: Pick<W, "run"> = new W();`, "{ [S.A]: w }"],
  ["satisfies", `const w = new W() satisfies Task<S>;`, "{ [S.A]: w }"],
  ["branches of several types", `const list = [new Q(), W, { run: () => 1 }];`, "{ [S.A]: split(list, { next: S.B }) }"],
  ["all of the workflow", "", "{ [S.A]: W }", ": Workflow<typeof S, S.B, { readonly [S.A]: typeof W }>"],
])("a declared type tells: %s", (_, declarations, tasks, annotation) => {
  expect(refusedIn(declarations, tasks, annotation)).toEqual([]);
});
