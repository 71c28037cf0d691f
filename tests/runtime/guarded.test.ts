/** Rate limits and bulkheads of a task's config, in runs: who waits, what is given back; and the configs that are refused. */

import { bulkhead, circuitBreaker, type Context, fixed, isCanoError, split, type TaskConfig, tokenBucket } from "cano";
import { describe, expect, test } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";
import type { PlainStep } from "./step.js";
import { scripted } from "./scripted.js";

const down = new Error("down");
const retry = fixed({ retries: 3, delay: 100 });

describe("a rate limit", () => {
  test("makes attempts wait for their turn, outside of the attempt timeout", async () => {
    const rateLimit = tokenBucket({ tokens: 1, period: 1_000 });
    const times: number[] = [];
    const config = { rateLimit, attemptTimeout: 10, retry: fixed({ retries: 2, delay: 1 }) };
    const machine = machineOf({
      call: {
        config,
        async run() {
          times.push(machine.clock.now());
          if (times.length < 3) throw down;
          return "done";
        },
      },
    });
    expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
    expect(times).toEqual([0, 1_000, 2_000]);
  });

  test("that refuses is a failure like any other: it is retried, after the time it asks for", async () => {
    const rateLimit = tokenBucket({ name: "api", tokens: 1, period: 1_000, maxWait: 10 });
    const delayFrom = (error: unknown): number | undefined => (isCanoError(error) ? error.retryAfter : undefined);
    const machine = machineOf({
      first: scripted({ rateLimit }, "second"),
      second: scripted({ rateLimit, retry: fixed({ retries: 1, delay: 5, delayFrom }) }, "third"),
      third: scripted({ rateLimit }, "done"),
    });
    expect(await outcomeOf(machine)).toMatchObject({
      category: "rate_limited",
      code: "CANO7018",
      state: "third",
      refusedBy: "api",
      retryAfter: 1_000,
    });
    expect(machine.recorder.lines()).toContain("retry second Task_second attempt 1 delay 1000");
  });

  test("is no longer waited for when the run is stopped", async () => {
    const rateLimit = tokenBucket({ tokens: 1, period: 1e9 });
    const task = scripted({ rateLimit }, "done");
    await outcomeOf(machineOf({ call: task }));
    const machine = machineOf({ call: task }, { totalTimeout: 50 });
    expect(isCanoError(await outcomeOf(machine), "workflow_timeout")).toBe(true);
    expect([task.calls, rateLimit.waiting, machine.clock.now()]).toEqual([1, 0, 50]);
  });
});

describe("a bulkhead", () => {
  test("is shared by states and workflows, and given back with each attempt", async () => {
    const hall = bulkhead({ limit: 2 });
    let inside = 0;
    let most = 0;
    const task: PlainStep = {
      config: { bulkhead: hall, retry },
      async run(_resources, { sleep, attempt }) {
        most = Math.max(most, ++inside);
        await sleep(10);
        inside--;
        if (attempt === 1) throw down;
        return "done";
      },
    };
    const one = machineOf({ a: task });
    const runs = Array.from({ length: 5 }, () => one.workflow.orchestrate({}));
    await one.clock.runAll();
    await Promise.all(runs);
    expect([most, hall.active, hall.waiting]).toEqual([2, 0, 0]);
    expect(one.clock.now()).toBe(140);
  });

  test("loses no place to a run that is stopped, inside or in the line", async () => {
    const hall = bulkhead({ limit: 1 });
    const machine = machineOf({ a: { config: { bulkhead: hall }, run: never } }, { totalTimeout: 10 });
    const runs = [machine.workflow.orchestrate({}), machine.workflow.orchestrate({})].map((run) => run.catch(() => undefined));
    await machine.clock.runAll();
    await Promise.all(runs);
    expect([hall.active, hall.waiting, machine.clock.pending, machine.clock.now()]).toEqual([0, 0, 0, 10]);
  });

  test("gives a place back once where the run is ended by who is asked what its failure says", async () => {
    const hall = bulkhead({ limit: 2 });
    const others = await hall.enter();
    const abort = new AbortController();
    const isFailure = (): boolean => {
      abort.abort();
      return true;
    };
    const breaker = circuitBreaker({ failureThreshold: 1, isFailure });
    const machine = machineOf({ a: scripted({ bulkhead: hall, breaker }, down) });
    expect(isCanoError(await outcomeOf(machine, { signal: abort.signal }), "cancelled")).toBe(true);
    expect([hall.active, breaker.state]).toEqual([1, "closed"]);
    others.leave();
  });

  test("of a split may be shared: a branch keeps its place for all of its attempts, and gives it back when it is aborted", async () => {
    const hall = bulkhead({ limit: 2 });
    const log: string[] = [];
    const branch = (name: string, config: TaskConfig = {}) => ({
      config,
      async run(_resources: unknown, { sleep, attempt }: Context<unknown>) {
        log.push(`${name}${attempt}`);
        await sleep(10);
        if (attempt === 1 && config.retry !== undefined) throw down;
        return name;
      },
    });
    const next = "done";
    const machine = machineOf({ all: split([branch("a", { retry }), branch("b"), branch("c")], { next, bulkhead: hall }) });
    expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
    expect(log).toEqual(["a1", "b1", "c1", "a2"]);
    expect([hall.active, hall.waiting]).toEqual([0, 0]);
    const stuck = machineOf({
      all: split([{ run: never }, { run: never }, { run: never }], { next, bulkhead: hall, timeout: 5 }),
    });
    expect(await outcomeOf(stuck)).toMatchObject({ code: "CANO7008" });
    expect([hall.active, hall.waiting]).toEqual([0, 0]);
  });
});

test.each<[TaskConfig, string]>([
  ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((after): [TaskConfig, string] => [
    { hedge: { after } },
    `\`hedge.after\` of \`a\` must be a finite number of milliseconds above 0, not ${after}`,
  ]),
  ...[0, -1, 1.5, Number.NaN].map((max): [TaskConfig, string] => [
    { hedge: { after: 1, max } },
    `\`hedge.max\` of \`a\` must be a whole number, 1 or more, not ${max}`,
  ]),
])("%o is refused", (config, message) => {
  expect(() => machineOf({ a: scripted(config, "done") })).toThrow(message);
});

test("a branch that would wait for a place that it keeps itself is refused", () => {
  const hall = bulkhead({ limit: 1 });
  const branches = [scripted({ bulkhead: hall }, 1)];
  expect(() => machineOf({ all: split(branches, { next: "done", bulkhead: hall }) })).toThrow(
    "`bulkhead` of `Branch0` must not be that of its split: a branch would wait for a place that it keeps itself",
  );
});
