/** Generated modules at their edges: tasks that lie about their types, and runs without a promise. */

import { getEventListeners } from "node:events";
import { fixed, perRun } from "cano";
import { createSyncWorkflow, fail, Resources } from "cano/codegen/v1";
import { ManualClock } from "cano/testing";
import { expect, test } from "vitest";
import { loadFixture } from "./load-fixture.js";
import { never } from "./machine.js";

test("CANO7006: what is none of the targets is refused; what it carries stays out of the message", async () => {
  const { createCountdown, countdown } = await loadFixture("self-loop", "countdown");
  const task = countdown.tasks.tick.prototype as { run: unknown };
  const { run } = task;
  for (const [returned, shown] of [
    ["nowhere", "nowhere"],
    [{ state: "moon", input: "secret" }, "moon"],
    [{ secret: 1 }, "an object"],
    [null, "an object"],
    [undefined, "undefined"],
  ] as const) {
    task.run = async () => returned;
    const error: unknown = await createCountdown()
      .orchestrate({ input: 1 })
      .catch((caught: unknown) => caught);
    expect(String(error)).not.toContain("secret");
    expect(error).toMatchObject({
      category: "workflow",
      code: "CANO7006",
      message: expect.stringContaining(`returned \`${shown}\``) as string,
    });
  }
  task.run = run;
});

test("CANO7013: a synchronous run refuses resources that need time, and stops for a signal", async () => {
  const { createParity } = await loadFixture("all-synchronous", "parity");
  expect(createParity().runSync({ input: 4 })).toEqual({ state: "even", output: undefined });
  expect(() => createParity().runSync({ input: 4, signal: AbortSignal.abort() })).toThrow(/cancelled/);
  const definition = {
    graph: { name: "sync", initial: ["a"], states: {} },
    states: ["a"],
    drive: () => 1,
    resources: new Resources({ r: perRun(() => 1) }),
  };
  const workflow = createSyncWorkflow<object, { r: unknown }, object, number>(definition);
  expect(() => workflow.runSync()).toThrow(/cannot run synchronously/);
});

test("a synchronous run has its resources, needs no request and leaves no listener, and the same machine runs with a promise", async () => {
  const definition = {
    graph: { name: "sync", initial: ["a"], states: {} },
    states: ["a"],
    resources: new Resources({ rate: 2 }),
  };
  const workflow = createSyncWorkflow<{ signal?: AbortSignal }, { rate: number }, object, number>({
    ...definition,
    drive: ({ resources }) => resources.rate,
  });
  expect(workflow.runSync()).toBe(2);
  expect(await workflow.orchestrate()).toBe(2);
  const { signal } = new AbortController();
  expect(workflow.runSync({ signal })).toBe(2);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  expect(() => workflow.runSync({ signal: AbortSignal.abort() })).toThrow(/cancelled/);
});

test("a synchronous run that its own task ends has ended by that, whatever the task throws then", () => {
  const controller = new AbortController();
  const workflow = createSyncWorkflow<{ signal?: AbortSignal }, object, object, never>({
    graph: { name: "sync", initial: ["a"], states: {} },
    states: ["a"],
    drive: (run, start) => {
      controller.abort();
      throw fail(run, start, new Error("no"));
    },
  });
  expect(() => workflow.runSync({ signal: controller.signal })).toThrow(/cancelled/);
});

test("a synchronous run inside of what an observer sets up fails with what its task throws", () => {
  const drive = (): never => {
    throw new Error("refused");
  };
  const definition = { graph: { name: "sync", initial: ["a"], states: {} }, states: ["a"], drive };
  const observers = [{ aroundRun: (_event: unknown, call: () => void) => call() }];
  expect(() => createSyncWorkflow<object, object, object, never>(definition, { observers }).runSync()).toThrow("refused");
});

test("a run that nobody observes is ended by its signal", async () => {
  const { createCountdown } = await loadFixture("self-loop", "countdown");
  const run: Promise<unknown> = createCountdown().orchestrate({ input: 1, signal: AbortSignal.abort() });
  await expect(run).rejects.toMatchObject({ category: "cancelled" });
});

test("an attempt that takes too long tells its number, also where its task takes no context", async () => {
  const { createReport, report } = await loadFixture("CANO3018-useless-guards", "report");
  const { ask } = report.tasks;
  report.tasks.ask = class {
    readonly config = { retry: fixed({ retries: 1, delay: 1 }), attemptTimeout: 300 };
    readonly run = never;
  };
  const clock = new ManualClock();
  const run = createReport({ clock })
    .orchestrate()
    .catch((error: unknown) => error);
  await clock.runAll();
  expect(await run).toMatchObject({
    category: "retry_exhausted",
    state: "ask",
    cause: {
      errors: [
        { category: "timeout", attempt: 1 },
        { category: "timeout", attempt: 2 },
      ],
    },
  });
  report.tasks.ask = ask;
});

test("a call that one breaker refuses says nothing to the breaker of the state before", async () => {
  const { createTransfer, homeBreaker, awayBreaker } = await loadFixture("breakers-apart", "transfer");
  awayBreaker.forceOpen();
  await expect(createTransfer().orchestrate()).rejects.toMatchObject({ category: "circuit_open", refusedBy: "away" });
  expect(homeBreaker.state).toBe("closed");
  awayBreaker.reset();
  expect(await createTransfer().orchestrate()).toEqual({ state: "done", output: undefined });
});
