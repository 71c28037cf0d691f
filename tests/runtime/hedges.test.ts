/** Hedges, copy by copy: what each comes to, what those that lose may still do, and what is taken for one that is not started. */

import { circuitBreaker, tokenBucket } from "cano";
import { ManualClock } from "cano/testing";
import { expect, test } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";

test("copies of a task that takes no context, and has none to stop, are no longer waited for", async () => {
  let copies = 0;
  const run = (): unknown => (++copies === 1 ? never() : Promise.resolve("done"));
  expect(await outcomeOf(machineOf({ a: { isBare: true, config: { hedge: { after: 5 } }, run } }))).toMatchObject({
    state: "done",
  });
  expect(copies).toBe(2);
  const hanging = machineOf({ a: { isBare: true, config: { hedge: { after: 5 } }, run: never } }, { totalTimeout: 10 });
  expect(await outcomeOf(hanging)).toMatchObject({ category: "workflow_timeout" });
});

test("a copy that throws at once fails like any other", async () => {
  let copies = 0;
  const run = (): never => {
    throw new Error(`copy ${++copies}`);
  };
  const outcome = await outcomeOf(machineOf({ a: { isBare: true, config: { hedge: { after: 5 } }, run } }));
  expect(outcome).toMatchObject({ category: "task_execution", message: "state `a` failed: copy 1" });
});

test.each([
  ["succeeds", (resolve: (state: string) => void) => resolve("a")],
  ["fails", (_: unknown, reject: (error: Error) => void) => reject(new Error("late"))],
])("a copy that %s once another has does not touch the state that the run is in by then", async (_, end) => {
  const signals: AbortSignal[] = [];
  let copies = 0;
  let late = (): void => undefined;
  const machine = machineOf(
    {
      a: {
        config: { hedge: { after: 5 } },
        run: () =>
          ++copies === 1 ? new Promise((resolve, reject) => (late = () => end(resolve, reject))) : Promise.resolve("b"),
      },
      b: {
        run(_resources, { signal, sleep }) {
          signals.push(signal);
          late();
          return sleep(1_000).then(never);
        },
      },
    },
    { totalTimeout: 100 },
  );
  expect(await outcomeOf(machine)).toMatchObject({ category: "workflow_timeout", state: "b" });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

test("a copy that has leave on trial, but would have to wait, gives that leave back", async () => {
  const clock = new ManualClock();
  const breaker = circuitBreaker({ failureThreshold: 1, halfOpenCalls: 2, resetTimeout: 5, clock });
  breaker.acquire().fail();
  await clock.advance(5);
  const rateLimit = tokenBucket({ tokens: 1, period: 1e9, clock });
  const config = { breaker, rateLimit, hedge: { after: 10 } };
  const machine = machineOf({ a: { config, run: (_resources, { sleep }) => sleep(50).then(() => "done") } }, { clock });
  const run = machine.workflow.orchestrate({});
  await clock.advance(20);
  // One of two is under way.
  const other = breaker.acquire();
  expect(() => breaker.acquire()).toThrow("its trials are under way");
  other.succeed();
  await clock.advance(30);
  expect(await run).toMatchObject({ state: "done" });
  expect(breaker.state).toBe("closed");
});
