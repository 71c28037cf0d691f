/** What is kept of earlier programs never shows: after an edit the same is shown as in a project that was opened just now. */

import { expect, test } from "vitest";
import { EditedProject } from "./testing/edited-project.js";

const head = 'import { type Context, to } from "cano";\nimport { S } from "./states.js";\n';

/** A chain of three tasks, each in a file of its own, with what they share in others. */
const start = {
  "flow.ts": `import { workflow } from "cano";
import { S } from "./states.js";
import { A } from "./a.js";
import { B } from "./b.js";
import { C } from "./barrel.js";
export const flow = workflow({ states: S, initial: S.A, exits: [S.D], tasks: { [S.A]: A, [S.B]: B, [S.C]: C } });
`,
  "states.ts": "export enum S { A = 'a', B = 'b', C = 'c', D = 'd' }\n",
  "item.ts": "export interface Item { readonly id: string }\n",
  "next.ts": 'import { S } from "./states.js";\nexport function next() { return S.D; }\n',
  "fail.ts": "export function fail(): void {}\n",
  "barrel.ts": 'export { C } from "./c.js";\n',
  "globals.d.ts": "interface Ambient { readonly n: number }\n",
  "other.ts": "export const other = 1;\n",
  "a.ts": `${head}import type { Item } from "./item.js";
export class A { async run(_: unknown, { input }: Context<Item>) { return to(S.B, { id: "1" }); } }
`,
  "b.ts": `${head}import { next } from "./next.js";
import type { Item } from "./item.js";
declare const ambient: Ambient;
export class B { async run(_: unknown, { input }: Context<Item>) { return input.id === "" ? next() : to(S.C, ambient.n); } }
`,
  "c.ts": `${head}import { fail } from "./fail.js";
export class C { async run(_: { store: string }, { input }: Context<number>) { if (input > 1) { fail(); return to(S.A, { id: "2" }); } return S.D; } }
`,
};

const shown = (project: EditedProject): readonly string[] =>
  Object.keys(start)
    .filter((name) => project.read(name) !== "")
    .flatMap((name) => project.shown(name).map((line) => `${name} ${line}`));

const hovered = (project: EditedProject): readonly unknown[] =>
  ["A", "B", "C", "D"].map((state) => project.hover("states.ts", ` ${state}`));

type Edit = readonly [name: keyof typeof start, from: string, to: string];

test.each<{ what: string; edits: readonly Edit[] }>([
  { what: "what a helper in another file returns", edits: [["next.ts", "return S.D", "return Math.random() > 0.5 ? S.D : S.A"]] },
  { what: "what a helper returns, to what cannot be told", edits: [["next.ts", "return S.D", "return S.D as any"]] },
  { what: "whether a helper returns at all", edits: [["fail.ts", "(): void {}", "(): never { throw 1; }"]] },
  { what: "a type that two tasks share", edits: [["item.ts", "string", "number"]] },
  { what: "what the receiver takes", edits: [["c.ts", "Context<number>", "Context<string & number>"]] },
  { what: "what another receiver takes", edits: [["b.ts", "Context<Item>", "Context<Item & { extra: 1 }>"]] },
  { what: "which class a name is re-exported for", edits: [["barrel.ts", '{ C } from "./c.js"', '{ B as C } from "./b.js"']] },
  { what: "the states", edits: [["states.ts", "D = 'd'", "D = 'd', E = 'e'"]] },
  { what: "a declaration that is everywhere", edits: [["globals.d.ts", "number", "string"]] },
  {
    what: "an augmentation in a file that nobody imports, which comes and goes",
    edits: [
      ["other.ts", "export", 'declare module "./item.js" { interface Item { readonly more: number } }\nexport'],
      ["other.ts", 'declare module "./item.js" { interface Item { readonly more: number } }\nexport', "export"],
    ],
  },
  {
    what: "a task that is broken and mended, while another is edited",
    edits: [
      ["a.ts", "async run(", "async run(("],
      ["b.ts", "to(S.C, ambient.n)", "S.A"],
      ["a.ts", "async run((", "async run("],
    ],
  },
])("$what", ({ edits }) => {
  const project = new EditedProject(start);
  expect(shown(project)).toEqual([]);
  const pictures = [JSON.stringify([shown(project), hovered(project)])];
  for (const edit of edits) {
    project.replace(...edit);
    const now = JSON.stringify([shown(project), hovered(project)]);
    const afresh = new EditedProject(Object.fromEntries(Object.keys(start).map((name) => [name, project.read(name)])));
    expect(now).toBe(JSON.stringify([shown(afresh), hovered(afresh)]));
    pictures.push(now);
  }
  // Edits that nobody could notice would prove nothing.
  expect(new Set(pictures).size).toBeGreaterThan(1);
  expect(project.logged).toEqual([]);
});

test("files that come and go", () => {
  const { "item.ts": item, ...others } = start;
  const project = new EditedProject(others);
  expect(shown(project)).toContainEqual(expect.stringMatching(/^a.ts ts 2307/));
  project.write("item.ts", item);
  expect(shown(project)).toEqual([]);
  project.remove("item.ts");
  expect(shown(project)).toContainEqual(expect.stringMatching(/^a.ts ts 2307/));
});
