/** What a watch keeps from pass to pass never shows: after an edit it says and writes what one says and writes that was started just now. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { WatchedProject } from "./watched-project.js";

const head = 'import { type Context, type Task, to } from "cano";\nimport { S } from "./states.js";\n';

/** Two workflows with a file for each task; the second one runs the first. */
const start: Readonly<Record<string, string>> = {
  "package.json": '{ "type": "module", "imports": { "#limit": "./limit.ts" } }',
  "flow.ts": `import { workflow } from "cano";
import { S } from "./states.js";
import { A } from "./a.js";
import { B as Second } from "./b.js";
import { C } from "./c.js";
export const flow = workflow({ states: S, initial: S.A, exits: [S.D], tasks: { [S.A]: A, [S.B]: Second, [S.C]: C } });
`,
  "states.ts": "export enum S { A = 'a', B = 'b', C = 'c', D = 'd' }\nexport enum Other { A = 'a', B = 'b' }\n",
  "item.ts": "export interface Item { readonly id: string }\n",
  "deep.ts": 'import { S } from "./states.js";\nexport function deep() { return S.D as const; }\n',
  "next.ts": 'import { deep } from "./deep.js";\nexport const next = () => deep();\n',
  "limit.ts": "export const limit = 1;\n",
  "wide.ts": 'import { S } from "./states.js";\nexport const limit: number | string = S.A;\n',
  // What `cano` exports is not looked into.
  "lib/package.json": '{ "name": "cano", "type": "module" }',
  "lib/timeout.ts": "export const timeout: number = -1;\n",
  "a.ts": `${head}import type { Item } from "./item.js";
export class A implements Task<S> {
  async run(_: unknown, { input }: Context<Item>) { return to(S.B, { id: input.id }); }
}
`,
  "b.ts": `${head}import { next } from "./next.js";
import type { Item } from "./item.js";
import { limit } from "#limit";
import { timeout } from "./lib/timeout.js";
export class B implements Task<S> {
  readonly config = { attemptTimeout: timeout };
  async run(_: unknown, { input }: Context<Item>) { return input.id === "" ? next() : to(S.C, limit); }
}
`,
  "c.ts": `${head}export class C {
  async run(_: { store: string }, { input }: Context<number>) { return to(S.D, input); }
}
`,
  "outer.ts": `import { type Task, to, workflow } from "cano";
import { createFlow } from "./flow.cano.js";
export enum Outer { Go = "go", Done = "done" }
class Go implements Task<Outer> {
  async run() { return to(Outer.Done, (await createFlow({ resources: { store: "" } }).orchestrate({ input: { id: "" } })).output); }
}
export const outer = workflow({ states: Outer, initial: Outer.Go, exits: [Outer.Done], tasks: { [Outer.Go]: Go } });
`,
  "main.ts": `import { createOuter } from "./outer.cano.js";
export const n: number | undefined = (await createOuter().orchestrate()).output;
`,
};

let watched: WatchedProject;
let before: ReturnType<WatchedProject["read"]>;
beforeAll(async () => {
  watched = new WatchedProject("memory", start);
  await watched.start();
  // The second workflow is read when the module of the first is there.
  watched.write({ "main.ts": `${start["main.ts"] ?? ""}// all modules are there\n` });
  expect((await watched.next())?.problems).toEqual([]);
  before = watched.read();
});
afterAll(() => watched[Symbol.dispose]());

/** The next pass, which must come to what the first pass of another watch comes to. */
async function passAsAfresh(): Promise<string> {
  using afresh = new WatchedProject("memory-afresh", watched.read());
  const pass = await watched.next();
  const { problems } = await afresh.start();
  const files = watched.read();
  expect({ problems: pass?.problems, files }).toEqual({ problems, files: afresh.read() });
  return show(problems, files);
}

/** What can be seen of a pass. */
function show(problems: readonly string[], files: ReturnType<WatchedProject["read"]>): string {
  return JSON.stringify([problems, Object.entries(files).filter(([name]) => name.endsWith(".cano.ts"))]);
}

/** Replaces texts in files. */
type Edit = Readonly<Record<string, readonly [from: string, to: string]>>;

const wrongConfig = ["async run(", 'readonly config = { attemptTimeout: "1" };\n  async run('] as const;

test.each<{ what: string; edits: readonly Edit[] }>([
  {
    what: "what a helper returns, two imports away",
    edits: [{ "deep.ts": ["S.D as const", "Math.random() > 0.5 ? S.D : S.A"] }],
  },
  { what: "what a helper returns, to what cannot be told", edits: [{ "deep.ts": ["S.D as const", "S.D as any"] }] },
  {
    what: "what a helper does that says what it returns",
    edits: [
      { "deep.ts": ["deep()", "deep(): S.D | S.A"] },
      { "deep.ts": ["return S.D as const", "if (S) return S.A;\n  return S.D"] },
      { "deep.ts": ["if (S)", "if (s)"] },
    ],
  },
  { what: "a type that two tasks share", edits: [{ "item.ts": ["id: string", "id: number"] }] },
  { what: "the states", edits: [{ "states.ts": ["D = 'd'", "D = 'd', E = 'e'"] }] },
  {
    what: "a workflow and a task in one pass",
    edits: [{ "flow.ts": ["exits: [S.D]", "exits: [S.D], totalTimeout: 9"], "c.ts": ["to(S.D, input)", "S.D"] }],
  },
  { what: "a module that another workflow uses", edits: [{ "c.ts": ["to(S.D, input)", "to(S.D, String(input))"] }] },
  { what: "a class that is no such task as it says", edits: [{ "a.ts": ["return to(S.B, { id: input.id })", "return 1"] }] },
  {
    what: "a class that says that it is a task over other states",
    edits: [{ "a.ts": ["Task<S>", "Task<Other>"] }, { "a.ts": ["{ S }", "{ S, Other }"] }],
  },
  { what: "a class that says nothing, and has a config that no task has", edits: [{ "c.ts": wrongConfig }] },
  { what: "the same of one that says that it is a task", edits: [{ "a.ts": wrongConfig }] },
  {
    what: "the same where the compiler is told to be silent",
    edits: [
      { "a.ts": ["export class A implements Task<S> {", "export class A implements Task<S> {\n  // @ts-expect-error: wrong"] },
      { "a.ts": wrongConfig },
    ],
  },
  {
    what: "a class that wants something when it is made",
    edits: [{ "a.ts": ["async run(", "constructor(readonly n: number) {}\n  async run("] }],
  },
  { what: "a class that is abstract", edits: [{ "a.ts": ["export class", "export abstract class"] }] },
  { what: "a class under another name", edits: [{ "b.ts": ["class B", "class Bee"] }] },
  { what: "a class that is exported as a type only", edits: [{ "b.ts": ["export class B", "export type { B };\nclass B"] }] },
  {
    what: "a class of which something else is inherited",
    edits: [{ "b.ts": ["export class B", "class Base { protected constructor() {} }\nexport class B extends Base"] }],
  },
  {
    what: "a task that depends on the type of its workflow",
    edits: [
      { "a.ts": ["export class", 'import { flow } from "./flow.js";\nexport class'] },
      { "a.ts": ["{ id: input.id }", "{ id: input.id, of: flow }"] },
    ],
  },
  {
    what: "an error that was expected, and is mended",
    edits: [
      { "c.ts": wrongConfig, "flow.ts": ["[S.C]: C", "\n// @ts-expect-error: wrong\n[S.C]: C"] },
      { "c.ts": ["export class C {", "export class C implements Task<S> {"] },
      { "c.ts": ['"1"', "1"] },
    ],
  },
  { what: "where a name in package.json leads", edits: [{ "package.json": ["./limit.ts", "./wide.ts"] }] },
  { what: "the name of a package", edits: [{ "lib/package.json": ["cano", "lib"] }] },
  {
    what: "a type, from a file that nobody imports",
    edits: [{ "wide.ts": ["export", 'declare module "./item.js" { interface Item { readonly more: number } }\nexport'] }],
  },
  {
    what: "a task that is broken and mended, while another is edited",
    edits: [
      { "a.ts": ["async run(", "async run(("] },
      { "b.ts": ["to(S.C, limit)", "S.A"] },
      { "a.ts": ["async run((", "async run("] },
    ],
  },
])("$what, and back", async ({ edits }) => {
  const pictures = new Set<string>();
  for (const edit of edits) {
    const now = watched.read();
    watched.write(
      Object.fromEntries(Object.entries(edit).map(([name, [from, to]]) => [name, now[name]?.replace(from, to) ?? ""])),
    );
    pictures.add(await passAsAfresh());
  }
  // Edits that nobody could notice would prove nothing.
  pictures.delete(show([], before));
  expect(pictures.size).toBeGreaterThan(0);
  watched.write(Object.fromEntries(Object.keys(start).map((name) => [name, before[name] ?? ""])));
  expect((await watched.next())?.problems).toEqual([]);
  expect(watched.read()).toEqual(before);
});

test("files that come, are renamed, and go", async () => {
  const { "b.ts": task = "", "flow.ts": flow = "", "item.ts": item = "" } = start;
  watched.remove("item.ts");
  await passAsAfresh();
  watched.write({ "item.ts": item });
  await passAsAfresh();
  watched.write({ "moved/b.ts": task.replaceAll('"./', '"../'), "flow.ts": flow.replace("./b.js", "./moved/b.js") });
  watched.remove("b.ts");
  await passAsAfresh();
  watched.write({ "item.d.ts": item.replace("string", "number") });
  watched.remove("item.ts");
  await passAsAfresh();
  watched.write({ "b.ts": task, "flow.ts": flow, "item.ts": item });
  watched.remove("moved/b.ts", "item.d.ts");
  await passAsAfresh();
});
