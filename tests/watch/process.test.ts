/** The watch as its users have it: a process, a disk that tells by itself, and signals. Every step waits for what the process says. */

import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plain as ping } from "../lock/project.js";
import { Other } from "../support/processes.js";
import { TSCONFIG } from "./watched-project.js";

const PLACE = fileURLToPath(new URL("../../.cano/watch/process/", import.meta.url));
const CANO_GEN = fileURLToPath(new URL("../../generator/bin/cano-gen.js", import.meta.url));

const at = (name: string): string => join(PLACE, name);
const write = (name: string, text: string): void => writeFileSync(at(name), text);
/** As editors do it: what is seen is the old file or the new one, and never half of it. */
const replace = (name: string, text: string): void => {
  write(".replacement", text);
  renameSync(at(".replacement"), at(name));
};

/** Waits for passes until all of these lines have been printed, the last one last; without times and folders. */
async function until(watch: Other, ...expected: readonly string[]): Promise<void> {
  const seen: string[] = [];
  while (seen.at(-1) !== expected.at(-1) || !expected.every((line) => seen.includes(line)))
    seen.push((await watch.line()).replace(/^[\d:]{8} /, "").replaceAll(/\S*\/process\//g, ""));
}

async function nextRun(watch: Other): Promise<number> {
  for (;;) {
    const [, pid] = /^ran (\d+)$/.exec(await watch.line()) ?? [];
    if (pid !== undefined) return Number(pid);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

beforeAll(() => {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  write("package.json", '{ "type": "module" }');
  write("tsconfig.json", TSCONFIG);
  write("ping.ts", ping);
});

let watch: Other;
beforeAll(async () => {
  watch = new Other(CANO_GEN, "--watch", "-p", PLACE);
  await until(watch, "wrote ping.cano.ts", "no errors, watching 1 file");
});
afterAll(async () => {
  await watch.kill();
});

test("an edit in place", async () => {
  write("ping.ts", ping.replaceAll("Send", "Post"));
  await until(watch, "ping.ts changed", "wrote ping.cano.ts", "no errors, watching 1 file");
});

test("a file that is put in the place of another, again and again", async () => {
  for (const name of ["Send", "Post", "Send"]) {
    replace("ping.ts", ping.replaceAll("Send", name));
    await until(watch, "ping.ts changed", "wrote ping.cano.ts", "no errors, watching 1 file");
  }
});

test("a syntax error, and its repair", async () => {
  replace("ping.ts", ping.replace("run()", "run("));
  await until(watch, "ping.ts changed", "watching 1 file");
  await watch.complains("error CANO1001: TS1005: ");
  replace("ping.ts", ping);
  await until(watch, "ping.ts changed", "no errors, watching 1 file");
});

test("a file in a new folder, renamed, and gone", async () => {
  mkdirSync(at("deep"));
  replace("deep/pong.ts", ping);
  await until(watch, "deep/pong.ts is new", "wrote deep/pong.cano.ts", "no errors, watching 2 files");
  renameSync(at("deep/pong.ts"), at("deep/pang.ts"));
  await until(watch, "wrote deep/pang.cano.ts", "no errors, watching 2 files");
  rmSync(at("deep"), { recursive: true });
  await until(watch, "no errors, watching 1 file");
});

test("another configuration", async () => {
  replace("tsconfig.json", "{");
  await until(watch, "tsconfig.json changed", "watching 1 file");
  replace("tsconfig.json", TSCONFIG);
  await until(watch, "tsconfig.json changed", "no errors, watching 1 file");
});

test("the folder of all sources, moved away and back: no module is written where its source was", async () => {
  const place = join(PLACE, "../moved");
  rmSync(place, { recursive: true, force: true });
  mkdirSync(join(place, "src"), { recursive: true });
  writeFileSync(join(place, "package.json"), '{ "type": "module" }');
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify({ ...JSON.parse(TSCONFIG), include: ["src"] }));
  writeFileSync(join(place, "src/ping.ts"), ping);
  await using watch = new Other(CANO_GEN, "--watch", "-p", place);
  await until(watch, "no errors, watching 1 file");
  renameSync(join(place, "src"), join(place, "away"));
  await until(watch, "waiting for a change");
  expect(readdirSync(place).sort()).toEqual(["away", "package.json", "tsconfig.json"]);
  renameSync(join(place, "away"), join(place, "src"));
  await until(watch, "no errors, watching 1 file");
});

test("no escape codes where nobody looks at a terminal", () => {
  expect(watch.errors).not.toContain("\u001B");
});

test("--exec runs after clean passes, one at a time; Ctrl-C ends everything and leaves nothing behind", async () => {
  write("run.mjs", "console.log(`ran ${process.pid}`); setInterval(() => undefined, 1_000);\n");
  await using watch = new Other(CANO_GEN, "-w", "-p", PLACE, "--exec", `node ${at("run.mjs")}`);
  const first = await nextRun(watch);
  expect(isRunning(first)).toBe(true);
  replace("ping.ts", ping.replace("run()", "run("));
  await until(watch, "watching 1 file");
  // What runs is from the last source without errors, and goes on.
  expect(isRunning(first)).toBe(true);
  replace("ping.ts", ping);
  const second = await nextRun(watch);
  expect([isRunning(first), isRunning(second)]).toEqual([false, true]);
  watch.signal("SIGINT");
  expect(await watch.ended).toBe(130);
  expect(isRunning(second)).toBe(false);
  expect(readdirSync(PLACE).sort()).toEqual(["package.json", "ping.cano.ts", "ping.ts", "run.mjs", "tsconfig.json"]);
});

test("a command that ends is told of, with its code", async () => {
  await using watch = new Other(CANO_GEN, "-w", "-p", PLACE, "--exec", "exit 3");
  await until(watch, "no errors, watching 1 file", "`exit 3` exited with code 3");
});

test("--format json: a report for each pass, each in a line; SIGTERM", async () => {
  await using watch = new Other(CANO_GEN, "-w", "-p", PLACE, "--format", "json", "--exec", "echo hello");
  expect(JSON.parse(await watch.line())).toMatchObject({ summary: { errors: 0 } });
  replace("ping.ts", ping.replace("run()", "run("));
  expect(JSON.parse(await watch.line())).toMatchObject({ version: 1, files: [] });
  watch.signal("SIGTERM");
  expect(await watch.ended).toBe(143);
  expect(watch.errors).toBe("hello\n");
});
