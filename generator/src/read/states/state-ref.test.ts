/** Which state an option names: a member by its name, by a constant or by a literal, and nothing that only looks like one. */

import { expect, test } from "vitest";
import { createReader, showState } from "../testing/read-program.js";

const read = createReader();

const ENUM = `enum N { A = "a", C = "c" }`;
const OBJECT = `const N = { A: "a", C: "c" } as const;`;

test.each<[states: string, exit: string, expected: string, key?: string]>([
  [ENUM, "N.C", "C"],
  [ENUM, `N["C"]`, "C"],
  [`${ENUM} const last = N.C;`, "last", "C"],
  [`${ENUM} const ends = { last: N.C } as const;`, "ends.last", "C"],
  [`${ENUM} const pick = () => N.C as const;`, "pick()", "?it is a call"],
  [OBJECT, "N.C", "C"],
  [OBJECT, `"c"`, "C"],
  [`${OBJECT} const last = "c";`, "last", "C"],
  [`${OBJECT} const M = { C: "c" } as const;`, "M.C", "foreign M.C"],
  [`${OBJECT} const M = { C: "c" } as const;`, `M["C"]`, `foreign M["C"]`],
  [`${OBJECT} const M = { C: "c" as const };`, "M.C", "foreign M.C"],
  // It has another name: one of a user's own for the same value.
  [`${OBJECT} const M = { last: "c" } as const;`, "M.last", "C"],
  [`const N = ["a", "c"] as const; const M = { c: "c" } as const;`, "M.c", "c", `"a"`],
  [`const N = { A: 1, C: -1 } as const;`, "-1", "C"],
])("%s %s", (states, exit, expected, key = "[N.A]") => {
  const initial = key.startsWith("[") ? "N.A" : key;
  const { readings } = read({
    "flow.ts": `import { workflow } from "cano";\n${states}\nclass W { async run(): Promise<never> { throw new Error(); } }\nexport const flow = workflow({ states: N, initial: ${initial}, exits: [${exit}], tasks: { ${key}: W } });`,
  });
  const [reading] = readings;
  expect(reading?.exits.map((state) => showState(reading, state))).toEqual([expected]);
});
