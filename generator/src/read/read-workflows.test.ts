/** Whole readings: what is found where, what is refused, what is held back. */

import { resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Reading } from "./reading.js";
import { createReader, showState } from "./testing/read-program.js";

const read = createReader();
const readStrictly = createReader({ tsconfig: resolve(import.meta.dirname, "../../../fixtures/tsconfig.json") });

const head = `import { type Context, type Joined, type Task, all, any, custom, exponential, fixed, none, quorum, split, to, workflow } from "cano";\n`;
const states = `export enum S { A = "a", B = "b", C = "c" }\n`;
const work = `class Work { async run() { return S.C; } }\nclass Start { async run() { return S.B; } }\n`;
const spec = `{ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: Start, [S.B]: Work } }`;

function only(readings: readonly Reading[]): Reading {
  const [reading] = readings;
  if (readings.length !== 1 || !reading) throw new Error(`${readings.length} readings`);
  return reading;
}

test.each<[name: string, source: string, exported: Reading["exported"], called: string]>([
  ["constant", `export const flow = workflow(${spec});`, { kind: "named", name: "flow" }, "flow"],
  ["export list", `const flow = workflow(${spec}); export { flow };`, { kind: "named", name: "flow" }, "flow"],
  [
    "also under a name that is no identifier",
    `const flow = workflow(${spec}); export { flow as "the order", flow };`,
    { kind: "named", name: "flow" },
    "flow",
  ],
  ["renamed", `const flow = workflow(${spec}); export { flow as order };`, { kind: "named", name: "order" }, "order"],
  ["default", `export default workflow({ ...${spec}, name: "order" });`, { kind: "default" }, "order"],
  ["name option", `export const flow = workflow({ ...${spec}, name: "order" });`, { kind: "named", name: "flow" }, "order"],
  [
    "name whose text the compiler knows",
    `const NAME = "order"; export const flow = workflow({ ...${spec}, name: \`\${NAME} 2\` as const });`,
    { kind: "named", name: "flow" },
    "order 2",
  ],
  [
    "constant argument",
    `const spec = ${spec} as const; export const flow = workflow(spec);`,
    { kind: "named", name: "flow" },
    "flow",
  ],
])("exported: %s", (_, source, exported, called) => {
  const { readings, diagnostics } = read({ "a.ts": head + states + work + source });
  expect(diagnostics).toEqual([]);
  expect(only(readings)).toMatchObject({ exported, name: called });
});

test("finds the call through re-exports and namespaces, and nothing of the same name", () => {
  const { readings } = read({
    "door.ts": `export { workflow } from "cano";`,
    "a.ts": `import { workflow as flow } from "./door.js";\n${states}${work}export const one = flow(${spec});`,
    "b.ts": `import * as cano from "cano";\n${states}${work}export const two = cano.workflow(${spec});`,
    "c.ts": `function workflow(x: object) { return x; }\nexport const three = workflow({});`,
    "renaming.ts": `export { workflow as machine } from "cano";`,
    "d.ts": `import { machine } from "./renaming.js";\n${states}${work}export const four = machine(${spec});`,
  });
  expect(readings.map(({ name }) => name)).toEqual(["one", "two", "four"]);
});

const refusals: readonly [name: string, code: string, at: string, source: string][] = [
  ["not exported", "CANO1002", "workflow", `const flow = workflow(${spec});`],
  ["let", "CANO1002", "workflow", `export let flow = workflow(${spec});`],
  ["default without name", "CANO1002", "workflow", `export default workflow(${spec});`],
  ["argument", "CANO1003", "make()", `const make = () => (${spec}) as const; export const flow = workflow(make());`],
  [
    "spread",
    "CANO1003",
    "make()",
    `const make = () => ({ totalTimeout: 1 }); export const flow = workflow({ ...make(), ...${spec} });`,
  ],
  [
    "computed states",
    "CANO1004",
    "A",
    `enum T { A = "x".length } export const flow = workflow({ states: T, initial: T.A, exits: [T.A], tasks: {} });`,
  ],
  [
    "declared states",
    "CANO1004",
    "D",
    `declare const D: { A: "a"; B: string }; export const flow = workflow({ states: D, initial: "a", exits: ["a"], tasks: {} });`,
  ],
  [
    "conditional tasks",
    "CANO1005",
    "Math.random() ? t : t",
    `const t = { [S.A]: Start, [S.B]: Work } as const; export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: Math.random() ? t : t });`,
  ],
  [
    "called exits",
    "CANO1005",
    "ends()",
    `const ends = () => [S.C] as const; export const flow = workflow({ states: S, initial: S.A, exits: ends(), tasks: { [S.A]: Start, [S.B]: Work } });`,
  ],
  [
    "cast initial",
    "CANO1005",
    "S.A as S.A",
    `export const flow = workflow({ states: S, initial: S.A as S.A, exits: [S.C], tasks: { [S.A]: Start, [S.B]: Work } });`,
  ],
  ["computed name", "CANO1005", "String(1)", `export const flow = workflow({ ...${spec}, name: String(1) });`],
  [
    "called binding",
    "CANO1006",
    "make()",
    `const make = () => new Work(); export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: Start, [S.B]: make() } });`,
  ],
  [
    "conditional binding",
    "CANO1006",
    "Math.random() ? Work : Work",
    `export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: Start, [S.B]: Math.random() ? Work : Work } });`,
  ],
  ["unknown option", "CANO1007", "totalTimout", `export const flow = workflow({ ...${spec}, totalTimout: 1 });`],
];

test.each(refusals)("refuses: %s", (_, code, place, source) => {
  const { readings, diagnostics, at } = read({ "a.ts": head + states + work + source });
  expect(diagnostics.map((found) => [found.code, at(found.span)])).toEqual([[code, place]]);
  expect(readings).toEqual([]);
});

test("suggests the option that was meant", () => {
  const { diagnostics } = read({
    "a.ts": `${head}${states}${work}export const flow = workflow({ ...${spec}, totalTimout: 1 });`,
  });
  expect(diagnostics[0]?.fix?.text).toBe("totalTimeout");
});

test("shows the compiler's errors of the file and of what it imports, and tolerates modules that are not generated yet", () => {
  const { readings, diagnostics, at } = read(
    {
      "states.ts": `${states}export const broken: number = "x";`,
      "a.ts": `${head}import { S } from "./states.js";\nimport { createFlow } from "./a.cano.js";\n${work}export const flow = workflow(${spec});\nvoid createFlow;`,
      "b.cano.ts": `export const alsoBroken: number = "x";`,
    },
    ["a.ts"],
  );
  expect(readings).toEqual([]);
  expect(diagnostics.map(({ code, message, span }) => [code, message, at(span)])).toEqual([
    ["CANO1001", "TS2322: Type 'string' is not assignable to type 'number'.", "broken"],
  ]);
});

test("under Yarn's Plug'n'Play, a package that is not found is told with what to set: the project's own tsc finds it", () => {
  const imports = 'import {} from "./nothing.js";\nimport {} from "some-package";\n';
  const text = `${head}${imports}${states}${work}export const flow = workflow(${spec});`;
  const helps = (): readonly string[] => read({ "a.ts": text }).diagnostics.map(({ help }) => help);
  const asEver = "make the file and what it imports pass `tsc` first";
  expect(helps()).toEqual([asEver, asEver]);
  Object.assign(process.versions, { pnp: "3" });
  onTestFinished(() => void Reflect.deleteProperty(process.versions, "pnp"));
  expect(helps()).toEqual([
    asEver,
    "cano-gen looks for packages in `node_modules`: set `nodeLinker: node-modules` in `.yarnrc.yml`",
  ]);
});

test("of a file that cannot be parsed, only that is said", () => {
  const { diagnostics } = read({
    "a.ts": `${head}${states}${work.replace("class Work", "clas Work")}export const flow = workflow(${spec});`,
  });
  expect(diagnostics.map(({ message }) => message)).toContain("TS1435: Unknown keyword or identifier. Did you mean 'class'?");
  // Errors from 2000 on are about meaning, such as that nothing has the name `clas`.
  expect(diagnostics.map(({ message }) => message)).toEqual(diagnostics.map((): unknown => expect.stringMatching(/^TS1\d\d\d:/)));
});

test("holds back the compiler's errors inside the argument", () => {
  const { readings, diagnostics } = read({
    "a.ts": `${head}${states}${work}export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: Start } });`,
  });
  expect(diagnostics).toEqual([]);
  expect(only(readings).heldBack).toHaveLength(1);
  expect(only(readings).bindings).toHaveLength(1);
});

test("what is never used is no error", () => {
  const unused = `import { never } from "./b.js";\nconst nothing = 1;\n`;
  const { readings, diagnostics } = readStrictly({
    "a.ts": `${head}${unused}${states}${work}export const flow = workflow(${spec});`,
    "b.ts": `export const never = 1;`,
  });
  expect(diagnostics).toEqual([]);
  expect(readings).toHaveLength(1);
});

test("a workflow in a CommonJS module cannot be imported under verbatimModuleSyntax", () => {
  const source = `import cano = require("cano");\n${states.replace("export ", "")}${work}`;
  const named = `namespace flows { export const flow = cano.workflow(${spec}); }\nexport = flows;`;
  const { diagnostics } = readStrictly({ "a.cts": `${source}${named}` });
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    "CANO1002 this workflow is in a CommonJS module, which `verbatimModuleSyntax` lets no generated module import",
  ]);
});

test("unreachable code is a fact and no error", () => {
  const source = `${head}${states}${work}export function dead() { return 1; return 2; }\nexport const flow = workflow(${spec});`;
  const { readings, diagnostics } = read({ "a.ts": source });
  expect(diagnostics).toEqual([]);
  expect(readings).toHaveLength(1);
});

test("reads state sets of each kind, and states by all their names", () => {
  const { readings, diagnostics } = read({
    "sets.ts": `export enum Order { A = "a", B = "b", C = "c" }\nexport default Order;\nexport const ends = [Order.C] as const;\nexport const { B } = Order;`,
    "a.ts": `${head}import O, { ends, B } from "./sets.js";\nclass Start { async run() { return O.C; } }\nexport const flow = workflow({ states: O, initial: [O["A"], B], exits: [...ends], tasks: { [O.A]: Start, [B]: Start } });`,
    "b.ts": `${head}class Start { async run() { return "b" as const; } }\nexport const flow = workflow({ states: { A: "a", B: "b" }, initial: "a", exits: ["b"], tasks: { a: Start } });`,
    "c.ts": `${head}class Start { async run() { return "b" as const; } }\nexport const flow = workflow({ states: ["a", "b"], initial: "a", exits: ["b"], tasks: { a: Start } });`,
    "d.ts": `${head}enum N { A, B = 5 }\nclass Start { async run() { return N.B; } }\nexport const flow = workflow({ states: N, initial: N.A, exits: [N.B], tasks: { [N.A]: Start } });`,
  });
  expect(diagnostics).toEqual([]);
  const show = (reading: Reading): unknown => [
    reading.states.kind,
    reading.states.name,
    reading.states.members.map(({ name, value }) => `${name}=${value}`).join(" "),
    [...reading.initial, ...reading.exits, ...reading.bindings.map(({ state }) => state)]
      .map((state) => showState(reading, state))
      .join(" "),
  ];
  expect(readings.map(show)).toEqual([
    ["enum", "Order", "A=a B=b C=c", "A B C A B"],
    ["object", "States", "A=a B=b", "A B A"],
    ["tuple", "States", "a=a b=b", "a b a"],
    ["enum", "N", "A=0 B=5", "A B A"],
  ]);
});

test.each(["flow.js", "flow.mjs", "flow.jsx"])("a workflow in %s is refused, whatever else there is", (name) => {
  const { readings, diagnostics, at } = createReader({ flags: { allowJs: true } })({
    "a.ts": `${head}${states}${work}export const flow = workflow(${spec});`,
    [name]: `import { workflow } from "cano";\nexport const flow = workflow({});`,
  });
  expect(only(readings).file).toMatch(/a\.ts$/);
  expect(diagnostics.map(({ code, message, span }) => [code, message, at(span)])).toEqual([
    ["CANO6004", `\`${name}\` is not a TypeScript source`, "workflow"],
  ]);
});

test("a member of another enum is foreign, however alike", () => {
  const { readings } = read({
    "a.ts": `${head}${states}enum T { A = "a" }\n${work}export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [T.A]: Start, [S.B]: Work } });`,
  });
  const reading = only(readings);
  expect(reading.bindings.map(({ state }) => showState(reading, state))).toEqual(["foreign T.A", "B"]);
});
