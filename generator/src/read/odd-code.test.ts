/** Code that nobody should write: reading it must never throw. */

import { expect, test } from "vitest";
import { createReader } from "./testing/read-program.js";

const read = createReader();

const head = `import { split, to, workflow } from "cano";\nexport enum S { A = "a", B = "b" }\ndeclare const x: any;\n`;

test.each([
  `export const flow = workflow();`,
  `export const flow = workflow(x);`,
  `export const flow = workflow({ ...x });`,
  `export const flow = workflow({ states: x, initial: x, exits: x, tasks: x });`,
  `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { get [S.A]() { return x; } } });`,
  `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]() {} } });`,
  `export const flow = workflow({ states: S, initial: [], exits: [], tasks: {} });`,
  `export const flow = workflow({ states: {}, initial: "", exits: [], tasks: {} });`,
  `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: split() } });`,
  `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: split([x, ...x], x) } });`,
  `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: split([], { next: S.B }) } });`,
  `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: split(() => x, { next: S.B }) } });`,
  `const a: any = b; const b: any = a; export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: a } });`,
  `class W extends x { async run() { return S.B; } } export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: W } });`,
  `class W { run = x; } export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: W } });`,
  `class W { *run() { yield S.B; return S.B; } } export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: W } });`,
  `class W { async run() { return this.run(); } } export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: W } });`,
  `class W { next = this.next; async run() { return this.next; } } export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: W } });`,
  `class W { run(...args: any[]) { return args[0]; } } export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: W } });`,
  `class W { run(...[_, { input }]: [{}, { input: S }]) { return to(input, input); } } export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: W } });`,
  `class W<T extends W<T>> { run(_: T): T["next"] { throw 1; } next!: S.B; } export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: W } });`,
  `class W { async run() { return to(...([S.B, 1] as const)); } } export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: W } });`,
  `class W { config = x; async run() { return S.B; } } export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: W } });`,
  `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: { run: function () { return arguments[0]; } } } });`,
  `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: null } } as never);`,
  `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: class { async run() { return S.B; } } } }`,
  `export const flow = workflow({ states: S, `,
  `workflow;`,
])("%s", (source) => {
  const { readings, diagnostics } = read({ "a.ts": head + source });
  expect(readings.length).toBeLessThanOrEqual(1);
  for (const diagnostic of diagnostics) expect(diagnostic.code).toMatch(/^CANO1\d{3}$/);
});
