/** What does not survive JSON of inputs that are told by type parameters: where those may stand for anything, or for what is lost. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

test.each<[parameters: string, taken: string, loss: string | undefined]>([
  ["T", "T", ": T"],
  ["T extends { at: Date }", "T['at']", ": Date"],
  ["T extends { at: string }", "T['at']", undefined],
  ["T", "T extends string ? Date : 1", ": Date"],
  ["T", "T extends string ? 2 : 1", undefined],
  ["T extends { at: Date }", "Partial<T>", ".at: Date"],
  ["T extends { at: string }", "Partial<T>", undefined],
  ["T extends { id: string }", "T & { at: Date }", ".at: Date"],
  ["T extends { at: Date }", "T & { id: string }", ".at: Date"],
  ["T", "T & { id: string }", ": T"],
  ["T extends { id: string }", "T & { at: string }", undefined],
  ["T extends string", "T & { readonly brand: 'id' }", undefined],
  ["T extends Date[]", "readonly [...T]", "[]: Date"],
  ["T extends object", "keyof T", undefined],
  ["T extends string", "`x-${T}` | Uppercase<T>", undefined],
])("a class with the type parameter %s that takes %s", (parameters, taken, loss) => {
  const { readings } = read({
    "flow.ts": `import { type Context, workflow } from "cano";
enum S { A = "a", B = "b" }
class First<${parameters}> { async run(_: {}, { input }: Context<${taken}>) { void input; return S.B; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: First }, durable: true, version: 1 });`,
  });
  const found = readings.flatMap(({ payloadLosses }) => payloadLosses.map(({ path, type }) => `${path}: ${type}`));
  expect(found).toEqual(loss === undefined ? [] : [loss]);
});
