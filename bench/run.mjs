/** `npm run bench`: everything that is measured, in one run, or the parts that are named. With `--record`, the figures are written to `results.md`. */

import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { benchDurable } from "./durable.mjs";
import { benchEditor } from "./editor.mjs";
import { benchGenerator } from "./generator.mjs";
import { benchLoops } from "./loops.mjs";
import { record, say } from "./measure.mjs";
import { benchObserving } from "./observing.mjs";
import { benchResilience } from "./resilience.mjs";
import { benchScheduler } from "./scheduler.mjs";
import { benchStores } from "./stores.mjs";
import { benchTransitions } from "./transitions.mjs";
import { benchWatch } from "./watch.mjs";

const parts = {
  transitions: benchTransitions,
  loops: benchLoops,
  resilience: benchResilience,
  observing: benchObserving,
  stores: benchStores,
  durable: benchDurable,
  generator: benchGenerator,
  watch: benchWatch,
  editor: benchEditor,
  scheduler: benchScheduler,
};
const named = process.argv.slice(2).filter((name) => name in parts);

say(`Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}; medians of interleaved rounds`);
for (const [name, bench] of Object.entries(parts)) if (named.length === 0 || named.includes(name)) await bench();

if (process.argv.includes("--record")) {
  const date = new Date().toISOString().slice(0, 10);
  const head = "# Results\n\nWritten by `npm run bench -- --record`. A shared machine: read the ratios, not the times.\n";
  writeFileSync(new URL("results.md", import.meta.url), `${head}\n${date}\n\n\`\`\`text\n${record()}\n\`\`\`\n`);
}
