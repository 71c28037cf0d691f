/** A join, or a `settle`, that is none is refused; one that is only known at run time is left to that. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

test.each<[options: string, refused: readonly string[]]>([
  ["join: all()", []],
  ["join: pick()", []],
  ["join: ask()", []],
  ["join: cond ? any() : quorum(1)", []],
  ['join: all(), settle: "first-failure"', []],
  ["join: all(), settle: word", []],
  ['join: "all"', ["`join` cannot be read because it is no join"]],
  ["join: all", ["`join` cannot be read because it is no join"]],
  ['join: all(), settle: "none"', ["`settle` cannot be read because there is no such word"]],
])("%s", (options, refused) => {
  const source = `import { all, any, type Join, quorum, split, workflow } from "cano";
export enum S { A = "a", B = "b" }
declare const cond: boolean;
declare const word: "all" | "first-failure";
declare function pick(): Join;
declare function ask(): any;
class One { async run() { return 1; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: split([One], { next: S.B, ${options} }) } });`;
  const { diagnostics } = read({ "flow.ts": source });
  expect(diagnostics.map(({ message }) => message)).toEqual(refused);
});
