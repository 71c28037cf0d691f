/** Workflows that run each other: each is read with the others' modules as they are going to be, not as they are. */

import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runMain } from "../generator/src/cli/testing/run-main.js";
import { generate } from "../generator/src/generate.js";
import { openProject } from "../generator/src/read/open-project.js";
import { COMPILER_OPTIONS } from "./support/compiler-options.js";
import { WatchedProject } from "./watch/watched-project.js";

/** A workflow that has the exits `exits`. */
const inner = (...exits: readonly string[]): string => `import { workflow } from "cano";
export enum Inner { Go = "go", ${exits.map((exit) => `${exit} = "${exit.toLowerCase()}"`).join(", ")} }
class Go {
  async run() {
    const draw = Math.random();
${exits.map((exit, at) => `    if (draw > ${at / 10}) return Inner.${exit};`).join("\n")}
    return Inner.${exits[0]};
  }
}
export const inner = workflow({ states: Inner, initial: Inner.Go, exits: [${exits.map((exit) => `Inner.${exit}`).join(", ")}], tasks: { [Inner.Go]: Go } });
`;

/** A workflow of the name \`own\` that runs \`other\`, and has an exit for each of \`exits\`, which are those of the other. */
const around = (own: string, other: string, ...exits: readonly string[]): string => {
  const [Own, Other] = [own, other].map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  return `import { workflow } from "cano";
import { ${Other} } from "./${other}.js";
import { create${Other} } from "./${other}.cano.js";
export enum ${Own} { Go = "go", ${exits.map((exit) => `${exit} = "${exit.toLowerCase()}"`).join(", ")} }
class Go {
  async run() {
    const { state } = await create${Other}().orchestrate();
    switch (state) {
${exits.map((exit) => `      case ${Other}.${exit}: return ${Own}.${exit};`).join("\n")}
    }
  }
}
export const ${own} = workflow({ states: ${Own}, initial: ${Own}.Go, exits: [${exits.map((exit) => `${Own}.${exit}`).join(", ")}], tasks: { [${Own}.Go]: Go } });
`;
};

const chain = (...exits: readonly string[]): Record<string, string> => ({
  "inner.ts": inner(...exits),
  "middle.ts": around("middle", "inner", ...exits),
  // Read first, and changed by what is read last.
  "area.ts": around("area", "middle", ...exits),
});

const before = chain("Done", "Failed");
const after = chain("Done", "Failed", "Late");
let project: WatchedProject;

beforeAll(async () => {
  project = new WatchedProject("nested", before);
  expect(await runMain("", project.path)).toMatchObject({ code: 0 });
});
afterAll(() => project[Symbol.dispose]());

test("what no longer fits the workflow that it runs is refused before anything is written", async () => {
  const files = project.read();
  // One more exit. With the module that is there, `middle.ts` would still be right.
  project.write({ "inner.ts": inner("Done", "Failed", "Late") });
  const refused = await runMain("", project.path);
  expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^error CANO\d{4}: .*\n  --> middle.ts:/) });
  expect(project.read()).toEqual({ ...files, "inner.ts": after["inner.ts"] });
});

test("a change that goes through three workflows is written in one go, and nothing is left to write", async () => {
  project.write(after);
  expect(await runMain("--check", project.path)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^(error CANO6006: `(area|inner|middle).cano.ts` is stale\n.*\n\n){3}3 errors\n$/),
  });
  expect(await runMain("", project.path)).toEqual({
    code: 0,
    stderr: "",
    stdout: "wrote area.cano.ts\nwrote inner.cano.ts\nwrote middle.cano.ts\n",
  });
  expect(await runMain("--check --no-cache", project.path)).toMatchObject({ code: 0 });
});

test("a watch takes all sides of a change at once", async () => {
  expect((await project.start()).problems).toEqual([]);
  project.write(before);
  expect(await project.next()).toMatchObject({ problems: [], written: ["area.cano.ts", "inner.cano.ts", "middle.cano.ts"] });
});

test("a host's project, which it alone knows how to open, is read again, too", () => {
  const host = openProject({ tsconfig: join(project.path, "tsconfig.json"), files: [] });
  project.write(after);
  const changed = openProject({ tsconfig: join(project.path, "tsconfig.json"), files: [] });
  const generated = [host, changed].map((each) =>
    generate({ tsconfig: undefined, files: undefined, project: each, outDir: undefined }),
  );
  expect(generated.map(({ diagnostics }) => diagnostics)).toEqual([[], []]);
  expect(generated.map(({ files }) => files.filter(({ text }) => text.includes("Late")).length)).toEqual([0, 3]);
});

test("a project that lists its files has the modules on its list before they are there", async () => {
  const composite = JSON.stringify({ compilerOptions: { ...COMPILER_OPTIONS, composite: true }, include: ["*.ts"] });
  using other = new WatchedProject("nested-composite", { ...before, "tsconfig.json": composite });
  expect(await runMain("", other.path)).toMatchObject({ code: 0, stderr: "" });
  expect(await runMain("--check --no-cache", other.path)).toMatchObject({ code: 0 });
});

test("of a source with an error nothing is taken: what uses its other workflow is read with the module that is there", async () => {
  const twice = (exit: string): string =>
    `${inner("Done", "Failed")}export const twin = workflow({ states: Inner, initial: Inner.Go, exits: [${exit}, Inner.Failed], tasks: { [Inner.Go]: Go } });\n`;
  const user = around("user", "inner", "Done", "Failed").replaceAll("createInner", "createTwin");
  using other = new WatchedProject("nested-twice", { "inner.ts": twice("Inner.Done"), "user.ts": user });
  expect(await runMain("", other.path)).toMatchObject({ code: 0 });
  // The first one is as it was. The second one, which `user.ts` runs, is left without a way to one of its exits.
  other.write({ "inner.ts": twice("Inner.Go") });
  const refused = await runMain("", other.path);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).not.toMatch(/CANO1001|user\.ts/);
});
