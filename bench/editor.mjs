/** The plugin of tsserver on 100 task files: from an edit to the diagnostic that it leads to, with each compiler that is supported. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { median, say, sayGoal } from "./measure.mjs";
import { layOut, taskFile, taskSource } from "./task-project.mjs";
import { TsServer } from "./tsserver.mjs";

const TASKS = 100;
const WARM_UP = 10;

/** Measures tsserver with and without the plugin and says what came of it. */
export async function benchEditor(edits = 40) {
  say(`\nthe editor on ${TASKS} task files, ms from an edit to its diagnostics, median of ${edits} edits`);
  for (const compiler of ["typescript-5.9", "typescript"]) {
    const without = await measure(compiler, {}, edits);
    const withPlugin = await measure(compiler, { plugins: [{ name: "cano-gen/plugin" }] }, edits);
    const { version } = JSON.parse(readFileSync(new URL(`../node_modules/${compiler}/package.json`, import.meta.url), "utf8"));
    say(`  TypeScript ${version} alone`.padEnd(41) + without.toFixed(0).padStart(8));
    sayGoal(`edit to diagnostic, TypeScript ${version}`, withPlugin, 100, "ms");
  }
}

async function measure(compiler, options, edits) {
  const place = layOut("editor", TASKS, options);
  const hasPlugin = "plugins" in options;
  const server = new TsServer(compiler);
  const times = [];
  try {
    for (let edit = -WARM_UP; edit < edits; edit++) {
      const number = (edit + WARM_UP) % (TASKS - 1);
      const file = join(place, taskFile(number));
      await server.write(file, taskSource(number, TASKS));
      await server.diagnostics(file);
      const broken = taskSource(number, TASKS).replace(
        "    return to(",
        '    if (input.count < 0) return JSON.parse("1") as never;\n    return to(',
      );
      const start = performance.now();
      // As editors do it: the edit is not waited for.
      server.tell("updateOpen", { openFiles: [{ file, fileContent: broken }] });
      const found = await server.diagnostics(file);
      if (found.some(({ source }) => source === "cano") !== hasPlugin)
        throw new Error(`an edit was not noticed: ${JSON.stringify(found)}`);
      if (edit >= 0) times.push(performance.now() - start);
    }
  } finally {
    await server.close();
  }
  return median(times);
}
