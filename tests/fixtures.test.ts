/** The fixtures are the spec: for each, the modules, the lock, the diagnostics and nothing else, and the picture in the guides. `npm run fixtures:record` writes what comes out. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { diskTexts } from "../generator/src/diagnostics/source-texts.js";
import { renderDiagnostics } from "../generator/src/diagnostics/render.js";
import { generate, type Generated } from "../generator/src/generate.js";
import { openProject } from "../generator/src/read/open-project.js";
import { drawMachines, expectPictures } from "./pictures/recorded.js";
import { expectedFiles, type Fixture, listFixtures, lockOf, sourcesOf, textOf, WORKPLACE } from "./support/fixtures.js";

const recording = process.env["CANO_RECORD"] === "1";
if (recording && process.env["CI"] !== undefined) throw new Error("fixtures are recorded by people, never in CI");

const project = openProject({ tsconfig: join(WORKPLACE, "tsconfig.json"), files: [] });
const OPTIONS = { tsconfig: undefined, outDir: undefined, project };

test.each(listFixtures())("$name", async (fixture) => {
  const options = { ...OPTIONS, lock: lockOf(fixture) };
  const generated = generate({ ...options, files: sourcesOf(fixture) });
  const diagnostics = render(fixture, generated);
  expectPictures(await drawMachines(fixture.name, generated.machines));
  if (recording) return record(fixture, generated, diagnostics);
  expect(diagnostics).toBe(textOf(join(fixture.folder, "expected", "diagnostics.txt")));
  expect(generated.files.map(({ path }) => basename(path)).sort()).toEqual([...expectedFiles(fixture.folder)].sort());
  for (const { path, text } of generated.files) expect(text).toBe(textOf(join(fixture.folder, "expected", basename(path))));
  // The same files named in another order change nothing.
  const reversed = generate({ ...options, files: sourcesOf(fixture).toReversed() });
  expect(reversed.files).toEqual(generated.files);
});

function render({ copy }: Fixture, { diagnostics }: Generated): string {
  return renderDiagnostics(diagnostics, { cwd: join(copy, "input"), texts: diskTexts(), colour: false });
}

function record({ folder }: Fixture, { files }: Generated, diagnostics: string): void {
  const expected = join(folder, "expected");
  mkdirSync(expected, { recursive: true });
  for (const stale of expectedFiles(folder)) rmSync(join(expected, stale));
  for (const { path, text } of files) writeFileSync(join(expected, basename(path)), text);
  if (diagnostics === "") rmSync(join(expected, "diagnostics.txt"), { force: true });
  else writeFileSync(join(expected, "diagnostics.txt"), diagnostics);
}
