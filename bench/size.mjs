/** `npm run bench:size`: what a generated module and all that it imports from `cano` weigh, minified and gzipped. Needs a build. */

import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { layOutFixture } from "./machines.mjs";

const GOAL = 2_048;
// The plain machine is the one of the goal; the others show what features add.
const FIXTURES = ["one-state", "two-initial-states", "all-synchronous", "retry-and-timeouts", "split-quorum", "order"];
const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** The chunks of a bundle: what is loaded at once, and what a watched run loads. */
function bundle(entry, external) {
  const { outputFiles, metafile } = buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    outdir: join(ROOT, ".cano/size"),
    write: false,
    metafile: true,
    external,
  });
  const onDemand = new Set(
    Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ kind }) => kind === "dynamic-import").map(({ path }) => basename(path)),
    ),
  );
  const weigh = (files) => files.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  const isLater = ({ path }) => onDemand.has(basename(path));
  return { once: weigh(outputFiles.filter((file) => !isLater(file))), later: weigh(outputFiles.filter(isLater)) };
}

console.log("bytes, minified and gzipped       module + cano   with a watched run   with what the user's module imports");
for (const fixture of FIXTURES.filter((name) => readdirSync(join(ROOT, "fixtures")).includes(name))) {
  const entry = layOutFixture(fixture);
  const source = `./${basename(entry).replace(".cano.ts", ".js")}`;
  const alone = bundle(entry, [source]);
  const whole = bundle(entry, []);
  const row = [
    fixture.padEnd(32),
    String(alone.once).padStart(14),
    String(alone.once + alone.later).padStart(20),
    String(whole.once).padStart(24),
  ];
  console.log(row.join(""));
  if (fixture === "one-state") {
    console.log(`  goal: the plain machine under ${GOAL} bytes: ${alone.once < GOAL ? "met" : "missed"}`);
    if (alone.once >= GOAL) process.exitCode = 1;
  }
}
