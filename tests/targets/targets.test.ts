/**
 * Random bodies of tasks, read and run: they return nothing but what was proved of them, so none fails with CANO7006.
 * `CANO_BODIES=2000 npx vitest run tests/targets` tries more; a failure names the seed and shows the source.
 */

import { seededRandom } from "cano/testing";
import { expect, test } from "vitest";
import { endsOf, generateAll } from "./generated.js";
import { printProgram } from "./program.js";

const BODIES = Number(process.env["CANO_BODIES"] ?? 200);
const SEED = Number(process.env["CANO_SEED"] ?? 20_261_128);
const RUNS = 60;

test(`${BODIES} random bodies return nothing but what was proved`, { timeout: 900_000 }, async () => {
  const seeds = Array.from({ length: BODIES }, (_, at) => SEED + at);
  const programs = new Map(seeds.map((seed) => [`body${seed}`, printProgram(`body${seed}`, seed)]));
  const refused = generateAll(programs);
  const wrong: string[] = [];
  for (const seed of seeds) {
    const name = `body${seed}`;
    if (refused.has(name)) continue;
    const ends = await endsOf(name, seededRandom(seed), RUNS);
    expect([...ends].filter((end) => end.startsWith("ended in")).length, name).toBeGreaterThan(0);
    if ([...ends].some((end) => end.startsWith("CANO7006"))) wrong.push(`seed ${seed}: ${programs.get(name)?.get(name)}`);
  }
  expect(wrong).toEqual([]);
  // The sample must have met what is accepted, and little that the compiler itself refuses.
  const invalid = [...refused.values()].filter((messages) => messages.some((message) => message.startsWith("CANO1001")));
  expect(invalid.length).toBeLessThan(BODIES / 5);
  expect(refused.size).toBeLessThan(BODIES / 2);
});
