/** The generator on 200 task files: cold, unchanged, and after one edit, against `tsc --noEmit` on the same files; whole processes. */

import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { median, say, sayGoal } from "./measure.mjs";
import { layOut, ROOT, taskFile } from "./task-project.mjs";

const TASKS = 200;
const GENERATOR = [join(ROOT, "generator/bin/cano-gen.js"), "-p", "."];
const TSC = [join(ROOT, "node_modules/typescript/bin/tsc"), "--noEmit", "-p", "."];

// Node 20 reads the certificates that this names whenever it starts, which takes longer than all else that a bare process does.
const { NODE_EXTRA_CA_CERTS: _, ...ENVIRONMENT } = process.env;

/** Measures the generator and says what came of it. */
export function benchGenerator(rounds = 5) {
  const place = layOut("project", TASKS);
  const times = { bare: [], tsc: [], cold: [], unchanged: [], edited: [] };
  for (let round = 0; round < rounds; round++) {
    times.bare.push(milliseconds(place, ["-e", "0"]));
    times.tsc.push(milliseconds(place, TSC));
    rmSync(join(place, "node_modules/.cache"), { recursive: true, force: true });
    times.cold.push(milliseconds(place, GENERATOR));
    times.unchanged.push(milliseconds(place, GENERATOR));
    edit(place, round);
    times.edited.push(milliseconds(place, GENERATOR));
  }
  const [bare, tsc, cold, unchanged, edited] = Object.values(times).map(median);
  say(`\nthe generator on ${TASKS} task files, ms, whole processes (a bare \`node -e 0\` takes ${bare.toFixed(0)})`);
  for (const [name, time] of Object.entries({ "tsc --noEmit": tsc, cold, unchanged, "after one edit": edited }))
    say(`  ${name.padEnd(20)} ${time.toFixed(0).padStart(8)}`);
  sayGoal("cold against tsc", cold / tsc, 1.3);
  sayGoal("unchanged", unchanged, 100, "ms");
}

function milliseconds(place, parameters) {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, parameters, { cwd: place, stdio: "pipe", env: ENVIRONMENT });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function edit(place, round) {
  const file = join(place, taskFile(7));
  writeFileSync(file, readFileSync(file, "utf8").replace(/not saved.*"/, `not saved ${round}"`));
}
