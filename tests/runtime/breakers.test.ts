/** The circuit breaker: every transition of its table, permits of other epochs, failure rates, and any sequence against a model. */

import { type BreakerChange, type BreakerOptions, type CircuitBreaker, circuitBreaker, isCanoError, type Permit } from "cano";
import { ManualClock } from "cano/testing";
import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { thrownBy } from "./thrown-by.js";

function breakerOf(options: BreakerOptions = {}) {
  const clock = new ManualClock();
  const changes: string[] = [];
  const onChange = ({ from, to }: BreakerChange): void => void changes.push(`${from} > ${to}`);
  const breaker = circuitBreaker({ name: "bank", failureThreshold: 2, resetTimeout: 1_000, clock, onChange, ...options });
  return { clock, changes, breaker };
}

const failTimes = (breaker: CircuitBreaker, times: number): void => {
  for (let at = 0; at < times; at++) breaker.acquire().fail();
};

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

  test("what is no failure of the service counts as a success, and a fault in saying so as a failure", () => {
    const lines: string[] = [];
    const isFailure = (error: unknown): boolean => {
      if (error === "boom") throw new Error("cannot tell");
      return error !== "not found";
    };
    const { breaker } = breakerOf({ isFailure, log: { warn: (line) => lines.push(line) } });
    breaker.settle(breaker.acquire(), "down");
    breaker.settle(breaker.acquire(), "not found");
    breaker.settle(breaker.acquire(), "down");
    expect(breaker.state).toBe("closed");
    breaker.settle(breaker.acquire(), "boom");
    expect(breaker.state).toBe("open");
    expect(lines).toEqual(["`isFailure` of the circuit breaker `bank` failed, which counts as a failure: cannot tell"]);
  });

  test.each<[what: string, listen: (breaker: CircuitBreaker) => void, refusal: string]>([
    ["opens it", (breaker) => breaker.forceOpen(), "is open"],
    ["makes the trial", (breaker) => breaker.acquire(), "is half-open, and its trials are under way"],
  ])("a listener that %s when it is half-open is not overruled by the call that made it so", async (_, listen, refusal) => {
    const onChange = ({ to }: BreakerChange): void => {
      if (to === "half-open") listen(breaker);
    };
    const { breaker, clock } = breakerOf({ onChange });
    failTimes(breaker, 2);
    await clock.advance(1_000);
    expect(thrownBy(() => breaker.acquire())).toMatchObject({ message: `the circuit breaker \`bank\` ${refusal}` });
  });

  test("a watcher that opens it when it is told of a call is not overruled by what comes of that call", () => {
    const { breaker } = breakerOf();
    const told: string[] = [];
    breaker.watch({
      acquire({ result }) {
        told.push(result);
        breaker.forceOpen();
      },
    });
    breaker.acquire().succeed();
    expect([breaker.state, told]).toEqual(["open", ["acquired"]]);
  });

  test("a listener that throws changes nothing", () => {
    const lines: string[] = [];
    const onChange = (): never => {
      throw new Error("deaf");
    };
    const { breaker } = breakerOf({ onChange, log: { warn: (line) => lines.push(line) } });
    failTimes(breaker, 2);
    expect(breaker.state).toBe("open");
    expect(lines).toEqual(["`onChange` of the circuit breaker `bank` failed, which changes nothing: deaf"]);
  });
});

describe("a failure rate", () => {
  const rated = (more: BreakerOptions = {}) =>
    breakerOf({
      failureThreshold: undefined,
      failureRate: { share: 0.5, window: 1_000, minimumCalls: 4 },
      ...more,
    } as BreakerOptions);

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

  test("forgets everything once it was open", async () => {
    const { breaker, clock } = rated({ resetTimeout: 10 });
    failTimes(breaker, 4);
    await clock.advance(10);
    breaker.acquire().succeed();
    failTimes(breaker, 3);
    expect(breaker.state).toBe("closed");
  });

  test("and a number of failures in a row open it, whichever comes first", () => {
    const { breaker } = rated({ failureThreshold: 3 });
    failTimes(breaker, 3);
    expect(breaker.state).toBe("open");
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
