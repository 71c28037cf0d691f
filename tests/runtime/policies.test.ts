/** The arithmetic of retries and joins, as tables. */

import {
  all,
  any,
  CanoError,
  custom,
  decorrelated,
  exponential,
  fixed,
  isCanoError,
  type Join,
  none,
  partialResults,
  partialTimeout,
  percentage,
  quorum,
  retryAfter,
} from "cano";
import { array, assert, double, integer, property } from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";

const middle = (): number => 0.5;
const delays = (policy: ReturnType<typeof exponential>, count: number, random = middle): (number | undefined)[] =>
  Array.from({ length: count }, (_, failed) => policy.delay(failed, undefined, random));

describe("what every policy can be given besides", () => {
  const unless = (error: unknown): boolean => error !== "gone";
  const asked = (error: unknown): number | undefined => (typeof error === "number" ? error : undefined);
  test.each([
    ["fixed", fixed({ retries: 2, delay: 5, retryIf: unless, delayFrom: asked }), 5],
    ["exponential", exponential({ base: 8, cap: 10, retryIf: unless, delayFrom: asked }), 8],
    ["decorrelated", decorrelated({ base: 6, cap: 6, retryIf: unless, delayFrom: asked }), 6],
  ])("%s: an error may forbid another attempt, or say when", (_, policy, own) => {
    expect(policy.delay(0, "gone", middle)).toBeUndefined();
    expect(policy.delay(0, "busy", middle)).toBe(own);
    expect(policy.delay(0, 70_000, middle)).toBe(70_000);
    expect(policy.delay(0, 0, middle)).toBe(0);
  });
});

describe("decorrelated", () => {
  test.each<[random: number, previous: number | undefined, delay: number]>([
    [0, undefined, 100],
    [0.5, undefined, 200],
    [1, undefined, 300],
    [0, 200, 100],
    [1, 200, 600],
    [0.5, 10_000, 15_050],
    [1, 20_000, 30_000],
  ])("random %d after %s ms: %d ms", (random, previous, delay) => {
    expect(decorrelated().delay(1, undefined, () => random, previous)).toBe(delay);
  });
  test("stays between the base and the cap, and never beyond three times the delay before", () => {
    const seeds = array(double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 50 });
    assert(
      property(seeds, integer({ min: 1, max: 500 }), (randoms, base) => {
        let previous: number | undefined;
        for (const random of randoms) {
          const delay: number = decorrelated({ base, cap: 5_000 }).delay(0, undefined, () => random, previous) ?? -1;
          expect(delay).toBeGreaterThanOrEqual(base);
          expect(delay).toBeLessThanOrEqual(Math.min(5_000, 3 * (previous ?? base)));
          previous = delay;
        }
      }),
    );
  });
});

describe("retryAfter", () => {
  // As the packages undici and node-fetch have it: a class of their own, which looks a name up whatever its case.
  class OwnHeaders {
    get(name: string): string | null {
      return name.toLowerCase() === "retry-after" ? "7" : null;
    }
  }
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.useRealTimers();
  });
  test.each<[string, unknown, number | undefined]>([
    ["an error of this package", new CanoError("rate_limited", "", { retryAfter: 250 }), 250],
    ["one that never helps", new CanoError("circuit_open", "", { retryAfter: Number.POSITIVE_INFINITY }), undefined],
    ["headers of a response", { response: { headers: new Headers({ "Retry-After": "3" }) } }, 3_000],
    ["headers of a package that fetches by itself", { response: { headers: new OwnHeaders() } }, 7_000],
    ["plain headers", { headers: { "retry-after": " 2 " } }, 2_000],
    ["more than nine seconds", { headers: { "retry-after": "120" } }, 120_000],
    ["no time at all", { headers: { "retry-after": "0" } }, 0],
    ["plain headers as a server wrote them", { headers: { "Retry-After": 4 } }, 4_000],
    ["a date that has passed", { headers: { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" } }, 0],
    ["a text that is neither", { headers: { "retry-after": "soon" } }, undefined],
    ["a negative number", { retryAfter: -5 }, undefined],
    ["more seconds than there are numbers", { headers: { "retry-after": "9".repeat(400) } }, undefined],
    ["no headers", { response: {} }, undefined],
    ["null", null, undefined],
    ["a string", "busy", undefined],
  ])("%s", (_, error, delay) => expect(retryAfter(error)).toBe(delay));
  test.each(["0.5", "1.5", "-1", "1e3", "3 s", "in 5", "Sunday", "10:00", "from Sun, 06 Nov 1994 08:49:37 GMT", ""])(
    "%j is neither whole seconds nor a date",
    (text) => {
      expect(retryAfter({ headers: { "retry-after": text } })).toBeUndefined();
    },
  );
  // The examples of RFC 9110, 5.6.7. The last one names no zone, and means GMT all the same.
  test.each(["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])(
    "a date to come: %s",
    (date) => {
      vi.useFakeTimers({ now: Date.UTC(1994, 10, 6, 8, 48), toFake: ["Date"] });
      vi.stubEnv("TZ", "Asia/Tokyo");
      expect(retryAfter({ headers: { "retry-after": date } })).toBe(97_000);
    },
  );
});

describe("exponential", () => {
  test("doubles from the base up to the cap", () =>
    expect(delays(exponential({ retries: 5, base: 100, cap: 1_000 }), 5)).toEqual([100, 200, 400, 800, 1_000]));
  test("defaults: 3 retries, base 100, multiplier 2, cap 30,000, jitter 0.1", () => {
    expect(exponential().retries).toBe(3);
    expect(delays(exponential(), 3)).toEqual([100, 200, 400]);
    expect(exponential().delay(30, undefined, middle)).toBe(30_000);
    expect(exponential().delay(0, undefined, () => 0)).toBe(90);
    expect(exponential().delay(0, undefined, () => 1)).toBe(110);
  });
  test("applies jitter after the cap", () =>
    expect(exponential({ base: 100, cap: 100, jitter: 1 }).delay(5, undefined, () => 1)).toBe(200));
  test("full jitter never yields 0 for a base of 1 ms or more", () =>
    expect(exponential({ base: 1, jitter: 1 }).delay(0, undefined, () => 0)).toBe(1));
  test.each([
    ["a base of 0 stays 0", { base: 0, jitter: 1 }, 0],
    ["a base below a millisecond counts as 0", { base: 0.9 }, 0],
    ["a multiplier of 0 counts as 1", { base: 50, multiplier: 0 }, 50],
    ["a negative multiplier counts as 1", { base: 50, multiplier: -3 }, 50],
    ["a multiplier that is no number counts as 1", { base: 50, multiplier: Number.NaN }, 50],
    ["a jitter above 1 is clamped", { base: 100, jitter: 7 }, 30_000],
    ["a jitter that is no number counts as 0", { base: 100, jitter: Number.NaN }, 30_000],
    ["an exponent beyond every number yields the cap", { base: 100, multiplier: 10 }, 30_000],
  ])("%s", (_, options, expected) => {
    const policy = exponential({ retries: 2 ** 40, ...options });
    expect(policy.delay(2 ** 39, undefined, middle)).toBe(expected);
  });
  test("any options yield whole milliseconds within cap and jitter", () => {
    assert(
      property(
        integer({ min: 0, max: 5_000 }),
        integer({ min: 0, max: 60 }),
        integer({ min: 0, max: 100 }),
        (base, failed, percent) => {
          const delay = exponential({ base, jitter: percent / 100 }).delay(failed, undefined, () => 0.999) ?? -1;
          expect(Number.isInteger(delay)).toBe(true);
          expect(delay).toBeGreaterThanOrEqual(base > 0 ? 1 : 0);
          expect(delay).toBeLessThanOrEqual(30_000 * (1 + percent / 100));
        },
      ),
    );
  });
});

test("fixed waits the same every time, none never, custom as told", () => {
  expect([0, 1, 9].map((failed) => fixed({ retries: 3, delay: 7 }).delay(failed, undefined, middle))).toEqual([7, 7, 7]);
  expect(none.delay(0, undefined, middle)).toBeUndefined();
  const policy = custom(({ attempt, error }) => (error === "busy" ? attempt * 10 : undefined));
  expect([policy.delay(2, "busy", middle), policy.delay(2, "gone", middle)]).toEqual([30, undefined]);
});

test.each([
  () => fixed({ retries: -1, delay: 0 }),
  () => fixed({ retries: 1.5, delay: 0 }),
  () => fixed({ retries: 1, delay: -1 }),
  () => fixed({ retries: 1, delay: Number.POSITIVE_INFINITY }),
  () => exponential({ retries: Number.NaN }),
  () => exponential({ base: Number.NaN }),
  () => exponential({ cap: -1 }),
])("what is out of range is refused at once (%#)", (make) => {
  try {
    make();
    expect.unreachable();
  } catch (error) {
    expect(isCanoError(error, "configuration")).toBe(true);
    expect(error).toMatchObject({ code: "CANO7009" });
  }
});

// Joined, cannot be joined, or wait, after so many successes and failures of so many branches.
test.each<[string, Join, number, number, number, boolean | undefined]>([
  ["all waits after a failure", all(), 3, 1, 1, undefined],
  ["all fails when all have ended", all(), 3, 2, 1, false],
  ["all of none", all(), 0, 0, 0, true],
  ["any with the first success", any(), 3, 1, 1, true],
  ["any waits through failures", any(), 3, 0, 2, undefined],
  ["any of none", any(), 0, 0, 0, false],
  ["a quorum as soon as it is reached", quorum(2), 4, 2, 1, true],
  ["a quorum as soon as it is out of reach", quorum(3), 4, 1, 2, false],
  ["a quorum that may still come", quorum(3), 4, 1, 1, undefined],
  ["a quorum above the number of branches", quorum(5), 4, 0, 0, false],
  ["a quorum of 0 waits for all", quorum(0), 2, 0, 1, undefined],
  ["a quorum of 0 joins when all have ended", quorum(0), 2, 0, 2, true],
  ["55 per cent of 100 are 56 by plain multiplication", percentage(0.55), 100, 55, 0, undefined],
  ["and 56 are enough", percentage(0.55), 100, 56, 0, true],
  ["7 per cent of 100 are 8", percentage(0.07), 100, 7, 0, undefined],
  ["100 per cent out of reach", percentage(1), 3, 1, 1, false],
  ["a percentage of none", percentage(0.5), 0, 0, 0, true],
  ["partial results as soon as there are enough", partialResults(2), 4, 2, 0, true],
  ["partial results do not give up early", partialResults(3), 4, 0, 3, undefined],
  ["partial results fail when all have ended", partialResults(3), 4, 1, 3, false],
  ["no partial results needed: the first end", partialResults(0), 4, 0, 1, true],
  ["no partial results needed: the first of several ends", partialResults(0), 4, 1, 1, true],
  ["no partial results needed of none", partialResults(0), 0, 0, 0, true],
  ["no partial results needed: nothing has ended", partialResults(0), 4, 0, 0, undefined],
  ["a partial timeout waits for all", partialTimeout(), 3, 1, 1, undefined],
  ["a partial timeout joins even when all failed", partialTimeout(), 3, 0, 3, true],
  ["a partial timeout of none", partialTimeout(), 0, 0, 0, false],
])("%s", (_, join, branches, successes, failures, expected) =>
  expect(join.decide({ branches, successes, failures })).toBe(expected),
);

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1.5, "1" as never, null as never])(
  "a join that needs %s is refused, whatever it counts",
  (needed) => {
    expect(() => quorum(needed)).toThrow("`quorum` must be a whole number, 0 or more");
    expect(() => partialResults(needed)).toThrow("`partialResults` must be a whole number, 0 or more");
    expect(() => percentage(needed)).toThrow("`percentage` must be a share above 0 and at most 1");
  },
);

test("at the timeout, only a partial timeout joins, and only with something", () => {
  expect(partialTimeout().decideAtTimeout?.({ branches: 3, successes: 0, failures: 1 })).toBe(true);
  expect(partialTimeout().decideAtTimeout?.({ branches: 3, successes: 0, failures: 0 })).toBe(false);
  expect(quorum(1).decideAtTimeout).toBeUndefined();
});
