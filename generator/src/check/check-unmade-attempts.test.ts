/** After which failure a breaker is open, and how long a policy waits at most then: with what the runtime takes where nothing is said. */

import { expect, test } from "vitest";
import type { RetryReading } from "../read/config-reading.js";
import { problemsOf } from "./testing/problems-of.js";
import { at, number, type TaskSpec } from "./testing/reading-builder.js";

type Options = Readonly<Record<string, number | undefined>>;

/** Whether some attempts are never made. */
function isTold(policy: RetryReading["policy"], options: Options, breaker: Options, asks = false): boolean {
  const written = Object.entries(options).map(([name, value]) => ({ name, number: number(value, name) }));
  const guard = (key: "fallback" | "breaker", numbers: Options) => ({
    key,
    span: at(key),
    made: undefined,
    told: true,
    unknownKeys: [],
    numbers: Object.entries(numbers).map(([path, value]) => ({ path, number: number(value, path) })),
  });
  const config = {
    span: at("config"),
    unknownKeys: [],
    retry: { policy, options: written as RetryReading["options"], asks, span: at("retry") },
    attemptTimeout: undefined,
    guards: [guard("fallback", {}), guard("breaker", breaker)],
  };
  const task: TaskSpec = { to: ["Done"], task: { config } };
  const problems = problemsOf({ states: ["A", "Done"], tasks: { A: task } });
  for (const problem of problems) expect(problem).toBe("CANO3015 retry");
  return problems.length > 0;
}

test.each([
  ["3 retries", "fixed", { delay: 1 }, { failureThreshold: 3 }, { failureThreshold: 4 }],
  ["5 failures", "fixed", { delay: 1, retries: 5 }, {}, { failureThreshold: 6 }],
  ["a breaker that stays open for 30 seconds", "fixed", { delay: 29_999 }, { failureThreshold: 1 }, { failureThreshold: 9 }],
  ["a base of 100 ms", "exponential", { jitter: 0 }, reset(1, 101), reset(1, 100)],
  ["a base that doubles", "exponential", { jitter: 0 }, reset(3, 401), reset(3, 400)],
  ["a jitter of a tenth", "exponential", { base: 1000 }, reset(1, 1101), reset(1, 1100)],
  ["a cap of 30 seconds", "exponential", { base: 20_000, jitter: 0 }, reset(2, 30_001), reset(2, 30_000)],
  ["a cap of its own", "exponential", { base: 200, cap: 300, jitter: 0.5 }, reset(2, 451), reset(2, 450)],
  ["a decorrelated policy", "decorrelated", { base: 10 }, reset(2, 91), reset(2, 90)],
  ["a capped one", "decorrelated", { base: 10, cap: 50 }, reset(2, 51), reset(2, 50)],
] as const)("without a word it is %s", (_, policy, options, told, fine) => {
  expect([isTold(policy, options, told), isTold(policy, options, fine)]).toEqual([true, false]);
});

test("a breaker takes five failures", () => {
  expect(isTold("fixed", { delay: 1, retries: 4 }, {})).toBe(false);
});

test("30 seconds are as long as a breaker stays open", () => {
  expect(isTold("fixed", { delay: 30_000 }, { failureThreshold: 1 })).toBe(false);
});

test.each(["base", "cap", "multiplier", "jitter"])("what is not known of a policy proves nothing: `%s`", (name) => {
  expect(isTold("exponential", { [name]: undefined }, { failureThreshold: 1 })).toBe(false);
});

test("nor does how long a breaker stays open", () => {
  expect(isTold("fixed", { delay: 1 }, { failureThreshold: 1, resetTimeout: undefined })).toBe(false);
});

test.each(["none", "custom", "unknown"] as const)("the retries of a policy that is `%s` are not counted", (policy) => {
  expect(isTold(policy, {}, { failureThreshold: 1 })).toBe(false);
});

test("an error may ask for a delay in which the breaker closes", () => {
  expect(isTold("fixed", { delay: 1 }, { failureThreshold: 1 }, true)).toBe(false);
});

test("a breaker with a rate has no threshold, and one with other numbers has", () => {
  expect(isTold("fixed", { delay: 1, retries: 9 }, { "failureRate.minimumCalls": 10 })).toBe(false);
  expect(isTold("fixed", { delay: 1, retries: 9 }, { halfOpenCalls: 1 })).toBe(true);
});

function reset(failureThreshold: number, resetTimeout: number) {
  return { failureThreshold, resetTimeout };
}
