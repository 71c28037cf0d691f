/** Many processes want the same runs at the same moment: each run is done by one of them, once. */

import { expect, test } from "vitest";
import { PLACES, Work } from "./workers.js";

const PROCESSES = 20;
const RUNS = 100;

test.each(Object.entries(PLACES))("20 processes race on 100 runs in %s", { timeout: 600_000 }, async (_, prepare) => {
  const place = await prepare();
  const work = new Work(place, "race", RUNS);
  const workers = await Promise.all(Array.from({ length: PROCESSES }, () => work.startWorker()));
  for (const worker of workers) worker.say("go");
  for (const worker of workers) expect(await worker.ended, worker.errors).toBe(0);
  place.examine();
  expect(await work.expectDone(), "nobody died, so nothing was resumed").toBe(0);
});
