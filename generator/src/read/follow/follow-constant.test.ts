/** What stands for a value that is at hand: constants, imports, destructured and static ones, and why anything else is refused. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

const HEAD = `import { workflow } from "cano";
export enum S { A = "a", B = "b" }
declare const cond: boolean;
class Work { async run() { return S.B; } }
class Other { async run() { return S.B; } }
const all = { Work, Other };
`;

const others = {
  "other.ts": `import { S } from "./a.js";
declare const cond: boolean;
class Work { async run() { return S.B; } }
export const W = Work;
export const either = cond ? Work : class extends Work {};
export default Work;`,
};

test.each<[why: string, binding: string, before?: string]>([
  ["followed", "(Work)"],
  ["followed", "Work!"],
  ["followed", "Work satisfies typeof Work"],
  ["followed", `all["Work"]`],
  ["followed", "W", "const { Work: W } = all;"],
  ["followed", "W", `const { "Work": W } = all;`],
  ["followed", "W", "const [W] = [Work] as const;"],
  ["followed", "W", "const [, W] = [Other, Work] as const;"],
  ["followed", "Box.W", "class Box { static readonly W = Work; }"],
  ["followed", "W", `import { W } from "./other.js";`],
  ["followed", "W", `import W from "./other.js";`],
  ["followed", "other.W", `import * as other from "./other.js";`],
  ["`W` is not readonly at Box.W", "Box.W", "class Box { static W = Work; }"],
  ["it is no constant at W", "W", "let { Work: W } = all;"],
  ["`W` is no constant at W", "W", "let W = Work;"],
  ["followed", "rest.Work", "const { ...rest } = all;"],
  ["what it is taken from cannot be followed at W", "W", "declare function list(): [typeof Work]; const [W] = list();"],
  ["it is computed at W", "W", `const k = "Work"; const { [k]: W } = all;`],
  ["it is computed at all[k]", "all[k]", `const k = "Work";`],
  ["it depends on a condition at W", "W", `import { either as W } from "./other.js";`],
  ["it depends on a condition at cond ? Work : Other", "cond ? Work : Other"],
  ["it depends on a condition at (cond && Work) || Other", "(cond && Work) || Other"],
  ["it depends on a condition at all.Work ?? Other", "all.Work ?? Other"],
  ["it is a cast at Work as typeof Work", "Work as typeof Work"],
  ["the value of `W` is not at hand at W", "W", "declare const W: typeof Work;"],
  ["the value of `W` is not at hand at W", "W", "export declare const W: typeof Work;"],
])("%s: %s", (why, binding, before = "") => {
  const flow = `export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: ${binding} } });`;
  const { readings, diagnostics, at } = read({ "a.ts": `${HEAD}${before}\n${flow}`, ...others }, ["a.ts"]);
  const told = diagnostics.map(({ message, span }) => `${message.replace(/^.* because /, "")} at ${at(span)}`);
  expect(told).toEqual(why === "followed" ? [] : [why]);
  expect(readings).toHaveLength(why === "followed" ? 1 : 0);
});
