/** Tells one build of the generator from another, so that a result of an older one is never taken for its own. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds `package.json`, `dist` and `templates`. */
export const packageRoot: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Reads the version that `package.json` gives. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : undefined;
  return typeof version === "string" ? version : "0.0.0";
}

/**
 * The version together with what this build's own files come to: who works on the generator does not change its version each time.
 * `scripts/stamp-build.mjs` writes that down, since each run of a command waits for this, also one in which nothing has changed.
 */
export function readFingerprint(): string {
  const build = readFileSync(join(packageRoot, "dist", "build-stamp"), "utf8");
  return [readVersion(), process.version, build.trim()].join(" ");
}
