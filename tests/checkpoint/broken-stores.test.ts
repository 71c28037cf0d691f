/** The suite for stores notices whatever a store does wrong. */

import { MemoryCheckpoints } from "cano/checkpoints";
import { type StoreCase, storeCases } from "cano/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { brokenEnds } from "./broken-ends.js";
import { brokenReaders } from "./broken-readers.js";
import { brokenSchedules } from "./broken-schedules.js";
import type { BrokenStore } from "./broken-store.js";
import { brokenClaims } from "./broken-claims.js";
import { brokenWriters } from "./broken-writers.js";

// A case that waits in vain for a driver to be told need not wait for long.
const pause = setInterval.bind(globalThis);
let hurry: ReturnType<typeof setInterval>;
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
  hurry = pause(() => void vi.advanceTimersByTimeAsync(1_000), 1);
});
afterAll(() => {
  clearInterval(hurry);
  vi.useRealTimers();
});

const broken = Object.entries({ ...brokenWriters, ...brokenClaims, ...brokenReaders, ...brokenEnds, ...brokenSchedules });
const cases = storeCases();
const failed = new Set<string>();

async function fails({ name, run }: StoreCase, open: BrokenStore): Promise<boolean> {
  const shared = new MemoryCheckpoints();
  const isRight = await run(async () => open(shared)).then(
    () => true,
    () => false,
  );
  if (!isRight) failed.add(name);
  return !isRight;
}

test.each(broken)("a store that %s fails a case", async (_, open) => {
  let at = 0;
  for (const each of cases) {
    if (await fails(each, open)) break;
    at++;
  }
  expect(at).toBeLessThan(cases.length);
});

test("every case is failed by some store", async () => {
  for (const each of cases) for (const [, open] of broken) if (!failed.has(each.name)) await fails(each, open);
  expect(cases.flatMap(({ name }) => (failed.has(name) ? [] : [name]))).toEqual([]);
});
