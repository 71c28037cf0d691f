/** Projects without `strictNullChecks`: what may be undefined is not proved there, which every way of generating says once. */

import { afterEach, expect, test } from "vitest";
import { runMain } from "../generator/src/cli/testing/run-main.js";
import { plain as ping } from "./lock/project.js";
import { COMPILER_OPTIONS } from "./support/compiler-options.js";
import { WatchedProject } from "./watch/watched-project.js";

let project: WatchedProject;
afterEach(() => project[Symbol.dispose]());

const MESSAGE = "the project is compiled without `strictNullChecks`, so it is not proved that nothing is `null` or `undefined`";

/** A project of two workflows with some settings besides its own. */
function projectWith(settings: object): WatchedProject {
  const compilerOptions = { ...COMPILER_OPTIONS, exactOptionalPropertyTypes: false, ...settings };
  return new WatchedProject("loose-nulls", {
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["."] }),
    "b.ts": ping,
    "a.ts": ping,
  });
}

test.each([{ strict: false }, { strictNullChecks: false }])(
  "with %j a run warns at the first workflow, also of what it remembers, and writes",
  async (settings) => {
    project = projectWith(settings);
    const warned = expect.stringMatching(/^warning CANO6009: .*\n {2}--> a\.ts:\d+:\d+\n[^]*\n1 warning\n$/);
    expect(await runMain("", project.path)).toMatchObject({ code: 0, stderr: warned });
    expect(await runMain("", project.path)).toMatchObject({ code: 0, stderr: warned });
    expect(await runMain("--check", project.path)).toMatchObject({ code: 0, stderr: warned });
  },
);

test.each([{ strict: true }, { strict: false, strictNullChecks: true }])("with %j nothing is said", async (settings) => {
  project = projectWith(settings);
  expect(await runMain("", project.path)).toMatchObject({ code: 0, stderr: "" });
});

test("a watch warns until the setting is made", async () => {
  project = projectWith({ strict: false });
  expect((await project.start()).problems).toEqual([`a.ts CANO6009 ${MESSAGE}`]);
  project.write({ "tsconfig.json": JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["."] }) });
  expect(await project.next()).toMatchObject({ problems: [] });
});

test("where no workflow is, nothing is said", async () => {
  project = projectWith({ strict: false });
  project.write({ "a.ts": "export {};\n", "b.ts": "export {};\n" });
  expect((await runMain("", project.path)).stderr).not.toContain("CANO6009");
});
