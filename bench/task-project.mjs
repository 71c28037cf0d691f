/** A project of task files in a row, one task in each, for measuring the generator on. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Makes a project of `tasks` files anew, in a folder of this name, with more compiler options if need be; returns its path. */
export function layOut(name, tasks, more = {}) {
  const place = join(ROOT, ".cano", "bench", name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(join(place, "tasks"), { recursive: true });
  mkdirSync(join(place, "node_modules"), { recursive: true });
  const options = { target: "ES2022", module: "NodeNext", strict: true, types: ["node"], skipLibCheck: true, ...more };
  writeFileSync(
    join(place, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, include: ["**/*.ts"], exclude: ["**/*.cano.ts"] }),
  );
  const numbers = Array.from({ length: tasks }, (_, number) => number);
  writeFileSync(
    join(place, "states.ts"),
    `export enum Line {\n${[...numbers, tasks].map((number) => `  S${number} = "s${number}",`).join("\n")}\n}\n`,
  );
  for (const number of numbers) writeFileSync(join(place, taskFile(number)), taskSource(number, tasks));
  const imports = numbers.map((number) => `import { Task${number} } from "./${taskFile(number).replace(".ts", ".js")}";`);
  const bindings = numbers.map((number) => `    [Line.S${number}]: Task${number},`);
  writeFileSync(
    join(place, "line.ts"),
    `import { workflow } from "cano";\nimport { Line } from "./states.js";\n${imports.join("\n")}\n\nexport const line = workflow({\n  states: Line,\n  initial: Line.S0,\n  exits: [Line.S${tasks}],\n  tasks: {\n${bindings.join("\n")}\n  },\n});\n`,
  );
  return place;
}

/** The path of a task's file in the project. */
export function taskFile(number) {
  return `tasks/task${number}.ts`;
}

/** The text of a task's file; one that is `short` may also go to the exit, so that the module is another. */
export function taskSource(number, tasks, short = false) {
  const next = number + 1 < tasks ? `to(Line.S${number + 1}, { ...input, count: input.count + 1 })` : exit(tasks);
  return `import { type Context, type Task, to } from "cano";
import { Line } from "../states.js";

interface Item {
  readonly id: string;
  readonly count: number;
}

export class Task${number} implements Task<Line> {
  async run({ store }: { store: { save(id: string, count: number): Promise<boolean> } }, { input }: Context<Item>) {
    if (!(await store.save(input.id, input.count))) throw new Error("not saved");
${short ? `    if (input.count < 0) return ${exit(tasks)};\n` : ""}    return ${next};
  }
}
`;
}

function exit(tasks) {
  return `to(Line.S${tasks}, input.count)`;
}
