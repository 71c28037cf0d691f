import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { generate } from "../generate.js";
import { makeTempFolder } from "../files/testing/temp-folder.js";
import { fakeGenerate } from "./testing/fake-generate.js";
import { runMain } from "./testing/run-main.js";

vi.mock("../generate.js", () => ({ generate: vi.fn<typeof generate>() }));

beforeEach(() => {
  vi.mocked(generate).mockReset().mockImplementation(fakeGenerate);
});

describe("terminal", () => {
  test("progress after a second, wiped away again", async () => {
    using folder = makeTempFolder({ "tsconfig.json": "{}", "a.ts": "workflow" });
    let time = 0;
    const now = (): number => (time += 600);
    const { stderr } = await runMain("", folder.path, { isTerminal: true, now });
    expect(stderr).toBe("\r\u001B[Kcano-gen: loading the compiler…\r\u001B[Kcano-gen: reading…\r\u001B[K");
    expect((await runMain("", folder.path, { isTerminal: true, now: () => 0 })).stderr).toBe("");
    expect((await runMain("", folder.path, { isTerminal: false, now })).stderr).toBe("");
  });

  test.each<[isTerminal: boolean, env: Record<string, string>, coloured: boolean]>([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "0" }, false],
  ])("colours: terminal %s, %o: %s", async (isTerminal, env, coloured) => {
    using folder = makeTempFolder();
    const { stderr } = await runMain("", folder.path, { isTerminal, env });
    expect(stderr.includes("\u001B[31m")).toBe(coloured);
  });
});

describe("graph", () => {
  test("draws the one workflow of a file, and writes nothing", async () => {
    using folder = makeTempFolder({ "tsconfig.json": "{}", "a.ts": "workflow" });
    mkdirSync(join(folder.path, "node_modules"));
    const before = folder.read();
    const { code, stdout, stderr } = await runMain("graph a.ts", folder.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^flowchart TD\n/);
    expect((await runMain("graph a.ts --format dot", folder.path)).stdout).toMatch(/^digraph "order" \{\n/);
    expect((await runMain("graph a.ts --format svg", folder.path)).stdout).toMatch(
      /^<svg [^]*<title>Workflow order<\/title>[^]*<\/svg>\n$/,
    );
    expect(folder.read()).toEqual(before);
  });

  test.each<[typed: string, code: number, stderr: string]>([
    ["graph a.ts", 2, "cano-gen: choose one of the workflows `order`, `refund` with `--workflow <name>`\n"],
    ["graph a.ts --workflow refund", 0, ""],
    ["graph a.ts --workflow refnd", 2, "cano-gen: no workflow `refnd` in a.ts: did you mean `refund`?\n"],
    ["graph a.ts --workflow xyzzy", 2, "cano-gen: no workflow `xyzzy` in a.ts: there is `order`, `refund`\n"],
    ["graph a.ts --format json", 0, ""],
  ])("several workflows: %s", async (typed, code, stderr) => {
    using folder = makeTempFolder({ "tsconfig.json": "{}", "a.ts": "twice" });
    expect(await runMain(typed, folder.path)).toMatchObject({ code, stderr });
  });

  test.each<[name: string, text: string, code: string]>([
    ["a workflow with an error", "workflow fail", "CANO2999"],
    ["no workflow", "none", "CANO6005"],
  ])("%s is not drawn", async (_, text, code) => {
    using folder = makeTempFolder({ "tsconfig.json": "{}", "a.ts": text });
    const { stdout, stderr, ...rest } = await runMain("graph a.ts", folder.path);
    expect({ stdout, ...rest }).toEqual({ stdout: "", code: 1 });
    expect(stderr).toContain(`error ${code}: `);
  });
});

describe("other commands", () => {
  test.each(["CANO2001", "cano2001", "2001"])("explain %s", async (typed) => {
    const { code, stdout } = await runMain(`explain ${typed}`, "/");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^error CANO2001: a state without a task that is not an exit\n\nA run that enters/);
  });

  test("explain tells of an error of the runtime what its category is, and what to do", async () => {
    const { stdout } = await runMain("explain CANO7012", "/");
    expect(stdout).toBe(
      "error CANO7012: a run cannot start in this state\n\n" +
        "Runs start in the states that the workflow declares as `initial`, because only\nfor these is it checked what they are given.\n\n" +
        "The error's `category` is `configuration`.\n\n" +
        "help: start in one of its initial states, or list the state in `initial`\n",
    );
  });

  test.each<[typed: string, stderr: string]>([
    ["explain CANO20001", "cano-gen: unknown code `CANO20001`: did you mean `CANO2001`?\n"],
    ["explain nonsense", "cano-gen: unknown code `nonsense`: they go from CANO1001 to CANO9001\n"],
    ["--chek", "cano-gen: unknown option `--chek`: did you mean `--check`?\n"],
  ])("%s is a usage error", async (typed, stderr) => {
    expect(await runMain(typed, "/")).toEqual({ code: 2, stdout: "", stderr });
  });

  test("help and version", async () => {
    expect((await runMain("--help", "/")).stdout).toContain("cano-gen [files…] [options]");
    expect((await runMain("help graph", "/")).stdout).toContain("cano-gen graph <file>");
    expect((await runMain("diff --help", "/")).stdout).toContain("cano-gen diff <old lock> <new lock>");
    expect((await runMain("--version", "/")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
