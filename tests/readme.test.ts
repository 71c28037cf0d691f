/** The README's example, taken from its text: generated, compiled and run as a new user would. The guides' code is that of the fixtures. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runMain } from "../generator/src/cli/testing/run-main.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const PLACE = join(ROOT, ".cano", "readme");
const readme = readFileSync(join(ROOT, "README.md"), "utf8");

/** Blocks of TypeScript that begin with their file's name. */
const blocks = [...readme.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file = "", text = ""]) => ({ file, text }));

test("the example generates, compiles and prints what it says", () => {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  expect(blocks.map(({ file }) => file)).toEqual(["greeting.ts", "main.ts"]);
  for (const { file, text } of blocks) writeFileSync(join(PLACE, file), text);
  const options = {
    target: "ES2022",
    lib: ["ES2023", "ESNext.Disposable"],
    module: "NodeNext",
    strict: true,
    types: ["node"],
    outDir: "out",
  };
  writeFileSync(join(PLACE, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
  writeFileSync(join(PLACE, "package.json"), JSON.stringify({ type: "module" }));
  const run = (script: string, ...parameters: string[]): string =>
    execFileSync(process.execPath, [script, ...parameters], { cwd: PLACE, encoding: "utf8" });
  expect(run(join(ROOT, "generator/bin/cano-gen.js"), "greeting.ts")).toBe("wrote greeting.cano.ts\n");
  run(join(ROOT, "node_modules/typescript/bin/tsc"), "-p", ".");
  const promised = /console\.log\(.*\); \/\/ (.*)/.exec(readme)?.[1];
  expect(promised).toBeDefined();
  expect(run("out/main.js")).toBe(`${promised}\n`);
});

test("the diagnostic that it shows is the one that is printed", () => {
  const [, shown = "nothing"] = /```\n(error CANO[\s\S]*?)```/.exec(readme) ?? [];
  const greeting = blocks.find(({ file }) => file === "greeting.ts")?.text ?? "";
  writeFileSync(join(PLACE, "greeting.ts"), greeting.replace('Refused = "refused",\n', '$&  Refunded = "refunded",\n'));
  let printed = "";
  try {
    execFileSync(process.execPath, [join(ROOT, "generator/bin/cano-gen.js"), "--no-cache", "greeting.ts"], {
      cwd: PLACE,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    printed = String((error as { stderr?: unknown }).stderr);
  }
  expect(printed).toContain(shown);
});

test("what the guides show is a part of a fixture, which is generated, compiled and run", () => {
  expect(shownInGuides("ts").length).toBeGreaterThan(0);
  expect(shownInGuides("ts").filter((text) => !inFixtures(/input\/.*\.ts$/, text))).toEqual([]);
  expect(shownInGuides("json").filter((text) => !inFixtures(/expected\/cano\.lock\.json$/, text))).toEqual([]);
});

test("what the guide to change over time shows of `cano-gen diff` is what it prints", async () => {
  const [, shown = "nothing"] = /```\n(renewal\n[\s\S]*?)```/.exec(readGuide("change-over-time.md")) ?? [];
  const { code, stdout } = await runMain("diff input/cano.lock.json expected/cano.lock.json", join(ROOT, "fixtures/renewal"));
  expect([code, stdout.slice(0, shown.length)]).toEqual([0, shown]);
});

test("what the guide to the scheduler shows of `cano-gen explain-cron` is what it prints", async () => {
  const [, expression = "", options = "", shown = "nothing"] =
    /cano-gen explain-cron "([^"]+)" (.*)\n```\n\n```\n([\s\S]*?)```/.exec(readGuide("scheduler.md")) ?? [];
  const { code, stdout } = await runMain(["explain-cron", expression, ...options.split(" ")], ROOT);
  expect([code, stdout]).toEqual([0, shown]);
});

function readGuide(file: string): string {
  return readFileSync(join(ROOT, "docs", file), "utf8");
}

/** The code blocks of the guides that are in a language; those that begin with a file's name are run by tests of their own. */
function shownInGuides(language: string): readonly string[] {
  const block = new RegExp(`\`\`\`${language}\\n(?!// \\S+\\n)([\\s\\S]*?)\`\`\``, "g");
  return readdirSync(join(ROOT, "docs"))
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) => [...readGuide(file).matchAll(block)].map(([, text = ""]) => text));
}

function inFixtures(files: RegExp, text: string): boolean {
  return readdirSync(join(ROOT, "fixtures"), { recursive: true, encoding: "utf8" })
    .filter((file) => files.test(file))
    .some((file) => readFileSync(join(ROOT, "fixtures", file), "utf8").includes(text));
}
