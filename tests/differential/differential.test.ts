/**
 * Random machines, generated and run, against the reference interpreter: the same events, the same result, the same error.
 * `CANO_MACHINES=10000 npx vitest run tests/differential` tries more; a failure names the seed and the machine.
 */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import fc from "fast-check";
import { expect, test } from "vitest";
import { generate } from "../../generator/src/generate.js";
import type { Death } from "../durable/crashing-store.js";
import { interpret } from "./interpreter.js";
import { printProgram } from "./program.js";
import { type Generated, runGenerated, runThroughCrashes, runUnwatched } from "./run-generated.js";
import { Steps } from "./script.js";
import { machines, type MachineSpec } from "./spec.js";

const MACHINES = Number(process.env["CANO_MACHINES"] ?? 1_000);
const SEED = Number(process.env["CANO_SEED"] ?? 20_261_123);
const FOLDER = fileURLToPath(new URL("../../.cano/differential/", import.meta.url));

test(`${MACHINES} random machines behave as the reference says`, { timeout: 900_000 }, async () => {
  const specs = fc.sample(machines, { numRuns: MACHINES, seed: SEED });
  generateAll(specs);
  const seen = new Map<string, number>();
  for (const [at, spec] of specs.entries()) {
    const module = await load(at);
    for (let variant = 0; variant < 4; variant++) {
      const seed = SEED + at * 4 + variant;
      // Every other run may be cancelled, at a moment that nothing else happens at; all are in the end, since tasks may hang.
      const cancelAt = (variant % 2 === 0 ? 5_000 : (seed * 31) % 60) + 0.003;
      const expected = interpret(spec, new Steps(seed), 100, cancelAt);
      const actual = await runGenerated(module, spec, seed, cancelAt);
      expect(actual, `machine ${at}, seed ${seed}: ${JSON.stringify(spec)}`).toEqual(expected);
      const kind = /^x\d/.test(actual.result) ? "success" : (actual.result.split(" ")[0] ?? "");
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      // Who watches a run changes nothing in what it comes to, unless it would go on for ever.
      if (variant === 0 && !spec.durable && kind !== "cancelled")
        expect(await runUnwatched(module, spec, seed), `machine ${at}, seed ${seed}, unwatched`).toBe(expected.result);
    }
    if (spec.durable && spec.totalTimeout === undefined) await expectRepair(module, spec, SEED + at);
  }
  // The sample must have met every way in which a run can end.
  const kinds = [
    "success",
    "task_execution",
    "retry_exhausted",
    "timeout",
    "workflow_timeout",
    "cancelled",
    "workflow",
    "circuit_open",
    "compensation_failed",
  ];
  expect(kinds.filter((kind) => (seen.get(kind) ?? 0) < MACHINES / 100)).toEqual([]);
});

/** Each has a name of its own: together they are one project, whose durable workflows are told apart by it. */
async function load(at: number): Promise<Generated> {
  const importOf = (file: string): Promise<unknown> => import(pathToFileURL(join(FOLDER, file)).href);
  const module = (await importOf(`m${at}.cano.mjs`)) as Record<string, Generated["createMachine"]>;
  const { breakers } = (await importOf(`m${at}.mjs`)) as Pick<Generated, "breakers">;
  const createMachine = module[`createMachine${at}`];
  if (createMachine === undefined) throw new Error(`machine ${at} has no factory`);
  return { createMachine, breakers };
}

/** A crash, and one of the process that has resumed the run, change nothing about what it comes to. */
async function expectRepair(module: Generated, spec: MachineSpec, seed: number): Promise<void> {
  const undisturbed = await runThroughCrashes(module, spec, seed, []);
  const at = (nth: number): Death => ({
    write: (seed * nth) % undisturbed.writes,
    when: (seed + nth) % 2 === 0 ? "before" : "after",
  });
  for (const deaths of [[at(3)], [at(5), at(7)]]) {
    const { result } = await runThroughCrashes(module, spec, seed, deaths);
    expect(result, `seed ${seed}, ${JSON.stringify(deaths)}: ${JSON.stringify(spec)}`).toBe(undisturbed.result);
  }
}

function generateAll(specs: readonly MachineSpec[]): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(
    join(FOLDER, "script.ts"),
    "export interface Script { step(state: number, branch: number, key?: string, attempt?: number): { after: number; choice: number }; undo(state: number, key?: string, attempt?: number): { after: number; choice: number }; wait(step: object): Promise<void>; failure(step: object): Error }\n",
  );
  const sources = specs.map((spec, at) => ({ path: join(FOLDER, `m${at}.ts`), text: printProgram(spec, `machine${at}`) }));
  for (const { path, text } of sources) writeFileSync(path, text);
  const { files, diagnostics } = generate({ tsconfig: undefined, files: sources.map(({ path }) => path), outDir: undefined });
  expect(
    diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ code, message, span }) => `${span?.file} ${code} ${message}`),
  ).toEqual([]);
  expect(files.length).toBe(specs.length);
  for (const { path, text } of [...sources, ...files]) {
    const { code } = transformSync(text, { loader: "ts", target: "es2022" });
    writeFileSync(path.replace(/\.ts$/, ".mjs"), code.replace(/"(\.\/\w+)\.js"/g, '"$1.mjs"'));
  }
}
