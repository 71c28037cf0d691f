/** Modules whose source has moved or has no workflow any more: they stay, and every way of generating says so. */

import { afterEach, expect, test } from "vitest";
import { runMain } from "../generator/src/cli/testing/run-main.js";
import { plain as ping } from "./lock/project.js";
import { COMPILER_OPTIONS } from "./support/compiler-options.js";
import { WatchedProject } from "./watch/watched-project.js";

let project: WatchedProject;
afterEach(() => project[Symbol.dispose]());

const left = (severity: string): object =>
  expect.stringMatching(new RegExp(`^${severity} CANO6008: .* is gone\n  --> ping.cano.ts:1:1\n`));

test("a run warns, also of what it remembers, and writes; --check fails; once the module is removed all is well", async () => {
  project = new WatchedProject("left-over", { "ping.ts": ping });
  await runMain("", project.path);
  project.remove("ping.ts");
  project.write({ "deep/ping.ts": ping });
  expect(await runMain("", project.path)).toEqual({ code: 0, stdout: "wrote deep/ping.cano.ts\n", stderr: left("warning") });
  expect(await runMain("", project.path)).toEqual({ code: 0, stdout: "unchanged deep/ping.cano.ts\n", stderr: left("warning") });
  expect(await runMain("--check", project.path)).toEqual({ code: 1, stdout: "", stderr: left("error") });
  expect(await runMain("deep/ping.ts", project.path)).toMatchObject({ code: 0, stderr: "" });
  project.remove("ping.cano.ts");
  expect(await runMain("--check", project.path)).toMatchObject({ code: 0, stderr: "" });
});

test("a module that is written anew, since the source of its folder has moved, is none", async () => {
  project = new WatchedProject("left-over-out-dir", { "ping.ts": ping });
  await runMain("--out-dir gen", project.path);
  project.remove("ping.ts");
  project.write({ "deep/ping.ts": ping });
  expect(await runMain("--out-dir gen", project.path)).toEqual({ code: 0, stdout: "wrote gen/ping.cano.ts\n", stderr: "" });
  expect(await runMain("--out-dir gen --check", project.path)).toMatchObject({ code: 0, stderr: "" });
});

test("a watch warns of the module of a workflow that is taken out, until it is back", async () => {
  project = new WatchedProject("left-over-watch", { "ping.ts": ping });
  await project.start();
  project.write({ "ping.ts": "export {};\n" });
  expect((await project.next())?.problems).toEqual([
    "ping.cano.ts CANO6008 this module is left over: `ping.ts`, from which it was generated, has no workflow any more",
  ]);
  project.write({ "ping.ts": ping });
  expect(await project.next()).toMatchObject({ problems: [], written: [] });
});

test("a module of another project is no business of who imports it", async () => {
  const config = (...files: readonly string[]): string => JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files });
  project = new WatchedProject("left-over-foreign", {
    "tsconfig.json": config("main.ts", "own.ts"),
    "tsconfig.other.json": config("ping.ts"),
    "ping.ts": ping,
    "own.ts": ping,
    "main.ts": 'export * from "./ping.cano.js";\n',
  });
  await runMain("-p tsconfig.other.json", project.path);
  expect(await runMain("", project.path)).toEqual({ code: 0, stderr: "", stdout: "wrote own.cano.ts\n" });
});
