/** The same machine is the same text: in any order of classes and files, on every run, and with features that it does not use. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";
import { generate } from "../generator/src/generate.js";
import { expectedModules, FIXTURES, listFixtures, textOf } from "./support/fixtures.js";

const PLACE = fileURLToPath(new URL("../.cano/determinism/", import.meta.url));

beforeAll(() => rmSync(PLACE, { recursive: true, force: true }));

/** Writes `sources` to a folder of their own and generates from them, named in this order. */
function generateFrom(folder: string, sources: Readonly<Record<string, string>>): readonly { readonly text: string }[] {
  mkdirSync(join(PLACE, folder), { recursive: true });
  const paths = Object.entries(sources).map(([name, text]) => {
    writeFileSync(join(PLACE, folder, name), text);
    return join(PLACE, folder, name);
  });
  const { files, diagnostics } = generate({ tsconfig: undefined, files: paths, outDir: undefined });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return files.map(({ text }) => ({ text }));
}

/** The source with its classes in reverse order; everything else stays where it is. */
function withReversedClasses(text: string): string {
  const { statements } = ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest);
  const reversed = statements.filter(ts.isClassDeclaration).toReversed();
  return statements
    .map((statement) => text.slice(...rangeOf(ts.isClassDeclaration(statement) ? (reversed.shift() ?? statement) : statement)))
    .join("");
}

function rangeOf({ pos, end }: ts.Node): [number, number] {
  return [pos, end];
}

const single = listFixtures().filter(
  ({ folder, name }) =>
    expectedModules(folder).length === 1 &&
    !["cross-file", "path-aliases", "re-exports", "order", "inherited-tasks"].includes(name),
);

test.each(single)("$name with its classes in reverse order", ({ name, folder }) => {
  const [module = ""] = expectedModules(folder);
  const source = module.replace(".cano.", ".");
  const text = readFileSync(join(FIXTURES, name, "input", source), "utf8");
  const [file] = generateFrom(`classes-${name}`, { [source]: withReversedClasses(text) });
  expect(file?.text).toBe(textOf(join(folder, "expected", module)));
});

test("files in either order, and a second time", () => {
  const sources = Object.fromEntries(
    ["self-loop/input/countdown.ts", "one-state/input/hello.ts"].map((path) => [
      path.split("/").at(-1) ?? "",
      textOf(join(FIXTURES, path)),
    ]),
  );
  const forward = generateFrom("forward", sources);
  const backward = generateFrom("backward", Object.fromEntries(Object.entries(sources).toReversed()));
  expect(backward).toEqual(forward);
  expect(generateFrom("forward", sources)).toEqual(forward);
  expect(forward.length).toBe(2);
});

// Each adds something that this machine does not use.
const unused: Readonly<Record<string, (source: string) => string>> = {
  "an explicit `none`": (source) =>
    source
      .replace("  async run()", "  readonly config = { retry: none };\n\n  async run()")
      .replace("{ type Task", "{ none, type Task"),
  "an empty config": (source) => source.replace("  async run()", "  readonly config = {};\n\n  async run()"),
  "other exports and members": (source) =>
    `${source.replace("  async run()", "  readonly note = 'n';\n\n  async run()")}\nexport class Another {}\n`,
  "an unused parameter type": (source) =>
    source.replace("enum Hello", "export interface Unused {\n  readonly a: string;\n}\n\nenum Hello"),
};

test.each(Object.entries(unused))("%s leaves the text as it is", (what, edit) => {
  const source = textOf(join(FIXTURES, "one-state/input/hello.ts"));
  const edited = edit(source);
  expect(edited).not.toBe(source);
  expect(generateFrom(`unused-${what.replaceAll(/\W/g, "")}`, { "hello.ts": edited })[0]?.text).toBe(
    textOf(join(FIXTURES, "one-state/expected/hello.cano.ts")),
  );
});
