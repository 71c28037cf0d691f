/** The transformer in a real `tspc` where modules are used by other workflows, by other projects, or by nobody, and where its entry is wrong. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import { COMPILER_OPTIONS } from "../support/compiler-options.js";

const PLACE = fileURLToPath(new URL("../../.cano/tspc-build/", import.meta.url));
const TSPC = fileURLToPath(new URL("../../node_modules/ts-patch/bin/tspc.js", import.meta.url));

const job = `import { type Context, to, workflow } from "cano";
import { Job } from "./states.js";
class Load { async run() { return to(Job.Send, { size: 1 }); } }
class Send { async run(_: unknown, { input }: Context<{ readonly size: number }>) { return to(Job.Done, input.size); } }
export const job = workflow({ states: Job, initial: Job.Load, exits: [Job.Done], tasks: { [Job.Load]: Load, [Job.Send]: Send }, durable: true, version: 1 });
`;
const outer = `import { type Context, type Task, to, workflow } from "cano";
import type { createJob } from "../../core/src/job.cano.js";
export enum Outer { Run = "run", Done = "done" }
export class Run implements Task<Outer> {
  async run({ jobs }: { jobs: ReturnType<typeof createJob> }, { runId }: Context) {
    const { output } = await jobs.orchestrate({ runId });
    return to(Outer.Done, output.toFixed());
  }
}
export const outer = workflow({ states: Outer, initial: Outer.Run, exits: [Outer.Done], tasks: { [Outer.Run]: Run } });
`;
const sources = {
  "core/src/states.ts": 'export enum Job { Load = "load", Send = "send", Done = "done" }\n',
  "core/src/job.ts": job,
  "app/src/outer.ts": outer,
};

const at = (name: string): string => join(PLACE, name);
function write(name: string, text: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}

const plugins = [{ transform: "cano-gen/transformer", transformProgram: true }];
const optionsWith = (more: object): object => ({ ...COMPILER_OPTIONS, declaration: true, plugins, ...more });

function tspc(...typed: readonly string[]): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TSPC, ...typed], { cwd: PLACE, encoding: "utf8" });
  return { code: status, said: stdout + stderr };
}

beforeEach(() => {
  rmSync(PLACE, { recursive: true, force: true });
  write("package.json", '{ "type": "module" }');
  for (const [name, text] of Object.entries(sources)) write(name, text);
  const compilerOptions = optionsWith({ composite: true, rootDir: "src", outDir: "dist" });
  write("core/tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
  write("app/tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"], references: [{ path: "../core" }] }));
  write("tsconfig.json", JSON.stringify({ files: [], references: [{ path: "core" }, { path: "app" }] }));
  write("one.json", JSON.stringify({ compilerOptions: optionsWith({ rootDir: ".", outDir: "dist" }), include: ["*/src"] }));
});

test("a project uses a module of another one that was not there when the build began", () => {
  expect(tspc("-b")).toEqual({ code: 0, said: "" });
  expect(existsSync(at("core/src/job.cano.js"))).toBe(false);
  expect(existsSync(at("core/dist/job.cano.js"))).toBe(true);
  expect(existsSync(at("app/dist/outer.cano.js"))).toBe(true);
  const { code, said } = tspc("-b", "--verbose");
  expect(code).toBe(0);
  expect(said).not.toContain("out of date");
});

test("what is wrong is said by every build until it is mended", () => {
  expect(tspc("-b").code).toBe(0);
  write("core/src/states.ts", sources["core/src/states.ts"].replace("Done =", 'Lost = "lost", Done ='));
  const first = tspc("-b");
  expect(first).toMatchObject({ code: 2, said: expect.stringContaining("CANO2001: state `Lost` has no task") });
  expect(tspc("-b")).toEqual(first);
  write("core/src/states.ts", sources["core/src/states.ts"]);
  expect(tspc("-b")).toEqual({ code: 0, said: "" });
});

test("a workflow that runs another one, of which there is no module yet, in one project", () => {
  expect(tspc("-p", "one.json")).toEqual({ code: 0, said: "" });
  write("core/src/job.ts", job.replace("input.size)", "`${input.size}`)").replace("version: 1", "version: 2"));
  expect(tspc("-p", "one.json")).toMatchObject({
    code: 2,
    said: expect.stringMatching(/^app\/src\/outer\.ts\(7,34\): error TS2551/),
  });
});

test("a module that nothing imports is compiled when it is written", () => {
  rmSync(at("app"), { recursive: true });
  expect(tspc("-p", "one.json")).toEqual({ code: 0, said: "" });
  expect(readFileSync(at("dist/core/src/job.cano.js"), "utf8")).toContain("createJob");
});

test.each([
  [{ outdir: "made" }, "the transformer of cano-gen has no option `outdir`, only `outDir`"],
  [{ outDir: "" }, "the option `outDir` of cano-gen's transformer must be a path"],
  [{ outDir: null }, "the option `outDir` of cano-gen's transformer must be a path"],
])("an entry with %j is refused, and nothing is written", (more, problem) => {
  const compilerOptions = optionsWith({ rootDir: ".", plugins: [{ name: "cano-gen/plugin", ...plugins[0], ...more }] });
  write("one.json", JSON.stringify({ compilerOptions, include: ["*/src"] }));
  const { code, said } = tspc("-p", "one.json", "--noEmit");
  // The modules are not there, which is no matter of its own.
  expect([code, said]).toEqual([
    2,
    `error TS6003: CANO6003: \`one.json\` is not valid: ${problem}\nhelp: mend the entry of \`cano-gen/transformer\` in \`plugins\`\n`,
  ]);
  expect(existsSync(at("core/src/job.cano.ts"))).toBe(false);
});

test.each([
  [
    "leaves `transformProgram` out",
    { transform: "cano-gen/transformer" },
    '`cano-gen/transformer` in `plugins` needs `"transformProgram": true`',
  ],
  [
    "is the editor's",
    { transform: "cano-gen/plugin", transformProgram: true },
    "what a compiler has as `transform` is `cano-gen/transformer`",
  ],
])("an entry that %s is told so", (_, entry, said) => {
  write("one.json", JSON.stringify({ compilerOptions: optionsWith({ plugins: [entry] }) }));
  expect(tspc("-p", "one.json").said).toContain(said);
});
