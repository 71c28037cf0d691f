#!/usr/bin/env node
/** Starts the command line; everything else is `src/cli/main.ts`, which `scripts/bundle-command.mjs` has bundled. */

import { existsSync } from "node:fs";
import module from "node:module";

const main = new URL("../dist/bin/main.js", import.meta.url);
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`cano-gen: this is Node ${process.versions.node}, and Node 20.19 or later is needed\n`);
  process.exitCode = 2;
} else if (existsSync(main)) {
  // Node 22.8 and later keep compiled code on request (Node 20 cannot): the compiler alone takes a quarter of a second to compile.
  module.enableCompileCache?.();
  const { main: run, processIo } = await import(main.href);
  process.exitCode = await run(process.argv.slice(2), processIo());
} else {
  process.stderr.write("cano-gen: this copy has not been built: run `npm run build` first\n");
  process.exitCode = 2;
}
