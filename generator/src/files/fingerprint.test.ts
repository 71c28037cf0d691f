/** How one build of the generator is told from another. */

import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot, readFingerprint, readVersion } from "./fingerprint.js";
import { makeTempFolder } from "./testing/temp-folder.js";

const SCRIPT = "scripts/stamp-build.mjs";
const STAMP = "dist/build-stamp";

test("this build has its version and its stamp", () => {
  const stamp = readFileSync(join(packageRoot, STAMP), "utf8").trim();
  expect(stamp).toMatch(/^[\w-]{43}$/);
  expect(readFingerprint()).toBe(`${readVersion()} ${process.version} ${stamp}`);
});

test("a build has the stamp of what it is made of, wherever it lies and whenever it was made", () => {
  const stampOf = (change: Record<string, string>): string => {
    using folder = makeTempFolder({
      "dist/a.js": "1",
      "dist/b/c.js": "2",
      "dist/a.d.ts": "3",
      "templates/t.hbs": "4",
      ...change,
    });
    cpSync(join(packageRoot, SCRIPT), join(folder.path, SCRIPT));
    execFileSync(process.execPath, [join(folder.path, SCRIPT)]);
    return readFileSync(join(folder.path, STAMP), "utf8");
  };
  const stamp = stampOf({});
  expect(stampOf({ "dist/a.d.ts": "5", "dist/build-stamp": "another" })).toBe(stamp);
  const others = [{ "dist/a.js": "5" }, { "dist/b/c.js": "5" }, { "templates/t.hbs": "5" }, { "dist/d.js": "" }].map(stampOf);
  expect(new Set([stamp, ...others]).size).toBe(5);
});
