/** `cano.lock.json` from the command line: where it lies, when it is written, and what is refused in its place. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runMain } from "../../generator/src/cli/testing/run-main.js";
import { LOCK_NAME as LOCK } from "../../generator/src/lock/lock.js";
import { textOf } from "../support/fixtures.js";
import { LockedProject, plain, renewal, stored } from "./project.js";

const project = new LockedProject("file");

describe("the file", () => {
  test("is written with the modules, and not again when nothing has changed", async () => {
    project.begin({ "renewal.ts": renewal, "ping.ts": plain });
    expect(await project.canoGen()).toEqual({
      code: 0,
      stdout: "wrote cano.lock.json\nwrote ping.cano.ts\nwrote renewal.cano.ts\n",
      stderr: "",
    });
    expect(JSON.parse(project.lock)).toMatchObject({
      generatedBy: "cano-gen",
      format: 1,
      workflows: { renewal: { version: 1 } },
    });
    expect(await project.canoGen()).toMatchObject({
      stdout: "unchanged cano.lock.json\nunchanged ping.cano.ts\nunchanged renewal.cano.ts\n",
    });
    expect(await project.canoGen("--check")).toMatchObject({ code: 0 });
  });

  test("is not there where nothing is stored", async () => {
    project.begin({ "ping.ts": plain });
    expect(await project.canoGen()).toMatchObject({ code: 0, stdout: "wrote ping.cano.ts\n" });
    expect(project.lock).toBe("");
  });

  test("lies beside the configuration, wherever the modules go", async () => {
    project.begin({ "renewal.ts": renewal });
    expect(await project.canoGen("-p tsconfig.json --out-dir out")).toMatchObject({
      stdout: "wrote cano.lock.json\nwrote out/renewal.cano.ts\n",
    });
  });

  test("lies in the working directory where there is no configuration", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cano-lock-"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(fileURLToPath(new URL("../../runtime", import.meta.url)), join(folder, "node_modules", "cano"));
    mkdirSync(join(folder, "jobs"));
    writeFileSync(join(folder, "jobs", "pong.ts"), stored);
    expect(await runMain("--no-cache jobs/pong.ts", folder)).toMatchObject({ code: 0 });
    expect(JSON.parse(textOf(join(folder, LOCK)))).toMatchObject({ workflows: { pong: { source: "jobs/pong.ts" } } });
    rmSync(folder, { recursive: true });
  });

  test("is listed in the report for tools", async () => {
    project.begin({ "renewal.ts": renewal });
    const { stdout } = await project.canoGen("--format json");
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        { path: LOCK, status: "created" },
        { path: "renewal.cano.ts", status: "created" },
      ],
    });
  });

  test("of somebody else is left alone, and so is all the rest", async () => {
    project.begin({ "renewal.ts": renewal, [LOCK]: '{ "mine": true }' });
    const { code, stderr } = await project.canoGen();
    expect([code, stderr]).toEqual([
      1,
      // It lies beside the configuration whatever `--out-dir` says.
      expect.stringContaining(
        "error CANO6001: `cano.lock.json` is a file that cano-gen did not write\n" +
          "help: move it away; if it was the lock, and is damaged, take that back from version control\n",
      ),
    ]);
    expect([project.lock, project.read("renewal.cano.ts")]).toEqual(['{ "mine": true }', ""]);
  });

  test("that is a folder is refused", async () => {
    project.begin({ "renewal.ts": renewal });
    mkdirSync(join(project.path, LOCK));
    expect((await project.canoGen()).stderr).toContain(
      "error CANO6001: `cano.lock.json` is a folder that cano-gen did not write",
    );
  });

  test.each([
    ["a link to itself", LOCK, "ELOOP"],
    // As a pipe is, of which nothing might ever come.
    ["a device", devNull, "it is no file"],
  ])("that cannot be read, as %s, is refused", async (_, target, why) => {
    project.begin({ "renewal.ts": renewal });
    symlinkSync(target, join(project.path, LOCK));
    expect((await project.canoGen()).stderr).toContain(
      `error CANO5004: \`cano.lock.json\` cannot be read (${why})\nhelp: make it readable`,
    );
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, 200), "is not valid JSON"],
    [
      "of a newer format",
      (text: string) => text.replace('"format": 1', '"format": 2'),
      "is of format 2, and this cano-gen knows none above 1",
    ],
  ])("that is %s is refused, and nothing is written", async (_, damage, why) => {
    project.begin({ "renewal.ts": renewal });
    await project.canoGen();
    const damaged = damage(project.lock);
    project.write({ [LOCK]: damaged, "ping.ts": plain });
    const { code, stderr } = await project.canoGen();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(new RegExp(`error CANO5004: \`cano.lock.json\` ${why}\n  --> cano.lock.json:\\d+:\\d+`)),
    ]);
    expect([project.lock, project.read("ping.cano.ts")]).toEqual([damaged, ""]);
  });

  test("is stale when a workflow has come, and missing when it is gone", async () => {
    project.begin({ "renewal.ts": renewal });
    await project.canoGen();
    project.write({ "pong.ts": stored });
    expect((await project.canoGen("--check")).stderr).toContain("error CANO6006: `cano.lock.json` is stale");
    project.remove(LOCK);
    expect((await project.canoGen("--check")).stderr).toContain("error CANO6006: `cano.lock.json` is missing");
  });

  test("keeps what is recorded of workflows that are not generated", async () => {
    project.begin({ "renewal.ts": renewal, "pong.ts": stored });
    await project.canoGen();
    const kept = project.entry("renewal");
    project.remove("renewal.ts");
    project.write({ "pong.ts": stored.replace("version: 1", "version: 2") });
    expect(await project.canoGen("pong.ts")).toMatchObject({ code: 0 });
    expect(JSON.parse(project.lock)).toMatchObject({
      workflows: { pong: { version: 2, earlier: { 1: {} } }, renewal: kept },
    });
    expect((await project.canoGen()).stderr).toContain("error CANO5003: there is no durable workflow `renewal` any more");
  });

  test("is the same whatever the order of files and classes, and with any line ends", async () => {
    project.begin({ "renewal.ts": renewal, "pong.ts": stored });
    await project.canoGen();
    const text = project.lock;
    const classes = renewal.split(/(?=^class |^export )/m);
    project.write({
      "a.ts": [classes[0], classes[3], classes[2], classes[1], classes[4]].join(""),
      "z.ts": stored,
      [LOCK]: text.replaceAll("\n", "\r\n"),
    });
    project.remove("renewal.ts", "pong.ts", "renewal.cano.ts", "pong.cano.ts");
    expect(await project.canoGen("z.ts a.ts")).toMatchObject({ code: 0 });
    expect(project.lock).toBe(text.replace('"renewal.ts"', '"a.ts"').replace('"pong.ts"', '"z.ts"'));
  });
});
