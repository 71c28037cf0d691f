/** Which edits of a task have its workflow's file checked again; that what is found is right either way, other tests show. */

import { expect, test } from "vitest";
import { HostedProject } from "../read/hosted-project.js";
import type { ts } from "../../typescript/index.cjs";
import { EditedProject } from "./testing/edited-project.js";

const start = {
  "flow.ts": `import { workflow } from "cano";
import { S } from "./states.js";
import { A } from "./a.js";
import { B as Second } from "./b.js";

export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: A, [S.B]: Second } });
`,
  "states.ts": "export enum S { A = 'a', B = 'b', C = 'c' }\nexport enum Other { A = 'a', B = 'b', C = 'c' }\n",
  "next.ts": 'import { S } from "./states.js";\nexport const next = () => S.B;\n',
  "a.ts": `import type { Task } from "cano";
import { next } from "./next.js";
import type { Other, S } from "./states.js";
export class A implements Task<S> { async run() { return next(); } }
export type { Other };
`,
  "b.ts": `import { to, type Task } from "cano";
import { S } from "./states.js";
export class B implements Task<S> { async run() { return to(S.C, 1); } }
`,
};

/** The workflow's file as it was checked the last time. */
class Checked {
  readonly project = new EditedProject(start);
  private readonly hosted = new HostedProject(false);

  get found(): readonly ts.Diagnostic[] {
    const program = this.project.service.getProgram();
    const file = program?.getSourceFile(this.project.path("flow.ts"));
    if (!program || !file) throw new Error("there is no program");
    return this.hosted.take(program).diagnosticsOf(file);
  }
}

type Edit = readonly [name: keyof typeof start, from: string, to: string];

test.each<{ what: string; before?: readonly Edit[]; edits: readonly Edit[] }>([
  { what: "a task goes elsewhere", edits: [["b.ts", "to(S.C, 1)", "S.A"]] },
  { what: "what a task imports is another", edits: [["next.ts", "=> S.B", "=> (Math.random() > 0.5 ? S.B : S.C)"]] },
  { what: "a task has an error, which is told where it stands", edits: [["b.ts", "to(S.C, 1)", "1"]] },
  {
    what: "two tasks are others",
    edits: [
      ["b.ts", "1", "2"],
      ["a.ts", "run()", "run(_: object)"],
    ],
  },
  {
    what: "what a function does that says what it returns",
    before: [
      ["next.ts", "export", "export function wait(): number { return 1; }\nexport"],
      ["flow.ts", "export", 'import { wait } from "./next.js";\nexport const flowWait = wait();\nexport'],
    ],
    edits: [["next.ts", "return 1", "if (Math.random() > 0.5) return 2;\n  return 1"]],
  },
])("not checked again: $what", ({ before = [], edits }) => {
  const checked = new Checked();
  for (const edit of before) checked.project.replace(...edit);
  const { found } = checked;
  expect(found).toEqual([]);
  for (const edit of edits) checked.project.replace(...edit);
  expect(checked.found).toBe(found);
});

test.each<{ what: string; before?: readonly Edit[]; edits: readonly Edit[] }>([
  { what: "the file itself is another", edits: [["flow.ts", "export", "export const n = 1;\nexport"]] },
  {
    what: "what a function does that does not say what it returns",
    before: [
      ["next.ts", "export", "export function wait() { return 1; }\nexport"],
      ["flow.ts", "export", 'import { wait } from "./next.js";\nexport const flowWait: number = wait();\nexport'],
    ],
    edits: [["next.ts", "return 1", "if (Math.random() > 0.5) return 2;\n  return 1"]],
  },
  {
    what: "what a constructor does",
    before: [
      ["next.ts", "export", "export class Wait { time; constructor() { this.time = 1; } }\nexport"],
      ["flow.ts", "export", 'import { Wait } from "./next.js";\nexport const flowWait: number = new Wait().time;\nexport'],
    ],
    edits: [["next.ts", "this.time = 1", "this.time = 2"]],
  },
  {
    what: "what a function says that it returns",
    before: [
      ["next.ts", "export", "export function wait(): number { return 1; }\nexport"],
      ["flow.ts", "export", 'import { wait } from "./next.js";\nexport const flowWait: number = wait();\nexport'],
    ],
    edits: [["next.ts", "): number", "): 1"]],
  },
  { what: "the states are others", edits: [["states.ts", "C = 'c'", "C = 'd'"]] },
  { what: "a class that does not say what it is", edits: [["b.ts", " implements Task<S>", ""]] },
  { what: "a class that says something else", edits: [["b.ts", "implements Task<S>", "implements Task<S.A | S.C>"]] },
  { what: "other states", edits: [["a.ts", "Task<S>", "Task<Other>"]] },
  { what: "a class that inherits", edits: [["b.ts", "class B", "class Base {}\nexport class B extends Base"]] },
  { what: "a class with a constructor", edits: [["b.ts", "async run", "constructor() {}\n  async run"]] },
  { what: "a class with type parameters", edits: [["b.ts", "class B", "class B<T = 1>"]] },
  { what: "an abstract class", edits: [["b.ts", "class B", "abstract class B"]] },
  {
    what: "a class with more than one declaration",
    edits: [["b.ts", "export class B", "export interface B { n?: 1 }\nexport class B"]],
  },
  { what: "a class that is exported as a type only", edits: [["b.ts", "export class B", "export type { B };\nclass B"]] },
  { what: "a silenced compiler", edits: [["b.ts", "async run", "// @ts-ignore: of no use\n  async run"]] },
  { what: "a class that is not there", edits: [["b.ts", "class B", "class Bee"]] },
  {
    what: "a compiler that is silenced in the workflow's file",
    before: [["flow.ts", "export", "// @ts-ignore: of no use\nexport"]],
    edits: [["b.ts", "1", "2"]],
  },
  {
    what: "a class that is not used, and gone",
    before: [
      ["a.ts", "export type { Other };", "export class Spare {}"],
      ["flow.ts", "{ A }", "{ A, Spare }"],
    ],
    edits: [["a.ts", "Spare", "Gone"]],
  },
  {
    what: "a class that is used otherwise, too",
    before: [["flow.ts", "export", "export const a = A;\nexport"]],
    edits: [["a.ts", "run()", "run(_: object)"]],
  },
  { what: "an instance", before: [["flow.ts", ": Second", ": new Second()"]], edits: [["b.ts", "1", "2"]] },
  {
    what: "a workflow that is used",
    before: [
      [
        "flow.ts",
        "tasks: { [S.A]: A, [S.B]: Second } });",
        "tasks: { [S.A]: A, [S.B]: Second } });\nexport const tasks = flow.tasks;",
      ],
    ],
    edits: [["b.ts", "1", "2"]],
  },
  {
    what: "options that are spread",
    before: [
      ["flow.ts", "export", 'const more = { name: "flow" };\nexport'],
      ["flow.ts", "states: S,", "states: S, ...more,"],
    ],
    edits: [["b.ts", "1", "2"]],
  },
  { what: "a workflow with a type", before: [["flow.ts", "flow =", "flow: object ="]], edits: [["b.ts", "1", "2"]] },
  {
    what: "a barrel",
    before: [
      ["next.ts", "export", 'export { B } from "./b.js";\nexport'],
      ["flow.ts", "./b.js", "./next.js"],
    ],
    edits: [["b.ts", "1", "2"]],
  },
  {
    what: "a namespace",
    before: [
      ["flow.ts", "{ B as Second }", "* as b"],
      ["flow.ts", ": Second", ": b.B"],
    ],
    edits: [["b.ts", "1", "2"]],
  },
  {
    what: "a circle",
    before: [["b.ts", "export", 'import type { flow } from "./flow.js";\nexport type Flow = typeof flow;\nexport']],
    edits: [["b.ts", "1", "2"]],
  },
])("checked again: $what", ({ before = [], edits }) => {
  const checked = new Checked();
  for (const edit of before) checked.project.replace(...edit);
  const { found } = checked;
  expect(found).toEqual([]);
  for (const edit of edits) checked.project.replace(...edit);
  expect(checked.found).not.toBe(found);
});
