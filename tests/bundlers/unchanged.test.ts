/** What has not changed costs no compiler, however often a build tool asks. */

import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { ParcelApp } from "./parcel-app.js";

const WITHOUT_COMPILER = `
import Module from "node:module";
const load = Module._load;
Module._load = function (name, ...rest) {
  if (name.startsWith("@ts-morph")) throw new Error("the compiler");
  return load.call(this, name, ...rest);
};
`;

const THREE_BUILDS = `
import cano from "cano-gen/unplugin";
import { context } from "esbuild";

const builds = await context({ entryPoints: ["src/main.ts"], bundle: true, write: false, platform: "node", format: "esm", plugins: [cano.esbuild()] });
for (let build = 0; build < 3; build++) console.log((await builds.rebuild()).outputFiles.length);
await builds.dispose();
`;

test("three builds in one process, after those of another", async () => {
  const app = new ParcelApp("unchanged");
  app.write("three.mjs", THREE_BUILDS);
  app.write("without.mjs", WITHOUT_COMPILER);
  const without = ["--import", pathToFileURL(app.at("without.mjs")).href, app.at("three.mjs")] as const;
  expect((await app.run(...without)).stderr).toContain("error CANO9001: internal error while generating: the compiler");
  // The first one adds a file to the project: what it has bundled.
  for (let build = 0; build < 2; build++) expect(await app.run(app.at("build.mjs"))).toMatchObject({ code: 0 });
  expect(await app.run(...without)).toEqual({ code: 0, stdout: "1\n1\n1\n", stderr: "" });
});
