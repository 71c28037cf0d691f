/** The transformer in a real `tspc` where modules are not what the compiler takes them for: not there yet, or those of an earlier source. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runMain } from "../../generator/src/cli/testing/run-main.js";
import { COMPILER_OPTIONS } from "../support/compiler-options.js";
import { Other } from "../support/processes.js";

const TSPC = fileURLToPath(new URL("../../node_modules/ts-patch/bin/tspc.js", import.meta.url));

const mail = `import { type Context, to, workflow } from "cano";
export enum Mail { Sort = "sort", Send = "send", Done = "done" }
class Sort { run() { return to(Mail.Send, 1); } }
class Send { run(_: unknown, { input }: Context<number>) { return to(Mail.Done, input); } }
export const mail = workflow({ states: Mail, initial: Mail.Sort, exits: [Mail.Done], tasks: { [Mail.Sort]: Sort, [Mail.Send]: Send } });
`;
const main = `import { createMail } from "./mail.cano.js";
const { output } = await createMail().orchestrate({});
console.log(output.toFixed());
`;

// Near the root of the disk, where the compiler does not watch what it has not found.
let place: string;
const at = (name: string): string => join(place, name);
const write = (name: string, text: string): void => {
  writeFileSync(at(".new"), text);
  renameSync(at(".new"), at(name));
};

function layOut(more: object = {}): void {
  const plugins = [{ transform: "cano-gen/transformer", transformProgram: true }];
  const compilerOptions = { ...COMPILER_OPTIONS, outDir: "out", plugins, ...more };
  write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*.ts"] }));
}

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "cano-"));
  symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), at("node_modules"));
  write("package.json", '{ "type": "module" }');
  write("mail.ts", mail);
  write("main.ts", main);
});
afterEach(() => {
  rmSync(place, { recursive: true });
});

test("a watch goes on with a module that was not there when it began, also near the root of the disk", async () => {
  layOut({ noEmit: true });
  await using watch = new Other(TSPC, "-p", place, "--watch", "--preserveWatchOutput", "--pretty", "false");
  /** What is said until the end of the next pass. */
  const pass = async (): Promise<string> => {
    const said: string[] = [];
    while (!said.at(-1)?.includes("Found ")) said.push(await watch.line());
    return said.join("\n");
  };
  expect(await pass()).toContain("Found 0 errors");
  write("main.ts", main.replace("output.toFixed", "output.trim"));
  expect(await pass()).toMatch(/main\.ts\(3,20\): error TS2339[^]*Found 1 error/);
  write("main.ts", main);
  expect(await pass()).toContain("Found 0 errors");
});

test.each([{}, { noEmitOnError: true }])(
  "a workflow that the compiler refuses: nothing is said of its module, nor of what uses it, with %j",
  async (more) => {
    layOut(more);
    expect(await runMain("--no-cache", place)).toMatchObject({ code: 0 });
    const before = readFileSync(at("mail.cano.ts"), "utf8");
    // The module names what is gone.
    write("mail.ts", mail.replace("Send =", "Post ="));
    const { status, stdout } = spawnSync(process.execPath, [TSPC, "--pretty", "false"], { cwd: place, encoding: "utf8" });
    expect(status).not.toBe(0);
    expect(stdout).toMatch(/^mail\.ts\(3,\d+\): error TS2339: Property 'Send' does not exist/);
    expect(stdout).not.toMatch(/^(main|mail\.cano)\.ts/m);
    expect(existsSync(at("out"))).toBe(!("noEmitOnError" in more));
    expect(readFileSync(at("mail.cano.ts"), "utf8")).toBe(before);
  },
);
