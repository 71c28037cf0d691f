/** Prints random workflows of one task, which yields a next state in a random way. */

import { seededRandom } from "cano/testing";
import { BODIES } from "./bodies.js";
import { CALLS } from "./calls.js";
import { OBJECTS } from "./objects.js";
import { VARIABLES } from "./variables.js";
import { type Outside, Writer } from "./writer.js";

const GRAMMAR = { values: [...VARIABLES, ...CALLS, ...OBJECTS], bodies: BODIES };

const STATES: readonly string[] = [
  `enum S { A = "a", B = "b", C = "c", D = "d", E = "e", F = "f" }`,
  `const S = { A: "a", B: "b", C: "c", D: "d", E: "e", F: "f" } as const;`,
  "enum S { A, B, C, D, E, F }",
];

/** What the programs ask for by chance, as `drawn` has it. */
export const CHANCE = `let drawn: () => number;
export function draw(by: () => number): void { drawn = by; }
export function cond(): boolean { return drawn() < 0.5; }
export function num(n: number): number { return Math.floor(drawn() * n); }
export function idx(): 0 | 1 { return cond() ? 0 : 1; }
export function pick<const Items extends readonly unknown[]>(...all: Items): Items[number] { return all[num(all.length)]; }
`;

const HEAD = `import { to } from "cano";
import { cond, idx, num, pick } from "./chance.js";`;

/** The modules of a workflow called `program`, by their names. Its own has that name; those of the others begin with it. */
export function printProgram(program: string, seed: number): ReadonlyMap<string, string> {
  const random = seededRandom(seed);
  const states = STATES[Math.floor(random() * STATES.length)] ?? "";
  const outside: Outside = { around: [], members: [], program, modules: new Map(), isLiteral: states.startsWith("const") };
  const isAsync = random() < 0.5;
  const writer = new Writer(GRAMMAR, random, outside, { inTask: true, isAsync }, 2 + Math.floor(random() * 4));
  const body = writer.body();
  const text = `import { type To, workflow } from "cano";
type State = (typeof S)[keyof typeof S];
type Next = State | To<State, number>;
${outside.around.join("\n")}
class Work {
${outside.members.join("\n")}
${isAsync ? "async " : ""}run() { ${body} }
}
export const ${program} = workflow({ states: S, initial: S.A, exits: [S.B, S.C, S.D, S.E, S.F], tasks: { [S.A]: Work } });
`;
  const head = `${HEAD}\nimport { S } from "./${program}-states.js";\n`;
  const modules = [[program, text] as const, ...outside.modules].map(([name, lines]) => [name, `${head}${lines}`] as const);
  return new Map([[`${program}-states`, `export ${states}\n`], ...modules]);
}
