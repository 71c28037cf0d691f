/** Tells one build of the generator from another, so that a result of an older one is never taken for its own. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashText } from "../text/hash-text.js";

/** The folder that holds `package.json`, `dist` and `templates`. */
export const packageRoot: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Reads the version that `package.json` gives. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : undefined;
  return typeof version === "string" ? version : "0.0.0";
}

/** The version together with the age and size of the generator's own files: who works on the generator does not change its version each time. */
export function readFingerprint(): string {
  const files = ["dist", "templates"].flatMap(listFiles);
  return hashText([readVersion(), process.version, ...files.sort()].join("\n"));
}

// Each run of a command waits for this, also one in which nothing has changed: paths are put together without being looked at.
function listFiles(folder: string): string[] {
  try {
    return readdirSync(`${packageRoot}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(path);
      if (!/\.(?:js|hbs)$/.test(entry.name)) return [];
      const { size, mtimeMs } = statSync(`${packageRoot}/${path}`);
      return [`${path} ${size} ${mtimeMs}`];
    });
  } catch {
    return [];
  }
}
