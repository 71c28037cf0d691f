/** The failure rate of a circuit breaker: what opens it, what is forgotten, and any sequence of calls against a model. */

import type { BreakerOptions } from "cano";
import { array, assert, constantFrom, oneof, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { breakerOf, failTimes } from "./breaker-of.js";

const rated = (more: BreakerOptions = {}) =>
  breakerOf({
    failureThreshold: undefined,
    failureRate: { share: 0.5, window: 1_000, minimumCalls: 4 },
    ...more,
  } as BreakerOptions);

describe("a failure rate", () => {
  test.each<[failures: number, successes: number, state: string]>([
    [3, 4, "closed"],
    [4, 4, "open"],
  ])("of %d failures after %d successes: %s", (failures, successes, state) => {
    const { breaker } = rated();
    for (let at = 0; at < successes; at++) breaker.acquire().succeed();
    failTimes(breaker, failures);
    expect(breaker.state).toBe(state);
  });

  test("opens it when the share of failures is reached, not of too few calls, and not with a success", () => {
    const { breaker } = rated();
    failTimes(breaker, 3);
    expect(breaker.state).toBe("closed");
    breaker.acquire().succeed();
    expect(breaker.state).toBe("closed");
    breaker.acquire().fail();
    expect(breaker.state).toBe("open");
  });

  test("forgets what was longer ago than the window", async () => {
    const { breaker, clock } = rated();
    failTimes(breaker, 3);
    await clock.advance(1_000);
    failTimes(breaker, 3);
    expect(breaker.state).toBe("closed");
    await clock.advance(900);
    failTimes(breaker, 1);
    expect(breaker.state).toBe("open");
  });

  test("forgets it bit by bit: what was longer ago goes, and the rest stays", async () => {
    const { breaker, clock } = rated();
    failTimes(breaker, 3);
    await clock.advance(500);
    for (let at = 0; at < 3; at++) breaker.acquire().succeed();
    await clock.advance(500);
    failTimes(breaker, 2);
    // Two of five: with those from the beginning, it would be more than half.
    expect(breaker.state).toBe("closed");
    failTimes(breaker, 1);
    expect(breaker.state).toBe("open");
  });

  test("forgets everything once it was open", async () => {
    const { breaker, clock } = rated({ resetTimeout: 10 });
    failTimes(breaker, 4);
    await clock.advance(10);
    breaker.acquire().succeed();
    failTimes(breaker, 3);
    expect(breaker.state).toBe("closed");
  });

  test("over a window that is too short for the numbers of its tenths ends all the same", () => {
    const now = 2 ** 50;
    const clock = { now: () => now, epoch: () => now, schedule: () => () => undefined };
    const { breaker } = rated({ clock, failureRate: { share: 0.5, window: 1e-3, minimumCalls: 4 } });
    failTimes(breaker, 3);
    expect(breaker.state).toBe("closed");
    failTimes(breaker, 1);
    expect(breaker.state).toBe("open");
  });

  test("and a number of failures in a row open it, whichever comes first", () => {
    const { breaker } = rated({ failureThreshold: 3 });
    failTimes(breaker, 3);
    expect(breaker.state).toBe("open");
  });

  test("opens it as soon as too many calls of the last ten tenths of its window have failed, whatever the sequence", () => {
    const step = oneof(
      constantFrom("succeed" as const, "fail" as const),
      record({ wait: constantFrom(7, 100, 350, 999, 1_000) }),
    );
    const sequences = property(array(step, { maxLength: 60 }), constantFrom(0.5, 0.75, 1), (steps, share) => {
      let now = 0;
      const clock = { now: () => now, epoch: () => now, schedule: () => () => undefined };
      const { breaker } = rated({ clock, failureRate: { share, window: 1_000, minimumCalls: 3 } });
      const calls: { tenth: number; failed: boolean }[] = [];
      for (const step of steps) {
        if (typeof step === "object") now += step.wait;
        else {
          breaker.acquire()[step]();
          const tenth = Math.floor(now / 100);
          calls.push({ tenth, failed: step === "fail" });
          const recent = calls.filter((call) => call.tenth > tenth - 10);
          const failures = recent.filter(({ failed }) => failed).length;
          // A success is never what opens it.
          const isTooMuch = step === "fail" && recent.length >= 3 && failures >= share * recent.length;
          expect(breaker.state).toBe(isTooMuch ? "open" : "closed");
          if (isTooMuch) return;
        }
      }
    });
    assert(sequences, { numRuns: 2_000 });
  });
});
