/**
 * Nothing that a user's code does can escape the engine: the table of the contract's section on panics, and every hook but an observer's.
 * Each row ends the run with one typed error, or changes nothing; no timer is left, and no rejection unhandled (which would fail the test
 * run).
 */

import {
  CanoError,
  circuitBreaker,
  custom,
  fixed,
  pending,
  type PollTask,
  split,
  type SteppedTask,
  type TaskConfig,
  type TimerTask,
} from "cano";
import { describe, expect, test, vi } from "vitest";
import { batchWith, FAULTS, type Method, rejecter, streamWith, thrower } from "./faults.js";
import { machineOf, outcomeOf } from "./machine.js";
import type { PlainStep, Step } from "./step.js";
import { endOf, sagaOf } from "./saga.js";

/** Every method that the engine calls, as a task whose method does `bad`. */
const METHODS: Readonly<Record<string, (bad: Method) => Step>> = {
  "run of a task": (bad): PlainStep => ({ run: bad }),
  "poll of a poll": (bad): PollTask<unknown> => ({ poll: bad }),
  "wait of a timer": (bad): TimerTask<unknown> => ({ wait: bad as never, afterWait: () => "done" }),
  "afterWait of a timer": (bad): TimerTask<unknown> => ({ wait: () => 1, afterWait: bad }),
  "load of a batch": (bad) => batchWith({ load: bad }),
  "finish of a batch": (bad) => batchWith({ finish: bad }),
  "step of a stepped task": (bad): SteppedTask<unknown, unknown> => ({ step: bad }),
  "open of a stream": (bad) => streamWith({ open: bad }),
  "processItem of a stream": (bad) => streamWith({ processItem: bad }),
  "flushWindow of a stream": (bad) => streamWith({ flushWindow: bad }),
  "onClose of a stream": (bad) => streamWith({ onClose: bad }),
};

describe.each(Object.entries(METHODS))("%s", (_, make) => {
  test.each(FAULTS)("throws %s", async (_how, fault, text) => {
    expect(await outcomeOf(machineOf({ a: make(thrower(fault)) }))).toMatchObject({
      name: "CanoError",
      category: "task_execution",
      code: "CANO7001",
      state: "a",
      message: `state \`a\` failed: ${text}`,
    });
  });

  test.each(FAULTS)("rejects with %s", async (_how, fault, text) => {
    const outcome = await outcomeOf(machineOf({ a: make(rejecter(fault)) }));
    expect(outcome).toBeInstanceOf(CanoError);
    expect((outcome as CanoError).message).toBe(`state \`a\` failed: ${text}`);
  });
});

test.each(FAULTS)("an item of a batch that throws %s fails alone", async (_, fault) => {
  for (const processItem of [thrower(fault), rejecter(fault)])
    expect(await outcomeOf(machineOf({ a: batchWith({ processItem }) }))).toEqual({ state: "done", output: [false] });
});

test.each([undefined, null, 5])(
  "an iterator whose `next` yields %s fails the state, of a stream and of a batch",
  async (yielded) => {
    const source = { [Symbol.asyncIterator]: () => ({ next: async () => yielded }) };
    for (const step of [streamWith({ open: () => source }), batchWith({ load: () => source })])
      expect(await outcomeOf(machineOf({ a: step }))).toMatchObject({
        category: "task_execution",
        cause: { name: "TypeError", message: /^the `next` of an iterator must yield an object, not / },
      });
  },
);

test("a function that is a promise is awaited, and bounded, like every promise", async () => {
  // oxlint-disable-next-line unicorn/no-thenable -- what is tested
  const later = Object.assign(() => 1, { then: () => undefined });
  expect(await outcomeOf(machineOf({ a: { config: { attemptTimeout: 10 }, run: () => later } }))).toMatchObject({
    code: "CANO7003",
  });
});

test.each(FAULTS)("a saga that fails with %s, and a compensation that does, undo what there is", async (_, fault, text) => {
  const steps = { a: { undo: () => undefined }, b: { undo: thrower(fault) }, end: { run: thrower(fault) } };
  const saga = sagaOf(steps);
  const error = await endOf(saga);
  expect(error).toMatchObject({
    category: "compensation_failed",
    errors: [{ message: `state \`end\` failed: ${text}` }, { message: `undoing state \`b\` failed: ${text}` }],
  });
  expect(saga.log).toEqual(["a", "b", "end", "undo b", "undo a"]);
});

test.each(FAULTS)("a branch that throws %s is a failed branch, told as text", async (_, fault, text) => {
  const join = { join: "ended", decide: ({ failures }: { failures: number }) => failures === 2 || undefined };
  const branches = [{ run: thrower(fault) }, { run: rejecter(fault) }];
  const outcome = await outcomeOf(machineOf({ a: split(branches, { next: "done", join }) }));
  expect(outcome).toMatchObject({
    output: {
      failures: [
        { branch: 0, message: text },
        { branch: 1, message: text },
      ],
    },
  });
});

test.each<[hook: string, config: TaskConfig]>([
  ["a retry policy", { retry: custom(thrower(new Error("boom")) as never) }],
  ["`retryIf`", { retry: fixed({ retries: 1, delay: 1, retryIf: thrower(new Error("boom")) as never }) }],
  ["`delayFrom`", { retry: fixed({ retries: 1, delay: 1, delayFrom: thrower(new Error("boom")) as never }) }],
  ["a fallback", { fallback: thrower(new Error("boom")) }],
])("%s that throws is the state's failure", async (_, config) => {
  const step: PlainStep = { config, run: rejecter(new Error("first")) };
  expect(await outcomeOf(machineOf({ a: step }))).toMatchObject({
    category: "task_execution",
    message: "state `a` failed: boom",
  });
});

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, "soon"])("a delay of %s is told as what it is", async (delay) => {
  const step: PlainStep = { config: { retry: custom(() => delay as number) }, run: rejecter(new Error("first")) };
  const machine = machineOf({ a: step });
  expect(await outcomeOf(machine)).toMatchObject({ category: "configuration", code: "CANO7009" });
  // There is no retry to be told of.
  expect(machine.recorder.lines().filter((line) => line.startsWith("retry"))).toEqual([]);
  const poll: PollTask<unknown> = { poll: () => pending(delay as number) };
  expect(await outcomeOf(machineOf({ a: poll }))).toMatchObject({ category: "configuration", code: "CANO7009" });
});

test("a join that throws is the state's failure, and its branches are aborted", async () => {
  const join = { join: "broken", decide: thrower(new Error("boom")) as never };
  const outcome = await outcomeOf(machineOf({ a: split([{ run: () => new Promise(() => undefined) }], { next: "done", join }) }));
  expect(outcome).toMatchObject({ category: "task_execution", message: "state `a` failed: boom" });
});

test("hooks of a breaker that throw change nothing", async () => {
  const warn = vi.fn();
  const bad = thrower(new Error("boom")) as never;
  const breaker = circuitBreaker({ failureThreshold: 1, onChange: bad, isFailure: bad, log: { warn } });
  const step: PlainStep = { config: { breaker, retry: fixed({ retries: 3, delay: 1 }) }, run: rejecter(new Error("down")) };
  expect(await outcomeOf(machineOf({ a: step }))).toMatchObject({ category: "circuit_open" });
  expect(warn).toHaveBeenCalledTimes(2);
});
