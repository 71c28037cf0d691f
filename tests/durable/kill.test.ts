/** Processes are killed at any moment, in the middle of splits, steps, streams and compensations; others go on with what they leave behind. */

import { describe, expect, test } from "vitest";
import { type Place, PLACES, Work } from "./workers.js";

/** On each database; `CANO_KILLS=10000` for a long night. */
const KILLS = Number(process.env["CANO_KILLS"] ?? 100);
/** So many processes work at once, on so many runs. */
const WORKERS = 2;
const RUNS = 12;
/**
 * The first process lives so many milliseconds at the most, once it has begun to work; each one that follows may live longer, so that all is
 * done in the end on any machine.
 */
const LIFE = 60;
const LONGER = 1.2;

describe.concurrent.each(Object.entries(PLACES))("%s", (_, prepare) => {
  const time = 60_000 + KILLS * 10_000;
  test("nothing is lost, and nothing is done twice but the step in flight", { timeout: time }, async () => {
    const place = await prepare();
    let kills = 0;
    let resumes = 0;
    for (let round = 0; kills < KILLS; round++) {
      const work = new Work(place, String(round), RUNS);
      const killed = await Promise.all(Array.from({ length: WORKERS }, () => killUntilDone(work, place)));
      kills += killed.reduce((sum, some) => sum + some, 0);
      resumes += await work.expectDone();
    }
    // Some of the runs must have been in flight when a process was killed; on a busy machine many are killed before they have begun anything.
    expect(resumes).toBeGreaterThan(kills / 4);
  });
});

/** Starts processes and kills them, until one has nothing left to do. Returns how many were killed. */
async function killUntilDone(work: Work, { examine }: Place): Promise<number> {
  for (let kills = 0, life = LIFE; ; kills++, life *= LONGER) {
    await using worker = await work.startWorker();
    worker.say("go");
    const ended = await Promise.race([worker.ended, sleep(Math.random() * life)]);
    if (ended !== undefined) {
      expect(ended, worker.errors).toBe(0);
      return kills;
    }
    await worker.kill();
    examine();
  }
}

async function sleep(ms: number): Promise<undefined> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return undefined;
}
