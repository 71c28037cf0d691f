/** What a durable workflow stores, and what of it would not survive that. */

import { expect, test } from "vitest";
import type { PayloadLoss } from "../data-reading.js";
import type { Reading } from "../reading.js";
import { createReader } from "../testing/read-program.js";

const read = createReader();

/** The losses of a durable workflow whose first task is `First`, as `source` declares it. */
function lossesOf(source: string, more = ""): readonly PayloadLoss[] {
  return readFlow(source, more).payloadLosses;
}

function cursorLossesOf(source: string): readonly string[] {
  const [first] = readFlow(source).bindings;
  return first?.kind === "task" ? first.task.cursorLosses.map(({ path, type }) => `${path}: ${type}`) : [];
}

function readFlow(source: string, more = ""): Reading {
  const { readings, diagnostics } = read({
    "flow.ts": `import { codec, type Context, maps, more, sets, split, undoable, workflow } from "cano";
declare const cond: boolean;
export enum S { A = "a", B = "b", Done = "done" }
${source}
class Last { async run() { return S.Done; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.Done], tasks: { [S.A]: First, [S.B]: Last }, durable: true, version: 1${more} });`,
  });
  const [reading] = readings;
  if (reading === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return reading;
}

test.each([
  ["Map<string, number | undefined>", "<>: number | undefined comes back as `null` where it is undefined"],
  ["ReadonlySet<string | undefined>", "<>: string | undefined comes back as `null` where it is undefined"],
  ["Map<string, Cart>", "<>: Cart has methods, which come back as nothing"],
  ["Map<string, { note?: string }>", undefined],
  ["Id<Cart>", undefined],
  ["Of<string>", undefined],
  ["Of<Cart>", "<>: Cart has methods, which come back as nothing"],
])("%s with codecs", (type, loss) => {
  const classes =
    "class Cart { go() {} } class Id<T> { declare of?: T; constructor(readonly text: string) {} show() {} } class Of<T> { constructor(readonly value: T) {} show() {} }";
  const own =
    "id: codec(Id, { encode: ({ text }) => text, decode: (text) => new Id(text) }), of: codec(Of<string>, { encode: (of) => of.value, decode: (value) => new Of(value) })";
  const first = `${classes} class First { async run(_: unknown, { input }: Context<${type}>) { return S.B; } }`;
  const losses = lossesOf(first, `, codecs: { maps, sets, ${own} }`);
  expect(losses.map(({ path, type: lost, why }) => `${path}: ${lost} ${why}`)).toEqual(loss ? [loss] : []);
});

test("what only one of several ways leaves, or returns, is looked at, too, although the type of the result does not tell", () => {
  const undone =
    "class First { async run() { return cond ? undoable(S.B, { id: 1 }) : undoable(S.B, { id: 2, at: new Date() }); } async compensate(_: unknown, left: { id: number }) {} }";
  expect(lossesOf(undone)).toMatchObject([{ role: "undo", path: ".at", type: "Date" }]);
  const branch =
    "class X { async run() { const one: { id: number } = { id: 1 }; return cond ? one : { id: 2, at: new Date() }; } }";
  const split = `${branch} const First = split([X], { next: S.B });`;
  expect(lossesOf(split)).toMatchObject([{ role: "branch", path: ".at", type: "Date" }]);
});

test("so is a cursor", () => {
  const step = (cursors: string): readonly string[] =>
    cursorLossesOf(`class First { async step(_: unknown, cursor?: { id: number }) { ${cursors} return S.B; } }`);
  expect(step("if (cond) return more({ id: 1 }); if (cond) return more({ id: 2, at: new Date() });")).toEqual([".at: Date"]);
  expect(step("if (cond) return more({ id: 1 }); if (cond) return more({ id: 2, at: 'now' });")).toEqual([]);
});

test("what a task leaves to be undone may not be undefined", () => {
  const source = (type: string): string =>
    `class First { async run() { return undoable(S.B, null! as ${type}); } async compensate(_: unknown, left: ${type}) {} }`;
  const told = ["string | undefined", "{ seat?: string }"].map((type) => lossesOf(source(type)));
  expect(told).toMatchObject([[{ role: "undo", why: "may be undefined, of which nothing is stored" }], []]);
});
