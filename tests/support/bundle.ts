/**
 * Makes scripts for other processes, which run JavaScript only: TypeScript of tests and fixtures in one file, together with the packages. A process that
 * looks for hundreds of modules takes three times as long to begin as one that reads one file.
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { WORKPLACE } from "./fixtures.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Bundles `code`, which imports from the repository's root, and returns the path of the script that comes of it. */
export function bundleScript(name: string, code: string): string {
  // Two test files may want the same script at once.
  const outfile = join(WORKPLACE, `${name}-${process.pid}.mjs`);
  const stdin = { contents: code, resolveDir: ROOT, loader: "ts" } as const;
  buildSync({
    stdin,
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    // Compiled code, and what does not run in a module of this format.
    external: ["better-sqlite3", "pg"],
    logLevel: "error",
  });
  return outfile;
}
