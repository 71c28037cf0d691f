/** The command as users have it: bundled, with templates that were compiled beforehand. What it writes is what the sources write. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { expectedFiles, expectedModules, listFixtures, sourcesOf, WORKPLACE } from "./support/fixtures.js";

const COMMAND = fileURLToPath(new URL("../generator/bin/cano-gen.js", import.meta.url));

/** What brings a lock is a project of its own. */
const accepted = listFixtures().filter(({ folder }) => {
  const isRefused = existsSync(join(folder, "expected", "diagnostics.txt"));
  return !isRefused && expectedFiles(folder).length === expectedModules(folder).length;
});

test("the modules of all fixtures that are accepted are as the bundled command would write them", () => {
  const files = accepted.flatMap(sourcesOf);
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "--check", "--no-cache", ...files], {
    cwd: WORKPLACE,
    encoding: "utf8",
  });
  const modules = accepted.flatMap(({ folder }) => expectedModules(folder));
  expect(modules.length).toBeGreaterThan(20);
  expect([status, stdout, stderr]).toEqual([0, `unchanged ${modules.length} files\n`, ""]);
});
