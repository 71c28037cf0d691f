/** The watch on 100 task files: from a saved edit to the regenerated module, in a process that runs on. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { median, say, sayGoal } from "./measure.mjs";
import { layOut, ROOT, taskFile, taskSource } from "./task-project.mjs";

const TASKS = 100;
const MODULE = "line.cano.ts";

/** Measures the watch and says what came of it. */
export async function benchWatch(edits = 60) {
  const place = layOut("watch", TASKS);
  const child = spawn(process.execPath, [join(ROOT, "generator/bin/cano-gen.js"), "--watch", "--format", "json"], {
    cwd: place,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const reports = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const folder = watch(place);
  try {
    await reports.next();
    const times = { module: [], report: [] };
    for (let edit = 0; edit < edits; edit++) {
      // The last one goes to the exit anyway.
      const number = (edit * 7) % (TASKS - 1);
      const written = new Promise((seen) => folder.on("change", (_, name) => name === MODULE && seen(performance.now())));
      const start = performance.now();
      writeFileSync(join(place, taskFile(number)), taskSource(number, TASKS, true));
      times.module.push((await written) - start);
      const { value } = await reports.next();
      times.report.push(performance.now() - start);
      if (JSON.parse(value).summary.errors > 0) throw new Error(`an edit led to errors: ${value}`);
      folder.removeAllListeners("change");
    }
    const [module, report] = Object.values(times).map(median);
    say(`\nthe watch on ${TASKS} task files, ms from a save, median of ${edits} edits`);
    say(`  ${"to the module".padEnd(20)} ${module.toFixed(0).padStart(8)}`);
    say(`  ${"to the report".padEnd(20)} ${report.toFixed(0).padStart(8)}`);
    sayGoal("edit to regenerated module", module, 150, "ms");
  } finally {
    folder.close();
    child.kill("SIGINT");
    await once(child, "exit");
  }
}
