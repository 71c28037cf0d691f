/** Polls: delays, tolerated failures, what bounds them, and that none of them holds up the process. */

import { FatalError, fixed, pending, type PollTask, split } from "cano";
import { settled } from "cano/testing";
import { expect, test } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";

/** A poll that answers with each of `answers` in turn, and with the last one for ever; an error is thrown. */
function pollOf(answers: readonly unknown[], options: Omit<PollTask<unknown>, "poll"> = {}) {
  const asked: number[] = [];
  const machine = machineOf({
    a: {
      ...options,
      poll() {
        asked.push(machine.clock.now());
        const answer = answers[Math.min(asked.length, answers.length) - 1];
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  });
  return { machine, asked };
}

const busy = new Error("busy");

test.each<[string, readonly unknown[], Omit<PollTask<unknown>, "poll">, readonly number[], unknown]>([
  ["ready at once", ["done"], {}, [0], { state: "done" }],
  ["pending, each with its delay", [pending(10), pending(30), "done"], {}, [0, 10, 40], { state: "done" }],
  ["pending without a delay asks again at once", [pending(), pending(0), "done"], {}, [0, 0, 0], { state: "done" }],
  [
    "a back-off grows, and a delay of its own goes before it",
    [pending(), pending(), pending(3), pending(), "done"],
    { backoff: { base: 10, jitter: 0 } },
    [0, 10, 30, 33, 113],
    { state: "done" },
  ],
  [
    "a back-off is capped",
    [pending(), pending(), "done"],
    { backoff: { base: 10, cap: 15, jitter: 0 } },
    [0, 10, 25],
    { state: "done" },
  ],
  ["a failure ends it", [pending(5), busy], {}, [0, 5], { code: "CANO7001", cause: busy }],
  ["failures in a row are tolerated", [busy, busy, "done"], { pollErrors: { tolerate: 2 } }, [0, 0, 0], { state: "done" }],
  ["one more is not", [busy, busy, busy], { pollErrors: { tolerate: 2 } }, [0, 0, 0], { code: "CANO7001", cause: busy }],
  [
    "a pending answer starts the count anew",
    [busy, pending(1), busy, pending(1), busy, busy],
    { pollErrors: { tolerate: 1 } },
    [0, 0, 1, 1, 2, 2],
    { cause: busy },
  ],
  [
    "a tolerated failure waits as the back-off says",
    [busy, busy, "done"],
    { pollErrors: { tolerate: 2 }, backoff: { base: 10, jitter: 0 } },
    [0, 10, 30],
    { state: "done" },
  ],
  ["a fatal error is never tolerated", [new FatalError("no")], { pollErrors: { tolerate: 9 } }, [0], { code: "CANO7001" }],
  ["a delay that is negative", [pending(-1)], {}, [0], { category: "configuration", code: "CANO7009" }],
  ["a delay that is not finite", [pending(Number.NaN)], {}, [0], { category: "configuration", code: "CANO7009" }],
  [
    "the attempt timeout bounds all polls together",
    [pending(30)],
    { config: { attemptTimeout: 100 } },
    [0, 30, 60, 90],
    { category: "timeout", code: "CANO7003", limit: 100 },
  ],
  [
    "a retry begins with a fresh count",
    [busy, busy, busy, busy, "done"],
    { pollErrors: { tolerate: 1 }, config: { retry: fixed({ retries: 2, delay: 50 }) } },
    [0, 0, 50, 50, 100],
    { state: "done" },
  ],
])("%s", async (_, answers, options, times, outcome) => {
  const { machine, asked } = pollOf(answers, options);
  expect(await outcomeOf(machine)).toMatchObject(outcome as object);
  expect(asked).toEqual(times);
});

test.each([{ tolerate: -1 }, { tolerate: 0.5 }, { tolerate: Number.NaN }])("a tolerance of %o is refused", (pollErrors) => {
  expect(() => pollOf(["done"], { pollErrors })).toThrow(/pollErrors.tolerate` of `a` must be a whole number, 0 or more/);
});

test("a back-off out of range is refused", () => {
  expect(() => pollOf(["done"], { backoff: { base: -1 } })).toThrow(/`base` must be a finite number/);
});

test("tolerated failures are told to observers, each once", async () => {
  const { machine } = pollOf([busy, busy, "done"], { pollErrors: { tolerate: 2 } });
  await outcomeOf(machine);
  expect(machine.recorder.lines()).toEqual([
    "runStart a",
    "stateEnter a",
    "taskStart a Task_a",
    "tolerated a Task_a",
    "tolerated a Task_a",
    "poll a Task_a ready",
    "taskSuccess a Task_a",
    "stateEnter done",
    "runEnd done completed",
  ]);
});

test.each([0, 20])("a cancel ends it at once, with a poll in progress or waiting for the next one", async (delay) => {
  const controller = new AbortController();
  let signal: AbortSignal | undefined;
  const machine = machineOf({
    a: {
      poll(_resources, context) {
        ({ signal } = context);
        return delay === 0 ? never() : pending(delay);
      },
    },
  });
  machine.clock.schedule(() => controller.abort(), 10);
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled", state: "a" });
  expect([machine.clock.now(), signal?.aborted]).toEqual([10, true]);
});

test("the total timeout ends it", async () => {
  const machine = machineOf({ a: { poll: () => pending(7) } }, { totalTimeout: 30 });
  expect(await outcomeOf(machine)).toMatchObject({ category: "workflow_timeout", limit: 30 });
});

test("an endless poll without a delay lets everything else have its turn", async () => {
  const controller = new AbortController();
  const machine = machineOf({ a: { poll: () => pending() } });
  let turns = 0;
  const tick = (): unknown => (++turns < 5 ? setImmediate(tick) : controller.abort());
  setImmediate(tick);
  await expect(machine.workflow.orchestrate({ signal: controller.signal })).rejects.toMatchObject({ category: "cancelled" });
  await settled();
  expect(turns).toBe(5);
});

test("a poll as a branch yields data, with its own failures told under its own name", async () => {
  let asked = 0;
  const branch: PollTask<unknown> = {
    pollErrors: { tolerate: 1 },
    poll() {
      if (++asked === 1) throw busy;
      return asked < 3 ? pending(10) : { ready: true };
    },
  };
  const machine = machineOf({ a: split([branch], { next: "done" }) });
  expect(await outcomeOf(machine)).toMatchObject({ output: { successes: [{ branch: 0, value: { ready: true } }] } });
  expect(machine.recorder.lines()).toContain("tolerated a Branch0[0]");
});

test.each(["poll", "tolerated"])(
  "an observer that ends the run when it hears of `%s`: nothing is asked any more",
  async (hook) => {
    const controller = new AbortController();
    let asked = 0;
    const poll = (): unknown => {
      if (++asked === 1 && hook === "tolerated") throw busy;
      return pending();
    };
    const observers = [{ [hook]: () => controller.abort() }];
    const machine = machineOf({ a: { pollErrors: { tolerate: 1 }, poll } }, { observers });
    expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
    expect(asked).toBe(1);
  },
);
