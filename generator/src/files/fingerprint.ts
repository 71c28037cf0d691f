/** Tells one build of the generator from another, so that a result of an older one is never taken for its own. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashText } from "./probe.js";

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
  const folders = ["dist", "templates"].map((name) => join(packageRoot, name));
  return hashText([readVersion(), process.version, ...folders.flatMap(listFiles)].join("\n"));
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:js|hbs)$/.test(name))
      .sort()
      .map((name) => ({ name, stat: statSync(join(folder, name)) }))
      .map(({ name, stat }) => `${name} ${stat.size} ${stat.mtimeMs}`);
  } catch {
    return [];
  }
}
