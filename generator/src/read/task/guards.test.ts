/** What is read of a config beyond a retry policy and an attempt timeout: its numbers, and where its fallback leads. */

import { expect, test } from "vitest";
import { stream, taskOf } from "../testing/task-of.js";

const made = `
import { bulkhead, circuitBreaker, decorrelated, fixedWindow, retryBudget, type TaskConfig, tiered, tokenBucket } from "cano";
const bank = circuitBreaker({ failureThreshold: 2 + 1, resetTimeout: 5_000, failureRate: { share: 0.5, window: 10 } });
const options = { limit: 4 };`;

test.each<[config: string, guards: readonly string[]]>([
  ["{ breaker: bank }", ["breaker told failureThreshold=3 failureRate.share=0.5 failureRate.window=10 resetTimeout=5000"]],
  ["{ breaker: circuitBreaker() }", ["breaker told"]],
  ["{ breaker: circuitBreaker({ isFailure: () => false, halfOpenCalls: 2 }) }", ["breaker halfOpenCalls=2"]],
  ["{ breaker: circuitBreaker({ ...(cond ? {} : { failureThreshold: 1 }), halfOpenCalls: 2 }) }", ["breaker halfOpenCalls=2"]],
  ["{ breaker: cond ? bank : circuitBreaker() }", ["breaker"]],
  ["{ bulkhead: bulkhead({ ...options, maxWait: 9 }) }", ["bulkhead told limit=4 maxWait=9"]],
  ["{ rateLimit: tokenBucket({ tokens: 5, period: 1_000, burst: 2 }) }", ["rateLimit told tokens=5 period=1000 burst=2"]],
  ["{ rateLimit: fixedWindow({ limit: 5, window: LATE, maxQueue: 0 }) }", ["rateLimit told limit=5 window=? maxQueue=0"]],
  ["{ rateLimit: tiered([]) }", ["rateLimit"]],
  [
    "{ retry: fixed({ retries: 1, delay: 1 }), retryBudget: retryBudget({ share: 0.1, minimum: 3 }) }",
    ["retryBudget told share=0.1 minimum=3"],
  ],
  ["{ hedge: { after: 20, max: 2 } }", ["hedge told after=20 max=2"]],
  ["{ fallback: S.B, attemptTimeout: 5 }", ["fallback"]],
  ["{ ...shared, bulkhead: bulkhead(options) }", ["bulkhead told limit=4", "hedge told after=1"]],
])("guards of %s", (config, guards) => {
  const around = `${made} const LATE = Date.now(); const shared = { hedge: { after: 1 } };`;
  const { task } = taskOf(`readonly config = ${config}; async run() { return S.B; }`, around);
  const shown = task.config?.guards.map(({ key, told, numbers }) =>
    [
      key,
      ...(told && key !== "fallback" ? ["told"] : []),
      ...numbers.map(({ path, number }) => `${path}=${number.value ?? "?"}`),
    ].join(" "),
  );
  expect(shown).toEqual(guards);
});

test("keys that no hedge has", () => {
  const { task, at } = taskOf("readonly config = { hedge: { after: 5, maxx: 2, ['max']: 1 } }; async run() { return S.B; }");
  const [hedge] = task.config?.guards ?? [];
  expect(hedge?.unknownKeys.map(({ name, span }) => [name, at(span)])).toEqual([["maxx", "maxx"]]);
});

test("what a config's declared type allows for may be there, where the config cannot be read", () => {
  const keys = (members: string): unknown =>
    taskOf(`${members} run() { return S.B; }`, `${made} declare function load(): TaskConfig;`).task.config?.guards.map(
      ({ key }) => key,
    );
  const all = ["breaker", "bulkhead", "rateLimit", "retryBudget", "hedge", "fallback"];
  expect(keys("readonly config = load();")).toEqual(all);
  expect(keys("config: TaskConfig = { breaker: bank };")).toEqual(all);
  expect(keys("readonly config: TaskConfig = { breaker: bank };")).toEqual(["breaker"]);
});

test.each<[policy: string, asks: boolean]>([
  ["fixed({ retries: 1, delay: 1 })", false],
  ["decorrelated()", false],
  ["fixed({ retries: 1, delay: 1, delayFrom: () => 5 })", true],
  ["fixed({ retries: 1, delay: 1, ...(cond ? {} : { delayFrom: () => 5 }) })", true],
])("%s: an error may say when: %s", (policy, asks) => {
  expect(taskOf(`readonly config = { retry: ${policy} }; run() { return S.B; }`, made).task.config?.retry?.asks).toBe(asks);
});

test.each<[members: string, targets: readonly string[], more?: object]>([
  ["readonly config = { fallback: S.C };", ["B", "C"], { exact: false }],
  ["readonly config = { fallback: S.C } as const;", ["B", "C"], { exact: true }],
  ["readonly config = { fallback: to(S.C, 1) };", ["B", "to C"], { exact: true }],
  ["readonly config = { fallback: cond ? S.B : to(S.C, 1) };", ["B", "B", "to C"]],
  ["readonly config = { fallback: () => S.C };", ["B", "C"], { exact: false, input: { kind: "nothing" } }],
  [
    "readonly config = { fallback: (error: unknown, { input }: Context<{ cart: string }>) => to(S.C, input) };",
    ["B", "to C"],
    { exact: true, input: { kind: "typed", text: "{ cart: string; }" } },
  ],
  ["readonly config = { fallback: (error: unknown) => error instanceof Error ? S.C : to(S.B, 1) };", ["B", "C", "to B"]],
  ["readonly config = { fallback(error: unknown) { return this.pick(); }, pick() { return S.C; } };", ["B", "C"]],
  ["readonly config = { fallback: async () => to(S.C, 1) };", ["B", "to C"], { exact: true }],
  ["readonly config = { fallback: last };", ["B", "C"]],
  ["readonly config = { fallback: 'c' } as const;", ["B", "foreign 'c'"]],
  ["readonly config = { fallback: 'other' };", ["B", "foreign 'other'"]],
  ["readonly config = { fallback: JSON.parse('1') };", ["B", "?its type is `any`"]],
  ["readonly config = { fallback: S.C } satisfies TaskConfig;", ["B", "C"]],
  [
    "readonly config: TaskConfig = { fallback: S.C };",
    ["B", "?the type that `config` is declared with hides it (write `satisfies TaskConfig` instead)"],
  ],
  ["readonly config: TaskConfig = { attemptTimeout: 5 };", ["B"]],
])("the fallback of %s", (members, targets, more = {}) => {
  const found = taskOf(`${members} run() { return S.B as const; }`, `${made} const last = S.C as const;`);
  expect(found.targets).toEqual(targets);
  expect(found.task.method).toMatchObject(more);
  expect(found.task.method?.targets.map(({ by }) => by)).toEqual(targets.map((_, at) => (at === 0 ? "method" : "fallback")));
});

test("the fallback of a stream leads nowhere: it makes no attempts", () => {
  const { targets, task } = taskOf(`readonly config = { fallback: S.C }; ${stream()}`);
  expect(targets).toEqual(["B"]);
  expect(task.config?.guards.map(({ key }) => key)).toEqual(["fallback"]);
});

test("a task that always throws, and falls back, returns after all", () => {
  expect(taskOf("run(): never { throw new Error(); }").task.method?.neverReturns).toBe(true);
  expect(taskOf("readonly config = { fallback: S.B }; run(): never { throw new Error(); }").task.method?.neverReturns).toBe(
    false,
  );
});
