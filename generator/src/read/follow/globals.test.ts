/** What `Object.freeze` is given is read as if it stood there by itself, wherever constants are followed. */

import { expect, test } from "vitest";
import { createReader, showState } from "../testing/read-program.js";

const read = createReader();

const flow = (states: string, options: string) => `import { workflow } from "cano";
${states}
class Work { run() { return N.C; } }
export const flow = workflow(${options});`;
const OPTIONS = `{ states: N, initial: N.A, exits: [N.C], tasks: { [N.A]: Work } }`;
const OBJECT = `const N = Object.freeze({ A: "a", C: "c" });`;

test.each<[what: string, source: string]>([
  ["states whose values are literals for the compiler", flow(OBJECT, OPTIONS)],
  ["states that are constant anyway", flow(`const N = Object.freeze({ A: "a", C: "c" } as const);`, OPTIONS)],
  [
    "exits and tasks",
    flow(OBJECT, OPTIONS.replace("[N.C]", "Object.freeze([N.C] as const)").replace(/\{ \[.*?\}/, "Object.freeze($&)")),
  ],
  ["all options", flow(OBJECT, `Object.freeze(${OPTIONS})`)],
])("%s", (_, source) => {
  const { readings, diagnostics } = read({ "flow.ts": source });
  expect(diagnostics.map(({ code }) => code)).toEqual([]);
  const [reading] = readings;
  expect(reading?.states).toMatchObject({ kind: "object", name: "N", members: [{ name: "A" }, { name: "C" }] });
  expect(reading?.exits.map((state) => showState(reading, state))).toEqual(["C"]);
  expect(reading?.bindings).toHaveLength(1);
});

test("a tuple of states", () => {
  const source = `import { workflow } from "cano";
const N = Object.freeze(["a", "c"] as const);
class Work { run() { return "c" as const; } }
export const flow = workflow({ states: N, initial: "a", exits: ["c"], tasks: { a: Work } });`;
  expect(read({ "flow.ts": source }).readings[0]?.states).toMatchObject({
    kind: "tuple",
    members: [{ name: "a" }, { name: "c" }],
  });
});

test("what a user calls so may do anything", () => {
  const own = `const Object = { freeze: <T>(value: T): T => value };\nconst N = Object.freeze({ A: "a", C: "c" } as const);`;
  expect(read({ "flow.ts": flow(own, OPTIONS) }).diagnostics.map(({ code }) => code)).toEqual(["CANO1004"]);
});
