/** Erases types as Node does from 22.18 on, for a Node that cannot: `node --import ./strip-types.mjs main.ts`. */

import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";
import blankSpace from "ts-blank-space";

// Node calls what is exported here in a thread of its own.
if (isMainThread) register(import.meta.url);

export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const source = blankSpace(await readFile(new URL(url), "utf8"), () => {
    throw new SyntaxError(`this is not only types: ${url}`);
  });
  return { format: "module", source, shortCircuit: true };
}
