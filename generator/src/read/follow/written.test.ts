/** What stands at the declaration of a constant is not what it holds when its parts are written to. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

const head = `import { fixed, split, workflow } from "cano";
export enum S { A = "a", B = "b" }
class Work { async run() { return S.B; } }
class Other { async run() { return S.B; } }
`;

const workflows: readonly [name: string, why: string, before: string, tasks: string][] = [
  ["a table by its key", "`t` is written to", "const t = { [S.A]: Work }; t[S.A] = Other;", "t"],
  ["a table by Object.assign", "`t` is written to", "const t = { [S.A]: Work }; Object.assign(t, { [S.A]: Other });", "t"],
  ["a table by another name", "`t` is written to", "const t = { [S.A]: Work }; const u = t; delete (u as any)[S.A];", "t"],
  ["a table that is spread", "`t` is written to", "const t = { [S.A]: Work }; t[S.A] = Other;", "{ ...t }"],
  ["a property", "`work` is written to", "const all = { work: Work }; all.work = Other;", "{ [S.A]: all.work }"],
  [
    "a property, by a function",
    "`work` is written to",
    "const all = { work: new Work() }; export function change() { all.work = new Other(); }",
    "{ [S.A]: all.work }",
  ],
];

test.each(workflows)("refused: %s", (_, why, before, tasks) => {
  const flow = `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: ${tasks} });`;
  const { readings, diagnostics } = read({ "a.ts": `${head}${before}\n${flow}` });
  expect(diagnostics.map(({ message }) => message.replace(/^.* because /, ""))).toEqual([why]);
  expect(readings).toEqual([]);
});

test.each([
  ["never", "const o = { retries: 2 };", "{ retry: fixed({ delay: 1, ...o }) }", { retries: 2 }],
  ["as a constant", "const o = { retries: 2 } as const;", "{ retry: fixed({ delay: 1, ...o }) }", { retries: 2 }],
  [
    "a number",
    "const o = { retries: 2 }; o.retries = 4;",
    "{ retry: fixed({ delay: 1, retries: o.retries }) }",
    { retries: "?" },
  ],
  ["a number, by ++", "const o = { n: 2 }; o.n++;", "{ retry: fixed({ delay: 1, retries: o.n }) }", { retries: "?" }],
  ["options", "const o = { retries: 2, delay: 1 }; o.retries = 4;", "{ retry: fixed(o) }", {}],
  ["a timeout", "const o = { attemptTimeout: 2 }; o.attemptTimeout = 4;", "o", { attemptTimeout: "?" }],
])("numbers that are written to are not known: %s", (_, before, config, numbers) => {
  expect(numbersOf(before, `config = ${config};`)).toEqual(numbers);
});

test.each([
  ["never", "", { attemptTimeout: 2 }],
  ["by a constructor", "constructor() { super(); this.config = { attemptTimeout: Math.random() }; }", { attemptTimeout: "?" }],
  ["in part", "constructor() { super(); this.config.attemptTimeout = Math.random(); }", { attemptTimeout: "?" }],
])("a config that is written to is not known: %s", (_, constructor, numbers) => {
  expect(numbersOf("", `config = { attemptTimeout: 2 }; ${constructor}`)).toEqual(numbers);
});

test("an array of branches that grows is refused", () => {
  const branches = "const all = [Work, Work]; all.push(Other);";
  const flow = `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: split(all, { next: S.B }) } });`;
  const { diagnostics } = read({ "a.ts": `${head}${branches}\n${flow}` });
  expect(diagnostics.map(({ message }) => message.replace(/^.* because /, ""))).toEqual(["`all` is written to"]);
});

/** The numbers of a task's config as they were read, `?` for those that are only known at run time. */
function numbersOf(before: string, members: string): Record<string, unknown> {
  const flow = `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: Timed } });`;
  const { readings } = read({ "a.ts": `${head}${before}\nclass Timed extends Work { ${members} }\n${flow}` });
  const binding = readings[0]?.bindings[0];
  if (binding?.kind !== "task" || !binding.task.config) throw new Error("no config was read");
  const { retry, attemptTimeout } = binding.task.config;
  const numbers = (retry?.options ?? []).flatMap(({ name, number: { value } }) =>
    name === "delay" ? [] : [[name, value ?? "?"]],
  );
  return Object.fromEntries([...numbers, ...(attemptTimeout ? [["attemptTimeout", attemptTimeout.value ?? "?"]] : [])]);
}
