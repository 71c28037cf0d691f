/** The plugin in real tsservers, asked as editors ask them. What it says in detail is tested beside it. */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layOut, taskFile, taskSource } from "../../bench/task-project.mjs";
import { type Place, type ShownDiagnostic, TsServer } from "../../bench/tsserver.mjs";
import { filesOf } from "../docs/blocks.js";
import { stored } from "../lock/project.js";

const TASKS = 100;
const SMALL = fileURLToPath(new URL("../../.cano/editor/", import.meta.url));
const RENEWAL = fileURLToPath(new URL("../../fixtures/renewal/", import.meta.url));
// As the guide says it.
const { compilerOptions: PLUGINS } = JSON.parse(filesOf("docs/editor.md")["tsconfig.json"] ?? "{}") as {
  compilerOptions: object;
};

interface CodeFix {
  readonly description: string;
  readonly changes: readonly {
    readonly fileName: string;
    readonly textChanges: readonly { readonly start: Place; readonly end: Place; readonly newText: string }[];
  }[];
}

/** What the generator says, in few words. */
function ours(shown: readonly ShownDiagnostic[]): readonly string[] {
  return shown
    .filter(({ source }) => source === "cano")
    .map(({ code, start, text }) => `${code} ${start.line} ${text.split("\n")[0] ?? ""}`);
}

function placeOf(text: string, part: string): Place {
  const before = text.slice(0, text.indexOf(part) + part.length);
  return { line: before.split("\n").length, offset: before.length - before.lastIndexOf("\n") };
}

/** The text after a fix; changes are told from the last one on. */
function apply(text: string, changes: CodeFix["changes"][number]["textChanges"]): string {
  return changes
    .toSorted((a, b) => b.start.line - a.start.line || b.start.offset - a.start.offset)
    .reduce((old, { start, end, newText }) => old.slice(0, offsetOf(old, start)) + newText + old.slice(offsetOf(old, end)), text);
}

function offsetOf(text: string, { line, offset }: Place): number {
  return (
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    (line > 1 ? 1 : 0) +
    offset -
    1
  );
}

describe.each(["typescript-5.9", "typescript"])("%s", (compiler) => {
  let server: TsServer;
  let place: string;
  beforeAll(() => {
    server = new TsServer(compiler);
    place = layOut(`editor-${compiler}`, TASKS, PLUGINS);
    writeFileSync(join(place, "beside.ts"), "");
    rmSync(join(SMALL, compiler), { recursive: true, force: true });
  });
  afterAll(() => server.close());

  const at = (name: string): string => join(place, name);
  /** Another project, of files that are not open. */
  const layOutSmall = (name: string, files: Readonly<Record<string, string>>): string => {
    const folder = join(SMALL, compiler, name);
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    return folder;
  };
  const tsconfig = (plugins: object = PLUGINS): string =>
    JSON.stringify({ compilerOptions: { target: "ES2022", module: "NodeNext", strict: true, types: ["node"], ...plugins } });

  test("an edit in one of a hundred files leads to a diagnostic, and its fix removes it", async () => {
    const file = at(taskFile(99));
    const source = taskSource(99, TASKS);
    await server.write(file, source);
    expect(ours(await server.diagnostics(file))).toEqual([]);
    const broken = source.replace(
      /return to.*/,
      "if (input.count > 9) return JSON.parse(input.id) as never;\n    return Line.S100;",
    );
    await server.write(file, broken);
    const found = await server.diagnostics(file);
    expect(ours(found)).toEqual([expect.stringMatching(/^2005 12 where `Task99` goes cannot be told/)]);
    const [{ start, end, code } = { start: { line: 0, offset: 0 }, end: { line: 0, offset: 0 }, code: 0 }] = found;
    const request = { file, startLine: start.line, startOffset: start.offset, endLine: end.line, endOffset: end.offset };
    const fixes = (await server.ask("getCodeFixes", { ...request, errorCodes: [code] })) as readonly CodeFix[];
    expect(fixes.map(({ description }) => description)).toEqual(["annotate `run` with `Promise<Line>`"]);
    await server.write(file, apply(broken, fixes[0]?.changes[0]?.textChanges ?? []));
    expect(ours(await server.diagnostics(file)).filter((line) => line.startsWith("2005"))).toEqual([]);
    await server.write(file, source);
    expect(ours(await server.diagnostics(file))).toEqual([]);
  });

  test("an edit in one file is shown in another, which is fixed in a third", async () => {
    const states = readFileSync(at("states.ts"), "utf8");
    const file = at("states.ts");
    await server.write(file, states.replace("  S1 =", '  Lost = "lost",\n  S1 ='));
    const found = await server.diagnostics(file);
    expect(ours(found)).toEqual([expect.stringMatching(/^2001 3 state `Lost` has no task/)]);
    const request = { file, startLine: 3, startOffset: 3, endLine: 3, endOffset: 7, errorCodes: [2001] };
    const fixes = (await server.ask("getCodeFixes", request)) as readonly CodeFix[];
    expect(fixes.map(({ description }) => description)).toEqual([
      "bind a new task to `Lost` in `line`",
      "list `Lost` in the exits of `line`",
    ]);
    expect(fixes[1]?.changes.map(({ fileName }) => fileName)).toEqual([at("line.ts")]);
    const line = at("line.ts");
    const text = readFileSync(line, "utf8");
    await server.write(line, apply(text, fixes[1]?.changes[0]?.textChanges ?? []));
    expect(ours(await server.diagnostics(file))).toEqual([]);
    expect(ours(await server.diagnostics(line))).toEqual([expect.stringMatching(/^2008 \d+ no run can end in `Lost`/)]);
    await server.write(file, states);
    await server.write(line, text);
    expect([...ours(await server.diagnostics(file)), ...ours(await server.diagnostics(line))]).toEqual([]);
  });

  test("a hover on a state", async () => {
    const file = at("line.ts");
    const text = readFileSync(file, "utf8");
    await server.write(file, text);
    const info = (await server.ask("quickinfo", { file, ...placeOf(text, "[Line.S7") })) as { documentation: string };
    expect(info.documentation).toBe(
      ["state of the workflow `line`", "task: `Task7`", "takes: `Item`", "from: `S6`", "to: `S8`"].join("  \n"),
    );
  });

  test("a syntax error midway", async () => {
    const file = at(taskFile(3));
    const source = taskSource(3, TASKS);
    await server.write(file, source.replace("async run(", "async run("));
    await server.write(file, source.replace("return to(Line.S4, {", "return to(Line.S4, {{"));
    expect(ours(await server.diagnostics(file))).toEqual([]);
    await server.write(file, source.replace("return to(Line.S4, {", "return to(Line.S4x, {"));
    await server.write(file, source.replace("count: input.count + 1", 'count: "1"'));
    expect(ours(await server.diagnostics(file))).toEqual([expect.stringMatching(/^4\d+ /)]);
    await server.write(file, source);
    expect(ours(await server.diagnostics(file))).toEqual([]);
  });

  test("a file outside of any workflow, in the same project and in none", async () => {
    const beside = at("beside.ts");
    await server.write(beside, 'export const n: number = "a";\n');
    expect((await server.diagnostics(beside)).map(({ code }) => code)).toEqual([2322]);
    const alone = join(layOutSmall("alone", {}), "alone.ts");
    await server.write(alone, "export const n: number = 1;\n");
    expect(await server.diagnostics(alone)).toEqual([]);
  });

  test("a project without workflows", async () => {
    const folder = layOutSmall("none", { "tsconfig.json": tsconfig(), "a.ts": "" });
    await server.write(join(folder, "a.ts"), 'export const n: number = "a";\n');
    expect((await server.diagnostics(join(folder, "a.ts"))).map(({ code }) => code)).toEqual([2322]);
  });

  test("a durable workflow is compared with its lock, and nothing is written", async () => {
    const lock = readFileSync(join(RENEWAL, "expected/cano.lock.json"), "utf8");
    const folder = layOutSmall("durable", { "tsconfig.json": tsconfig(), "cano.lock.json": lock, "pong.ts": stored });
    const file = join(folder, "pong.ts");
    await server.write(file, stored);
    expect(ours(await server.diagnostics(file))).toEqual([expect.stringMatching(/^5003 /)]);
    expect(readdirSync(folder).sort()).toEqual(["cano.lock.json", "pong.ts", "tsconfig.json"]);
  });
});
