/** Retry budgets: the share of calls that may be retries, in runs and by hand, and the options that are refused. */

import { circuitBreaker, fixed, retryBudget } from "cano";
import { describe, expect, test } from "vitest";
import { machineOf, outcomeOf } from "./machine.js";
import { scripted } from "./scripted.js";

const down = new Error("down");

describe("a retry budget", () => {
  test("ends the retries when they are too many for the calls of all who share it", async () => {
    const budget = retryBudget({ share: 0.5, minimum: 2, window: 10_000 });
    const config = { retry: fixed({ retries: 5, delay: 1 }), retryBudget: budget };
    const failing = scripted(config, down);
    expect(await outcomeOf(machineOf({ a: failing }))).toMatchObject({ category: "retry_exhausted", attempts: 3 });
    expect(await outcomeOf(machineOf({ a: failing }))).toMatchObject({ category: "task_execution", attempt: 1 });
    expect(failing.calls).toBe(4);
    for (let at = 0; at < 4; at++) await outcomeOf(machineOf({ a: scripted(config, "done") }));
    // Six calls, two retries so far: one more is half of them.
    expect(await outcomeOf(machineOf({ a: scripted(config, down, "done") }))).toMatchObject({ state: "done" });
  });

  test("counts first attempts also where a breaker lets them through", async () => {
    const config = {
      retry: fixed({ retries: 1, delay: 1 }),
      breaker: circuitBreaker(),
      retryBudget: retryBudget({ share: 0.5, minimum: 0 }),
    };
    expect(await outcomeOf(machineOf({ a: scripted(config, down, "done") }))).toMatchObject({ category: "task_execution" });
    expect(await outcomeOf(machineOf({ a: scripted(config, down, "done") }))).toMatchObject({ state: "done" });
  });

  test("is not spent on what the policy does not retry", async () => {
    const shared = retryBudget({ share: 0.01, minimum: 1 });
    const given = fixed({ retries: 1, delay: 1, retryIf: () => false });
    await outcomeOf(machineOf({ a: scripted({ retry: given, retryBudget: shared }, down) }));
    const config = { retry: fixed({ retries: 1, delay: 1 }), retryBudget: shared };
    expect(await outcomeOf(machineOf({ a: scripted(config, down, "done") }))).toMatchObject({ state: "done" });
  });

  test("any sequence keeps to the share", () => {
    let now = 0;
    const clock = { now: () => now, epoch: () => now, schedule: () => () => undefined };
    const budget = retryBudget({ share: 0.2, minimum: 0, window: 1_000 });
    let [calls, retries] = [0, 0];
    for (let at = 0; at < 999; at++) {
      now = at / 2;
      budget.deposit(clock);
      calls++;
      for (let again = 0; again < 3; again++) if (budget.withdraw(clock)) retries++;
      expect(retries).toBeLessThanOrEqual(calls * 0.2);
    }
    expect(retries).toBe(199);
    now = 3_000;
    expect(budget.withdraw(clock)).toBe(false);
  });
});

test("allows all of a share that multiplied by the calls would come to a little less", () => {
  const budget = retryBudget({ share: 0.29, minimum: 0 });
  const clock = { now: () => 0, epoch: () => 0, schedule: () => () => undefined };
  for (let call = 0; call < 100; call++) budget.deposit(clock);
  let retries = 0;
  while (budget.withdraw(clock)) retries++;
  expect(retries).toBe(29);
});

test.each([
  ["share", { share: 0 }],
  ["share", { share: 1.1 }],
  ["minimum", { minimum: -1 }],
  ["window", { window: Number.NaN }],
])("a retry budget with `%s` out of range is refused", (name, options) => {
  expect(() => retryBudget(options)).toThrow(`\`${name}\` must be`);
});
