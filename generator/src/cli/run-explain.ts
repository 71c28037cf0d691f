/** `cano-gen explain <code>`: prints what a code means, why the rule exists, and the fixture that breaks it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue, type CatalogueEntry } from "../diagnostics/catalogue/index.js";
import { packageRoot } from "../files/fingerprint.js";
import { findNearest } from "../text/slips.js";
import type { Io } from "./io.js";

/** An example as `scripts/pack-explanations.mjs` packs it. */
interface Explanation {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly diagnostics: string;
}

/** Carries out the command; returns the exit code. */
export function runExplain(typed: string, io: Io): number {
  const code = normalizeCode(typed);
  const entry = catalogue.find((candidate) => candidate.code === code);
  if (entry) {
    io.stdout(renderExplanation(entry, findExample(code)));
    return 0;
  }
  const codes = catalogue.map((candidate) => candidate.code);
  const nearest = findNearest(code, codes);
  const advice = nearest === undefined ? `they go from ${codes[0]} to ${codes.at(-1)}` : `did you mean \`${nearest}\`?`;
  io.stderr(`cano-gen: unknown code \`${typed}\`: ${advice}\n`);
  return 2;
}

/** `2001` and `cano2001` are meant as CANO2001. */
function normalizeCode(typed: string): string {
  return /^\d+$/.test(typed) ? `CANO${typed}` : typed.toUpperCase();
}

function renderExplanation(
  { code, severity, title, reason, category, cure }: CatalogueEntry,
  example: Explanation | undefined,
): string {
  const blocks = [`${severity} ${code}: ${title}`, wrap(reason, 80)];
  if (category !== undefined) blocks.push(`The error's \`category\` is \`${category}\`.`);
  if (cure !== undefined) blocks.push(wrap(`help: ${cure}`, 80));
  if (example !== undefined) {
    blocks.push(
      "For example:",
      ...example.files.map(({ name, text }) => `// ${name}\n${text.trimEnd()}`),
      example.diagnostics.trimEnd(),
    );
  }
  return blocks.join("\n\n") + "\n";
}

function wrap(text: string, width: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.join("\n");
}

/** Undefined where no source text can bring the code about. */
function findExample(code: string): Explanation | undefined {
  const packed: unknown = JSON.parse(readFileSync(join(packageRoot, "dist", "explanations.json"), "utf8"));
  // Written by this package's own build.
  return (packed as Record<string, Explanation | undefined>)[code];
}
