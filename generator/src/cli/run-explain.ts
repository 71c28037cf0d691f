/** `cano-gen explain <code>`: prints what a code means, why the rule exists, and the fixture that breaks it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue, type CatalogueEntry } from "../diagnostics/catalogue/index.js";
import { packageRoot } from "../files/fingerprint.js";
import type { Io } from "./io.js";
import { findNearest } from "../slips.js";

/** An example as `scripts/pack-explanations.mjs` packs it. */
export interface Explanation {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly diagnostics: string;
}

/** Looks up the example of a code; undefined when it has none. */
export type FindExplanation = (code: string) => Explanation | undefined;

/** Carries out the command; returns the exit code. */
export function runExplain(typed: string, io: Io, find: FindExplanation = findPacked): number {
  const code = normalizeCode(typed);
  const entry = catalogue.find((candidate) => candidate.code === code);
  if (entry) {
    io.stdout(renderExplanation(entry, find(code)));
    return 0;
  }
  const nearest =
    findNearest(
      code,
      catalogue.map((candidate) => candidate.code),
    ) ??
    catalogue[0]?.code ??
    "";
  io.stderr(`cano-gen: unknown code \`${typed}\`: did you mean \`${nearest}\`?\n`);
  return 2;
}

/** `2001` and `cano2001` are meant as CANO2001. */
function normalizeCode(typed: string): string {
  return /^\d+$/.test(typed) ? `CANO${typed}` : typed.toUpperCase();
}

function renderExplanation({ code, severity, title, reason }: CatalogueEntry, explanation: Explanation | undefined): string {
  const blocks = [`${severity} ${code}: ${title}`, wrap(reason, 80)];
  if (explanation) {
    blocks.push(
      "For example:",
      ...explanation.files.map(({ name, text }) => `// ${name}\n${text.trimEnd()}`),
      explanation.diagnostics.trimEnd(),
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

function findPacked(code: string): Explanation | undefined {
  try {
    const packed: unknown = JSON.parse(readFileSync(join(packageRoot, "dist", "explanations.json"), "utf8"));
    // Written by this package's own build.
    return (packed as Record<string, Explanation | undefined>)[code];
  } catch {
    return undefined;
  }
}
