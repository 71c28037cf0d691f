/**
 * `npm run bench`: everything that is measured, or the parts that are named, each in a process of its own, so that none pays for what another has
 * loaded or switched on. With `--record`, the figures are written to `results.md`.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { record, say } from "./measure.mjs";

const parts = {
  transitions: async () => (await import("./transitions.mjs")).benchTransitions(),
  libraries: async () => (await import("./libraries.mjs")).benchLibraries(),
  loops: async () => (await import("./loops.mjs")).benchLoops(),
  resilience: async () => (await import("./resilience.mjs")).benchResilience(),
  splits: async () => (await import("./splits.mjs")).benchSplits(),
  observing: async () => (await import("./observing.mjs")).benchObserving(),
  stores: async () => (await import("./stores.mjs")).benchStores(),
  durable: async () => (await import("./durable.mjs")).benchDurable(),
  generator: async () => (await import("./generator.mjs")).benchGenerator(),
  watch: async () => (await import("./watch.mjs")).benchWatch(),
  editor: async () => (await import("./editor.mjs")).benchEditor(),
  scheduler: async () => (await import("./scheduler.mjs")).benchScheduler(),
};
const [ALONE, RECORD] = ["--alone", "--record"];
const typed = process.argv.slice(2);
const unknown = typed.filter((word) => !(word in parts) && word !== ALONE && word !== RECORD);
if (unknown.length > 0) throw new Error(`there is no part \`${unknown[0]}\`: ${Object.keys(parts).join(", ")}`);
const named = typed.filter((word) => word in parts);

if (typed.includes(ALONE)) for (const name of named) await parts[name]();
else await runAll(named.length === 0 ? Object.keys(parts) : named);

async function runAll(names) {
  say(`Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}; medians of interleaved rounds`);
  for (const name of names) {
    const words = [...process.execArgv, fileURLToPath(import.meta.url), name, ALONE];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "close");
    for await (const line of createInterface({ input: child.stdout })) say(line);
    const [code] = await ended;
    if (code !== 0) throw new Error(`\`${name}\` could not be measured`);
  }
  if (!typed.includes(RECORD)) return;
  const date = new Date().toISOString().slice(0, 10);
  const head = "# Results\n\nWritten by `npm run bench -- --record`. A shared machine: read the ratios, not the times.\n";
  writeFileSync(new URL("results.md", import.meta.url), `${head}\n${date}\n\n\`\`\`text\n${record()}\n\`\`\`\n`);
}
