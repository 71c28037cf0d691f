/** Attempt timeouts: which attempt the error tells of, and whose signal fires, also where the task takes no context. */

import { fixed } from "cano";
import { expect, test } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";
import type { PlainStep } from "./step.js";

const bounded: PlainStep = { isBare: true, config: { attemptTimeout: 10 }, run: never };

test("a task that takes no context, and is the first of its run, is out of time like any other", async () => {
  expect(await outcomeOf(machineOf({ a: bounded }))).toMatchObject({ category: "timeout", state: "a", attempt: 1, limit: 10 });
});

test("what is out of time is not taken for the attempt of the state before", async () => {
  const signals: AbortSignal[] = [];
  const before: PlainStep = {
    config: { retry: fixed({ retries: 1, delay: 1 }) },
    run(_resources, { attempt, signal }) {
      signals.push(signal);
      return attempt === 1 ? Promise.reject(new Error("down")) : "b";
    },
  };
  const outcome = await outcomeOf(machineOf({ a: before, b: bounded }));
  expect(outcome).toMatchObject({ category: "timeout", state: "b", attempt: 1 });
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
});
