/** The circuit breaker: the transitions of its table, and the options that are refused. */

import { type BreakerOptions, circuitBreaker, isCanoError } from "cano";
import { describe, expect, test } from "vitest";
import { breakerOf, failTimes } from "./breaker-of.js";
import { thrownBy } from "./thrown-by.js";

describe("by hand", () => {
  test("closed, open, half-open, closed", async () => {
    const { breaker, clock, changes } = breakerOf();
    failTimes(breaker, 1);
    breaker.acquire().succeed();
    failTimes(breaker, 1);
    expect(breaker.state).toBe("closed");
    failTimes(breaker, 1);
    expect(breaker.state).toBe("open");
    await clock.advance(999);
    expect(thrownBy(() => breaker.acquire())).toMatchObject({
      category: "circuit_open",
      code: "CANO7017",
      refusedBy: "bank",
      retryAfter: 1,
      message: "the circuit breaker `bank` is open",
    });
    await clock.advance(1);
    // Time alone changes nothing.
    expect(breaker.state).toBe("open");
    const trial = breaker.acquire();
    expect(breaker.state).toBe("half-open");
    await clock.advance(10);
    expect(thrownBy(() => breaker.acquire())).toMatchObject({
      retryAfter: 0,
      message: "the circuit breaker `bank` is half-open, and its trials are under way",
    });
    trial.succeed();
    expect(breaker.state).toBe("closed");
    expect(changes).toEqual(["closed > open", "open > half-open", "half-open > closed"]);
  });

  test("a failed trial opens it again for the whole time, and what had succeeded is forgotten", async () => {
    const { breaker, clock } = breakerOf({ halfOpenCalls: 2 });
    failTimes(breaker, 2);
    await clock.advance(1_000);
    breaker.acquire().succeed();
    expect(breaker.state).toBe("half-open");
    breaker.acquire().fail();
    expect(breaker.state).toBe("open");
    await clock.advance(999);
    expect(
      isCanoError(
        thrownBy(() => breaker.acquire()),
        "circuit_open",
      ),
    ).toBe(true);
    await clock.advance(1);
    breaker.acquire().succeed();
    expect(breaker.state).toBe("half-open");
    breaker.acquire().succeed();
    expect(breaker.state).toBe("closed");
  });

  test("forced open it stays open until it is reset", async () => {
    const { breaker, clock, changes } = breakerOf();
    breaker.forceOpen();
    await clock.advance(1e9);
    expect(thrownBy(() => breaker.acquire())).toMatchObject({ retryAfter: Number.POSITIVE_INFINITY });
    breaker.reset();
    breaker.acquire().succeed();
    expect(changes).toEqual(["closed > open", "open > closed"]);
  });

  test("`call` counts what comes of the work", async () => {
    const { breaker } = breakerOf({ failureThreshold: 1 });
    expect(await breaker.call(() => 1)).toBe(1);
    expect(await breaker.call(async () => 2)).toBe(2);
    await expect(breaker.call(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(breaker.state).toBe("open");
    await expect(breaker.call(() => 1)).rejects.toMatchObject({ category: "circuit_open" });
  });
});

test.each([null, 0, Number.NaN, "0.5"])("a `failureRate` that is %s is refused", (failureRate) => {
  // Without any limit, it would never open.
  expect(thrownBy(() => circuitBreaker({ failureRate: failureRate as never }))).toMatchObject({
    message: `\`failureRate\` must be given an object with options (\`share\`, \`window\`, \`minimumCalls\`), not ${typeof failureRate === "string" ? '"0.5"' : failureRate}`,
  });
});

test.each<[BreakerOptions, string]>(
  [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY].flatMap((value): [BreakerOptions, string][] => [
    [{ failureThreshold: value }, "failureThreshold` must be a whole number, 1 or more"],
    [{ halfOpenCalls: value }, "halfOpenCalls` must be a whole number, 1 or more"],
    [{ failureRate: { share: 0.5, minimumCalls: value } }, "failureRate.minimumCalls` must be a whole number, 1 or more"],
    ...(value === 1.5
      ? []
      : ([
          [{ resetTimeout: value }, "resetTimeout` must be a finite number of milliseconds above 0"],
          [{ failureRate: { share: 0.5, window: value } }, "failureRate.window` must be a finite number of milliseconds above 0"],
        ] as [BreakerOptions, string][])),
    [{ failureRate: { share: value } }, "failureRate.share` must be a share above 0 and at most 1"],
  ]),
)("%o is refused", (options, message) => {
  expect(thrownBy(() => circuitBreaker(options))).toMatchObject({
    category: "configuration",
    code: "CANO7009",
    message: expect.stringContaining(message) as string,
  });
});
