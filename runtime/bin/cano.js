#!/usr/bin/env node
/** Starts the command line; everything else is `src/cli/main.ts`. */

import { existsSync } from "node:fs";

const main = new URL("../dist/cli/main.js", import.meta.url);

if (existsSync(main)) {
  const { main: run, processIo } = await import(main.href);
  process.exitCode = await run(process.argv.slice(2), processIo());
} else {
  process.stderr.write("cano: this copy has not been built: run `npm run build` first\n");
  process.exitCode = 2;
}
