/** Every code block of the README and the guides is compiled, every command is run or at least one that there is, and the README leads to every guide. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { parseArguments as parseGenerator } from "../../generator/src/cli/parse-arguments.js";
import { parseArguments as parseRuntime } from "../../runtime/src/cli/parse-arguments.js";
import { PEERS } from "../../runtime/src/peers.js";
import { type Ended, runShell } from "../support/packed.js";
import { type Block, commandsOf, listPages, readBlocks, ROOT } from "./blocks.js";
import { follow } from "./transcript.js";

const pages = listPages().map((page) => ({ page, blocks: readBlocks(page) }));
const all = pages.flatMap(({ blocks }) => blocks);
const isTranscript = (blocks: readonly Block[]): boolean =>
  blocks.some(({ file, mark }) => file !== undefined && mark === undefined);
const places = (blocks: readonly Block[]): readonly string[] => blocks.map(({ place }) => place);

const files = all.flatMap(({ file, text }) => (file === undefined ? [] : [text]));
const fixtures = readdirSync(join(ROOT, "fixtures"), { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(ts|txt|json)$/.test(file))
  .map((file) => ({ file: `fixtures/${file}`, text: readFileSync(join(ROOT, "fixtures", file), "utf8") }));
const sources = [...fixtures.map(({ text }) => text), ...files];

test("blocks of code are files of their page, or parts of one, or of a fixture's that the page links", () => {
  expect(all.length).toBeGreaterThan(0);
  for (const { page, blocks } of pages) {
    const alone = blocks.filter(
      ({ mark, file, language }) => mark === undefined && file === undefined && /^(ts|js|json|jsonc)$/.test(language),
    );
    const text = readFileSync(join(ROOT, page), "utf8");
    const linked = fixtures.filter(({ file }) => text.includes(`](../${file})`));
    const from = [...linked.map((fixture) => fixture.text), ...files];
    expect(places(alone.filter((block) => !from.some((source) => isPartOf(source, block.text))))).toEqual([]);
  }
});

/** Whether `source` has all of a block, in which `// …` stands for what is left out, and imports name some of what `source` imports. */
function isPartOf(source: string, block: string): boolean {
  const imported = importsOf(source);
  const parts = block.replaceAll(IMPORTS, "").split(/^ *\/\/ …\n/m);
  return importsOf(block).every((name) => imported.includes(name)) && parts.every((part) => source.includes(part.trimStart()));
}

const IMPORTS = /^import (type )?\{([^}]*)\} from ("[^"]+");\n/gm;

/** The names that a text imports, each with its module. */
function importsOf(text: string): readonly string[] {
  return [...text.matchAll(IMPORTS)].flatMap(([, , names = "", from = ""]) =>
    names
      .split(",")
      .map((name) => name.trim().replace(/^type /, ""))
      .filter((name) => name !== "")
      .map((name) => `${name} from ${from}`),
  );
}

test("what is printed is printed by a command, or recorded with a fixture", () => {
  const texts = all.filter(({ language, mark, isOutput }) => language === "" && mark === undefined && !isOutput);
  expect(places(texts.filter(({ text }) => !sources.some((source) => source.includes(text))))).toEqual([]);
  const unfollowed = pages.filter(({ blocks }) => !isTranscript(blocks)).flatMap(({ blocks }) => blocks);
  expect(places(unfollowed.filter(({ isOutput, mark }) => isOutput && mark === undefined))).toEqual([]);
});

test("no other languages are used, unless a test of its own knows them", () => {
  const known = ["", "ts", "js", "json", "jsonc", "sh", "mermaid"];
  expect(places(all.filter(({ language, mark }) => mark === undefined && !known.includes(language)))).toEqual([]);
});

test("what is said to be tested elsewhere is tested there", () => {
  for (const { place, mark } of all) {
    if (mark?.kind !== "tested by") continue;
    const path = join(ROOT, mark.text);
    expect([place, existsSync(path) && readFileSync(path, "utf8").includes(basename(place.split(":")[0] ?? ""))]).toEqual([
      place,
      true,
    ]);
  }
});

test("commands are ones that there are", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const tarballs = ["runtime", "generator"].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as Readonly<
      Record<string, string>
    >;
    return `../${name}-${version}.tgz`;
  });
  const packages = ["typescript", "@types/node", "@opentelemetry/api", "pino", ...Object.values(PEERS).map(({ name }) => name)];
  const known = new Set([...packages, ...tarballs]);

  function check(command: string): void {
    const [program = "", ...words] = split(command);
    if (program === "npx") return check(command.replace(/^npx /, ""));
    if (program === "cano-gen") return expect(parseGenerator(words), command).not.toMatchObject({ kind: "usage-error" });
    if (program === "cano") return void parseRuntime(words, {});
    if (program === "npm" && words[0] === "run") return expect(Object.keys(scripts), command).toContain(words[1]);
    if (program === "npm" && words[0] === "install") {
      const names = words.slice(1).filter((word) => !word.startsWith("-"));
      return expect(
        names.filter((name) => !known.has(name.replace(/(?<=.)@[\d.]+$/, ""))),
        command,
      ).toEqual([]);
    }
    expect(command).toMatch(
      /^(npm (ci|test|init -y|pkg set \S+|pack --workspaces --pack-destination \.\.)|tsc|node [\w./ =-]+|vitest run [\w./-]*|git show \S+|git clone \S+|cd \S+)$/,
    );
  }

  for (const block of all.filter(({ language, mark }) => language === "sh" && mark === undefined)) {
    for (const command of commandsOf(block)) command.split(" && ").forEach((each) => check(each.replace(/ [|>] .*$/, "")));
  }
});

// A page is generated and compiled in a few seconds, on a busy machine in a minute or two.
const PATIENCE = 600_000;

test.each(pages.filter(({ page, blocks }) => page !== "README.md" && isTranscript(blocks)))(
  "$page is followed",
  ({ page, blocks }) => {
    const path = join(ROOT, ".cano", "docs", basename(page, ".md"));
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    const write = (files: Readonly<Record<string, string>>): void => {
      for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
    };
    write({ "package.json": '{ "type": "module" }' });
    if (!blocks.some(({ file }) => file === "tsconfig.json"))
      write({ "tsconfig.json": JSON.stringify({ ...START, include: ["*.ts"] }) });
    const shell = (command: string): Ended =>
      runShell(
        command.replaceAll(/\bnpx ([\w-]+)/g, (_, name: string) => `node ${PROGRAMS[name] ?? name}`),
        path,
      );
    follow(blocks, { write, shell });
    // A page that does not compile its files itself.
    if (blocks.some(({ file, mark }) => file?.endsWith(".ts") === true && mark === undefined) && !existsSync(join(path, "dist")))
      expect(shell("npx tsc --noEmit")).toEqual({ code: 0, stdout: "", stderr: "" });
  },
  PATIENCE,
);

/** The programs of pages, as the repository has them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "cano-gen": join(ROOT, "generator/bin/cano-gen.js"),
  cano: join(ROOT, "runtime/bin/cano.js"),
  tsc: join(ROOT, "node_modules/typescript/bin/tsc"),
};

/** The settings of the README's first steps, which pages go on from; that declarations hold by themselves is checked there. */
const START = {
  compilerOptions: { module: "NodeNext", target: "ES2023", types: ["node"], strict: true, skipLibCheck: true, outDir: "dist" },
};

test("the README of the package names every door", () => {
  const readme = readFileSync(join(ROOT, "runtime/README.md"), "utf8");
  const { exports } = JSON.parse(readFileSync(join(ROOT, "runtime/package.json"), "utf8")) as { exports: object };
  for (const door of Object.keys(exports)) expect(readme).toContain(`| \`cano${door.slice(1)}\` `);
});

test("the README leads to every guide, and no link into the repository leads nowhere", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  for (const page of listPages()) if (page.startsWith("docs/")) expect(readme, page).toContain(`](${page})`);
  for (const page of listPages()) {
    const text = readFileSync(join(ROOT, page), "utf8").replaceAll(/^```[\s\S]*?^```$/gm, "");
    for (const [, link = ""] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      const { protocol, href } = new URL(link, `file://${join(ROOT, page)}`);
      if (protocol === "file:") expect([page, link, existsSync(new URL(href))]).toEqual([page, link, true]);
    }
  }
});

/** The words of a command, quotes as the shell takes them. */
function split(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = ""]) => quoted ?? word);
}
