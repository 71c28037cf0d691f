/** What a durable workflow stores, and what of it would not survive that. */

import { expect, test } from "vitest";
import type { PayloadLoss } from "../data-reading.js";
import { createReader } from "../testing/read-program.js";

const read = createReader();

/** The losses of a durable workflow whose first task is `First`, as `source` declares it. */
function lossesOf(source: string, more = ""): readonly PayloadLoss[] {
  const { readings, diagnostics } = read({
    "flow.ts": `import { codec, type Context, maps, sets, undoable, workflow } from "cano";
export enum S { A = "a", B = "b", Done = "done" }
${source}
class Last { async run() { return S.Done; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.Done], tasks: { [S.A]: First, [S.B]: Last }, durable: true, version: 1${more} });`,
  });
  const [reading] = readings;
  if (reading === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return reading.payloadLosses;
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

test("what a task leaves to be undone may not be undefined", () => {
  const source = (type: string): string =>
    `class First { async run() { return undoable(S.B, null! as ${type}); } async compensate(_: unknown, left: ${type}) {} }`;
  const told = ["string | undefined", "{ seat?: string }"].map((type) => lossesOf(source(type)));
  expect(told).toMatchObject([[{ role: "undo", why: "may be undefined, of which nothing is stored" }], []]);
});
