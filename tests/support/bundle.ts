/** Makes scripts for other processes, which run JavaScript only: TypeScript of tests and fixtures in one file, packages left out. */

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
    packages: "external",
    logLevel: "error",
  });
  return outfile;
}
