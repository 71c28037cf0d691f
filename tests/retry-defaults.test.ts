/** Where an option of a retry policy or a circuit breaker is left out, the generator counts with what the runtime takes in its place. */

import { circuitBreaker, exponential, type Retry } from "cano";
import { ManualClock } from "cano/testing";
import { expect, test } from "vitest";
import { problemsOf } from "../generator/src/check/testing/problems-of.js";
import type { TaskSpec } from "../generator/src/check/testing/reading-builder.js";

/** Whether a task with a breaker is warned of attempts that are never made. */
function isWarned(retry: NonNullable<TaskSpec["retry"]>, breaker: Readonly<Record<string, number>>): boolean {
  const problems = problemsOf({ states: ["A", "Done"], tasks: { A: { to: ["Done"], retry, guards: { breaker } } } });
  return problems.some((problem) => problem.startsWith("CANO3015"));
}

test("how often a policy retries", () => {
  const { retries } = exponential();
  expect(isWarned({ base: 1 }, { failureThreshold: retries })).toBe(true);
  expect(isWarned({ base: 1 }, { failureThreshold: retries + 1 })).toBe(false);
});

test("how many failures open a breaker", () => {
  const breaker = circuitBreaker({ clock: new ManualClock() });
  let failures = 0;
  for (; breaker.state === "closed"; failures++) breaker.acquire().fail();
  expect(isWarned({ retries: failures, delay: 0 }, {})).toBe(true);
  expect(isWarned({ retries: failures - 1, delay: 0 }, {})).toBe(false);
});

test("how long a breaker stays open", async () => {
  const clock = new ManualClock();
  const breaker = circuitBreaker({ clock });
  while (breaker.state === "closed") breaker.acquire().fail();
  const isOpenAfter = async (delay: number): Promise<boolean> => {
    await clock.advance(delay);
    try {
      breaker.check();
      return false;
    } catch {
      return true;
    }
  };
  expect([await isOpenAfter(29_999), isWarned({ retries: 9, delay: 29_999 }, {})]).toEqual([true, true]);
  expect([await isOpenAfter(1), isWarned({ retries: 9, delay: 30_000 }, {})]).toEqual([false, false]);
});

test.each([1, 2, 3, 4, 9, 12])("the longest delay after failure %i", (failed) => {
  const longest = (policy: Retry): number => policy.delay(failed - 1, new Error("no"), () => 1 - Number.EPSILON) ?? 0;
  const delay = longest(exponential({ retries: 20 }));
  // A delay is a whole number of milliseconds.
  expect(isWarned({ retries: 20 }, { failureThreshold: failed, resetTimeout: delay })).toBe(false);
  expect(isWarned({ retries: 20 }, { failureThreshold: failed, resetTimeout: delay + 2 })).toBe(true);
});
