/** Projects of several configurations, as tools lay them out: one that only refers to others, projects that use each other's source, a folder with two. */

import { afterEach, expect, test } from "vitest";
import { runMain } from "../generator/src/cli/testing/run-main.js";
import { COMPILER_OPTIONS } from "./support/compiler-options.js";
import { WatchedProject } from "./watch/watched-project.js";

const states = (name: string): string => `export enum ${name} { Start = "start", Over = "over", Done = "done" }\n`;

const flow = (
  name: string,
  from: string,
  input = "string",
  more = "",
): string => `import { type Context, to, workflow } from "cano";
import { States } from "${from}";
class Start { async run(_: object, { input }: Context<${input}>) { return to(States.Over, input); } }
class Over { async run(_: object, { input }: Context<${input}>) { return to(States.Done, input); } }
export const ${name} = workflow({ states: States, initial: States.Start, exits: [States.Done], tasks: { [States.Start]: Start, [States.Over]: Over }${more} });
`;

const config = (more: object, options: object = {}): string =>
  JSON.stringify({ compilerOptions: { ...COMPILER_OPTIONS, types: [], lib: ["ES2023", "DOM"], ...options }, ...more });

const solution = (...paths: readonly string[]): string =>
  JSON.stringify({ files: [], references: paths.map((path) => ({ path })) });

let project: WatchedProject;
afterEach(() => project[Symbol.dispose]());

test("projects that refer to each other: what one declares is read from its source, which need not be built", async () => {
  const composite = { composite: true, rootDir: "src", outDir: "dist" };
  project = new WatchedProject("projects", {
    "tsconfig.json": solution("core", "app"),
    "core/tsconfig.json": config({ include: ["src"] }, composite),
    "core/src/states.ts": states("States"),
    "app/tsconfig.json": config({ include: ["src"], references: [{ path: "../core" }] }, composite),
    "app/src/flow.ts": flow("flow", "../../core/src/states.js"),
  });
  expect(await runMain("", project.path)).toEqual({ code: 0, stderr: "", stdout: "wrote app/src/flow.cano.ts\n" });
  expect(await runMain("--check --no-cache app/src/flow.ts", project.path)).toMatchObject({ code: 0 });
  expect(await project.start()).toEqual({ problems: [], written: [], changes: [] });
  // A state that nobody handles.
  project.write({ "core/src/states.ts": states("States").replace("Done =", 'Late = "late", Done =') });
  expect(await project.next()).toEqual({
    problems: ["core/src/states.ts CANO2001 state `Late` has no task and is not an exit"],
    written: [],
    changes: expect.arrayContaining(["core/src/states.ts changed"]),
  });
});

test("two projects in one folder share its lock, and each is on its own", async () => {
  const durable = ", durable: true, version: 1";
  project = new WatchedProject("projects-beside", {
    "tsconfig.json": solution("./tsconfig.app.json", "./tsconfig.node.json"),
    "tsconfig.app.json": config({ include: ["src"] }, { module: "ESNext", moduleResolution: "bundler", noEmit: true }),
    "tsconfig.node.json": config({ include: ["server.ts"] }),
    "states.ts": states("States"),
    "src/page.ts": flow("page", "../states", "string", durable),
    "server.ts": flow("serve", "./states.js", "string", durable),
  });
  const recorded = (): readonly string[] =>
    Object.keys((JSON.parse(project.read()["cano.lock.json"] ?? "{}") as { workflows?: object }).workflows ?? {});
  expect(await runMain("", project.path)).toEqual({
    code: 0,
    stderr: "",
    stdout: "wrote cano.lock.json\nwrote server.cano.ts\nwrote src/page.cano.ts\n",
  });
  expect(recorded()).toEqual(["page", "serve"]);
  const unchanged = {
    code: 0,
    stderr: "",
    stdout: "unchanged cano.lock.json\nunchanged server.cano.ts\nunchanged src/page.cano.ts\n",
  };
  expect(await runMain("", project.path)).toEqual(unchanged);
  expect(await runMain("--check --no-cache", project.path)).toEqual(unchanged);
  // Alone, the workflow of the other one is not missing.
  expect(await runMain("--no-cache -p tsconfig.node.json", project.path)).toMatchObject({ code: 0 });
  expect(await runMain("diff cano.lock.json", project.path)).toMatchObject({ code: 0, stdout: "nothing has changed\n" });
  expect(await runMain("graph server.ts", project.path)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^flowchart/) });

  // What only one of them records: the other one is as it was.
  project.write({ "server.ts": flow("serve", "./states.js", "string | number", durable) });
  expect(await runMain("", project.path)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^wrote cano\.lock\.json\n/) });
  expect(recorded()).toEqual(["page", "serve"]);

  project.remove("server.ts", "server.cano.ts");
  project.write({ "tsconfig.node.json": config({ include: ["states.ts"] }) });
  expect(await runMain("", project.path)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error CANO5003: .*`serve`/) });
});

test.each([
  ["the same", "string"],
  ["other", "number"],
])("two durable workflows of one name that store %s types, in two projects with one lock", async (_, stored) => {
  const durable = ", durable: true, version: 1";
  project = new WatchedProject("projects-held", {
    "tsconfig.json": solution("./tsconfig.app.json", "./tsconfig.node.json"),
    "tsconfig.app.json": config({ include: ["app"] }),
    "tsconfig.node.json": config({ include: ["node"] }),
    "states.ts": states("States"),
    "app/x.ts": flow("x", "../states.js", "string", durable),
    "node/y.ts": flow("x", "../states.js", stored, durable),
  });
  const refused = (file: string, holder: string): object => ({
    code: 1,
    stderr: expect.stringMatching(
      new RegExp(
        `^error CANO3023: a durable workflow of another project with the same lock is called \`x\`, too\n  --> ${file}:5:18\n` +
          `[^]*note: the workflow \`x\` is in this file\n  --> ${holder}:1:1\n[^]*\n1 error\n$`,
      ),
    ),
  });
  expect(await runMain("", project.path)).toMatchObject(refused("node/y.ts", "app/x.ts"));
  expect(Object.keys(project.read())).not.toContain("cano.lock.json");

  // Recorded by one of them alone.
  expect(await runMain("-p tsconfig.node.json", project.path)).toMatchObject({ code: 0 });
  expect(await runMain("-p tsconfig.app.json", project.path)).toMatchObject(refused("app/x.ts", "node/y.ts"));
  expect(await runMain("app/x.ts", project.path)).toMatchObject(refused("app/x.ts", "node/y.ts"));

  project.write({ "app/x.ts": flow("x", "../states.js", "string", `${durable}, name: "other"`) });
  expect(await runMain("", project.path)).toMatchObject({ code: 0 });
  expect(await runMain("--check --no-cache", project.path)).toMatchObject({ code: 0 });
});
