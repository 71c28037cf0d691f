/** The permits of a circuit breaker: how many there are, those of other epochs, and any sequence of them against a model. */

import { circuitBreaker, isCanoError, type Permit } from "cano";
import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { breakerOf, failTimes } from "./breaker-of.js";
import { thrownBy } from "./thrown-by.js";

describe("by hand", () => {
  test("so many trials at once, and a slot is free again with each outcome, also with none", async () => {
    const { breaker, clock } = breakerOf({ halfOpenCalls: 2 });
    failTimes(breaker, 2);
    await clock.advance(1_000);
    const first = breaker.acquire();
    const second = breaker.acquire();
    expect(
      isCanoError(
        thrownBy(() => breaker.acquire()),
        "circuit_open",
      ),
    ).toBe(true);
    first.release();
    const third = breaker.acquire();
    second.succeed();
    expect(breaker.state).toBe("half-open");
    third.succeed();
    expect(breaker.state).toBe("closed");
  });

  test.each<[outcome: string, hand: (permit: Permit) => void]>([
    ["a late success from before the trip", (permit) => permit.succeed()],
    ["a late failure from before the trip", (permit) => permit.fail()],
    ["a late permit without outcome", (permit) => permit.release()],
  ])("%s changes nothing of a trial", async (_, hand) => {
    const { breaker, clock } = breakerOf();
    const stale = breaker.acquire();
    failTimes(breaker, 2);
    await clock.advance(1_000);
    const trial = breaker.acquire();
    hand(stale);
    expect(breaker.state).toBe("half-open");
    expect(
      isCanoError(
        thrownBy(() => breaker.acquire()),
        "circuit_open",
      ),
    ).toBe(true);
    trial.succeed();
    expect(breaker.state).toBe("closed");
  });

  test("a permit counts once; one that is dropped counts as a failure", () => {
    const { breaker } = breakerOf();
    const permit = breaker.acquire();
    permit.succeed();
    permit.fail();
    permit[Symbol.dispose]();
    expect(breaker.state).toBe("closed");
    {
      using dropped = breaker.acquire();
      expect(dropped).toBeDefined();
      using handed = breaker.acquire();
      handed.release();
    }
    failTimes(breaker, 1);
    expect(breaker.state).toBe("open");
  });

  test("closed, it admits any number at once, of whose failures only those count that trip it", async () => {
    const { breaker, clock, changes } = breakerOf();
    const permits = Array.from({ length: 30 }, () => breaker.acquire());
    for (const permit of permits) permit.fail();
    expect(changes).toEqual(["closed > open"]);
    await clock.advance(1_000);
    breaker.acquire().succeed();
    expect(breaker.state).toBe("closed");
  });
});

test("any sequence of calls does what the table says", async () => {
  const step = oneof(
    record({ kind: constantFrom("acquire" as const) }),
    record({ kind: constantFrom("succeed" as const, "fail" as const, "release" as const), pick: integer({ min: 0, max: 5 }) }),
    record({ kind: constantFrom("wait" as const), ms: constantFrom(1, 50, 99, 100) }),
  );
  const sequences = asyncProperty(
    array(step, { maxLength: 30 }),
    integer({ min: 1, max: 3 }),
    integer({ min: 1, max: 3 }),
    async (steps, threshold, halfOpenCalls) => {
      let now = 0;
      const clock = { now: () => now, epoch: () => now, schedule: () => () => undefined };
      const breaker = circuitBreaker({ failureThreshold: threshold, halfOpenCalls, resetTimeout: 100, clock });
      const model = { state: "closed", epoch: 0, failures: 0, until: 0, inFlight: 0, successes: 0 };
      const become = (state: string): void => {
        Object.assign(model, { state, epoch: model.epoch + 1, failures: 0, inFlight: 0, successes: 0 });
      };
      const held: { permit: Permit; epoch: number }[] = [];
      for (const step of steps) {
        if (step.kind === "wait") now += step.ms;
        else if (step.kind === "acquire") {
          if (model.state === "open" && now >= model.until) become("half-open");
          const admitted = model.state === "closed" || (model.state === "half-open" && model.inFlight < halfOpenCalls);
          if (admitted && model.state === "half-open") model.inFlight++;
          const permit = thrownBy(() => held.push({ permit: breaker.acquire(), epoch: model.epoch }));
          expect(permit === undefined).toBe(admitted);
        } else {
          const [taken] = held.splice(step.pick, 1);
          if (taken === undefined) continue;
          taken.permit[step.kind]();
          if (taken.epoch !== model.epoch) continue;
          if (model.state === "half-open") model.inFlight--;
          const open = (): void => {
            model.until = now + 100;
            become("open");
          };
          if (step.kind === "fail" && (model.state === "half-open" || ++model.failures >= threshold)) open();
          else if (step.kind === "succeed" && model.state === "closed") model.failures = 0;
          else if (step.kind === "succeed" && ++model.successes >= halfOpenCalls) become("closed");
        }
        expect(breaker.state).toBe(model.state);
      }
    },
  );
  await assert(sequences, { numRuns: 10_000 });
});
