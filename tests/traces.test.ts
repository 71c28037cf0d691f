/** Fixtures with a `run.ts` are run, from their expected modules, and what they trace is compared line by line. */

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { listFixtures, textOf } from "./support/fixtures.js";

const recording = process.env["CANO_RECORD"] === "1";
const runs = listFixtures().filter(({ folder }) => existsSync(join(folder, "run.ts")));

test.each(runs)("$name", async ({ folder, copy }) => {
  const lines: string[] = [];
  const run = (await import(/* @vite-ignore */ pathToFileURL(join(copy, "run.ts")).href)) as {
    default(trace: (line: string) => void): Promise<void>;
  };
  await run.default((line) => void lines.push(line));
  const trace = lines.map((line) => `${line}\n`).join("");
  const expected = join(folder, "expected", "trace.txt");
  if (recording) return writeFileSync(expected, trace);
  expect(lines.length).toBeGreaterThan(0);
  expect(trace).toBe(textOf(expected));
});
