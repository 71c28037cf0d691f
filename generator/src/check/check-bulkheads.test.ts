/** A branch is refused the bulkhead of its split, by whatever name either goes; one that is only made alike is another one. */

import { expect, test } from "vitest";
import { createReader } from "../read/testing/read-program.js";
import { outcomeOf } from "./testing/problems-of.js";

const read = createReader();

test.each<[what: string, of: string, own: string, refused: readonly string[]]>([
  ["the same constant", "hall", "hall", ["hall"]],
  ["a constant that stands for it", "hall", "alias", ["alias"]],
  ["one of another file", "far", "away.far", ["away.far"]],
  ["a member of an object", "halls.main", "hall", ["hall"]],
  ["another one", "hall", "other", []],
  ["one of its own", "hall", "bulkhead({ limit: 2 })", []],
  ["a number", "2", "hall", []],
  ["one that cannot be seen", "hall", "pick()", []],
])("%s", (_, of, own, refused) => {
  const source = `import { type Bulkhead, bulkhead, split, workflow } from "cano";
import { far } from "./away.js";
import * as away from "./away.js";
export enum S { A = "a", B = "b", C = "c" }
const hall = bulkhead({ limit: 2 });
const alias = hall;
const halls = { main: hall } as const;
const other = bulkhead({ limit: 2 });
declare function pick(): Bulkhead;
class One { readonly config = { bulkhead: ${own} }; async run() { return 1; } }
class Two { async run() { return 2; } }
class Three { readonly config = { bulkhead: ${own} }; async run() { return S.C; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: {
  [S.A]: split([Two, One, Two], { next: S.B, bulkhead: ${of} }),
  [S.B]: Three,
} });
void [far, away, hall, alias, halls, other, pick];`;
  const away = `import { bulkhead } from "cano";
export const far = bulkhead({ limit: 2 });`;
  const { readings, at } = read({ "flow.ts": source, "away.ts": away });
  const { diagnostics } = outcomeOf(...readings);
  expect(diagnostics.filter(({ code }) => code === "CANO3035").map(({ span }) => at(span))).toEqual(refused);
});
