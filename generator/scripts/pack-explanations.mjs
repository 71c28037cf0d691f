/** Gathers the smallest example of each code from the fixtures into `dist/explanations.json`, which `cano-gen explain` reads. Run after `tsc`. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const fixtures = new URL("../../fixtures/", import.meta.url);
const target = new URL("../dist/explanations.json", import.meta.url);

const explanations = {};
for (const folder of readdirSync(fixtures).sort()) {
  const code = /^CANO\d{4}(?=-)/.exec(folder)?.[0];
  const expected = new URL(`${folder}/expected/diagnostics.txt`, fixtures);
  // Of several fixtures of one code, the first by name is shown.
  if (code === undefined || code in explanations || !existsSync(expected)) continue;
  const input = new URL(`${folder}/input/`, fixtures);
  const files = readdirSync(input, { recursive: true })
    // The lock says what was recorded before.
    .filter((name) => (/\.[cm]?tsx?$/.test(name) && !/\.cano\.[cm]?ts$/.test(name)) || name === "cano.lock.json")
    .sort()
    .map((name) => ({ name: name.replaceAll("\\", "/"), text: readFileSync(new URL(name, input), "utf8") }));
  explanations[code] = { files, diagnostics: readFileSync(expected, "utf8") };
}

mkdirSync(new URL(".", target), { recursive: true });
writeFileSync(target, JSON.stringify(explanations, null, 2) + "\n");
