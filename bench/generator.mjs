/** The generator on 200 task files: cold, unchanged, and after one edit, against `tsc --noEmit` on the same files; whole processes. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, say, sayGoal } from "./measure.mjs";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const PLACE = join(ROOT, ".cano", "bench", "project");
const TASKS = 200;
const GENERATOR = [join(ROOT, "generator/bin/cano-gen.js"), "-p", "."];
const TSC = [join(ROOT, "node_modules/typescript/bin/tsc"), "--noEmit", "-p", "."];

/** Measures the generator and says what came of it. */
export function benchGenerator(rounds = 5) {
  layOut();
  const times = { bare: [], tsc: [], cold: [], unchanged: [], edited: [] };
  for (let round = 0; round < rounds; round++) {
    times.bare.push(milliseconds(["-e", "0"]));
    times.tsc.push(milliseconds(TSC));
    rmSync(join(PLACE, "node_modules/.cache"), { recursive: true, force: true });
    times.cold.push(milliseconds(GENERATOR));
    times.unchanged.push(milliseconds(GENERATOR));
    edit(round);
    times.edited.push(milliseconds(GENERATOR));
  }
  const [bare, tsc, cold, unchanged, edited] = Object.values(times).map(median);
  say(`\nthe generator on ${TASKS} task files, ms, whole processes (a bare \`node -e 0\` takes ${bare.toFixed(0)})`);
  for (const [name, time] of Object.entries({ "tsc --noEmit": tsc, cold, unchanged, "after one edit": edited }))
    say(`  ${name.padEnd(20)} ${time.toFixed(0).padStart(8)}`);
  sayGoal("cold against tsc", cold / tsc, 1.3);
  sayGoal("unchanged", unchanged, 100, "ms");
}

function milliseconds(parameters) {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, parameters, { cwd: PLACE, stdio: "pipe" });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function layOut() {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(join(PLACE, "tasks"), { recursive: true });
  mkdirSync(join(PLACE, "node_modules"), { recursive: true });
  const options = { target: "ES2022", module: "NodeNext", strict: true, types: ["node"], skipLibCheck: true };
  writeFileSync(
    join(PLACE, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, include: ["**/*.ts"], exclude: ["**/*.cano.ts"] }),
  );
  const places = Array.from({ length: TASKS }, (_, place) => place);
  writeFileSync(
    join(PLACE, "states.ts"),
    `export enum Line {\n${[...places, TASKS].map((place) => `  S${place} = "s${place}",`).join("\n")}\n}\n`,
  );
  for (const place of places) writeFileSync(join(PLACE, `tasks/task${place}.ts`), taskSource(place));
  const imports = places.map((place) => `import { Task${place} } from "./tasks/task${place}.js";`);
  const bindings = places.map((place) => `    [Line.S${place}]: Task${place},`);
  writeFileSync(
    join(PLACE, "line.ts"),
    `import { workflow } from "cano";\nimport { Line } from "./states.js";\n${imports.join("\n")}\n\nexport const line = workflow({\n  states: Line,\n  initial: Line.S0,\n  exits: [Line.S${TASKS}],\n  tasks: {\n${bindings.join("\n")}\n  },\n});\n`,
  );
}

function taskSource(place) {
  const next =
    place + 1 < TASKS ? `to(Line.S${place + 1}, { ...input, count: input.count + 1 })` : `to(Line.S${TASKS}, input.count)`;
  return `import { type Context, type Task, to } from "cano";
import { Line } from "../states.js";

interface Item {
  readonly id: string;
  readonly count: number;
}

export class Task${place} implements Task<Line> {
  async run({ store }: { store: { save(id: string, count: number): Promise<boolean> } }, { input }: Context<Item>) {
    if (!(await store.save(input.id, input.count))) throw new Error("not saved");
    return ${next};
  }
}
`;
}

function edit(round) {
  const file = join(PLACE, "tasks/task7.ts");
  writeFileSync(file, readFileSync(file, "utf8").replace(/not saved.*"/, `not saved ${round}"`));
}
