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
