/** State sets that look as others do, and are not at run time what the compiler takes them for. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

function readSet(set: string, first: string, last: string) {
  const tasks = `{ [${first}]: Work }`;
  return read({
    "a.ts": `import { workflow } from "cano";\n${set}\nclass Work { run() { return ${last}; } }\nexport const flow = workflow({ states: S, initial: ${first}, exits: [${last}], tasks: ${tasks} });`,
  });
}

// Breaks it: `enum S { __proto__ = "a" }`, of which the compiler makes `S["__proto__"] = "a"`: `S.__proto__` is `Object.prototype` as it was.
test.each([
  ["an enum", `enum S { __proto__ = "a", End = "end" }`],
  ["an enum, in quotes", `enum S { "__proto__" = "a", End = "end" }`],
  ["an object", `const S = { __proto__: "a", End: "end" } as const;`],
])("a member `__proto__` of %s is none", (_, set) => {
  const { readings, diagnostics } = readSet(set, "S.__proto__", "S.End");
  expect(readings).toEqual([]);
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    "CANO1004: `states` cannot be read because `__proto__` names what objects inherit from, and becomes no member",
  ]);
});

test.each([
  ["a value", `enum S { Proto = "__proto__", End = "end" }`, "S.Proto", "S.End"],
  ["a computed member", `const S = { ["__proto__"]: "a", End: "end" } as const;`, "S.__proto__", "S.End"],
  ["an element", `const S = ["__proto__", "end"] as const;`, `"__proto__"`, `"end" as const`],
])("`__proto__` as %s is a state", (_, set, first, last) => {
  expect(readSet(set, first, last)).toMatchObject({ readings: [{}], diagnostics: [] });
});
