/**
 * The code blocks of the README and the guides, and how each is meant. `pages.test.ts` says what must hold of them:
 *
 * - A block of code whose first line names a file (`// order.ts`) is that file, in the folder of its page. A page with such blocks is a transcript:
 *   its files are written and its commands run, in the order of the page, and what a command prints is what the untagged block after it says.
 * - Any other block of code is a part of a file of a page or of a fixture, which its page links. `// …` stands for what is left out between two parts;
 *   imports need not name all that the file imports.
 * - Commands of a page that is no transcript are not run: they must be what the command lines take.
 * - `<!-- tested by tests/… -->` above a block: that test runs it. It must name the page.
 *   `<!-- all tested by tests/… -->` anywhere in a page says so of all of its blocks.
 * - `<!-- not run: why -->` above a block: it can't be.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

/** A block between fences. */
export interface Block {
  /** Its page and line, as messages have it. */
  readonly place: string;
  /** Empty for what is printed, and for pictures of text. */
  readonly language: string;
  readonly text: string;
  /** The file that it is. */
  readonly file: string | undefined;
  /** What the comment above it says. */
  readonly mark: { readonly kind: "not run" | "tested by"; readonly text: string } | undefined;
  /** Whether it stands right after a block of commands. */
  readonly isOutput: boolean;
}

/** The pages, from the root: README, those of the packages, and all guides. */
export function listPages(): readonly string[] {
  const guides = readdirSync(join(ROOT, "docs")).filter((file) => file.endsWith(".md"));
  return ["README.md", "runtime/README.md", "generator/README.md", ...guides.map((file) => `docs/${file}`)];
}

/** The blocks of a page, in order. */
export function readBlocks(page: string): readonly Block[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  const wholePage = /^<!-- all (tested by) (.*?) -->$/m.exec(text);
  const blocks: Block[] = [];
  let end = 0;
  for (const found of text.matchAll(/^```([\w-]*)\n([\s\S]*?)^```$/gm)) {
    const [whole, language = "", code = ""] = found;
    const between = text.slice(end, found.index);
    const [, kind, what = ""] = /<!-- (tested by|not run:) (.*?) -->\s*$/.exec(between) ?? wholePage ?? [];
    const previous = blocks.at(-1);
    blocks.push({
      place: `${page}:${text.slice(0, found.index).split("\n").length}`,
      language,
      text: code,
      file: language === "" ? undefined : /^\/\/ ([\w./-]+\.\w+)\n/.exec(code)?.[1],
      mark: kind === undefined ? undefined : { kind: kind === "tested by" ? kind : "not run", text: what },
      isOutput: language === "" && between.replace(/<!--.*-->/, "").trim() === "" && previous?.language === "sh",
    });
    end = found.index + whole.length;
  }
  return blocks;
}

/** The commands of a block, without what stands behind them as a comment. */
export function commandsOf(block: Block): readonly string[] {
  const lines = block.text.split("\n").map((line) => line.replace(/(^|\s+)# .*$/, "").trim());
  return lines.filter((line) => line !== "");
}

/** The files that a page has, with their texts, each with the line that names it but for JSON, which knows no comments. */
export function filesOf(page: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readBlocks(page).flatMap(({ file, text }) =>
      file === undefined ? [] : [[file, file.endsWith(".json") ? text.slice(text.indexOf("\n") + 1) : text]],
    ),
  );
}
