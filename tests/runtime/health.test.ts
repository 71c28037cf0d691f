/** Health: of a workflow, its resources, its store and circuit breakers, and of several things together; nothing hangs for ever. */

import { type Checkable, circuitBreaker, healthOf, type Resource, split, type WorkflowHealth } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { createDurable, createWorkflow, type Graph, guards, prepareSplit, Resources } from "cano/codegen/v1";
import { ManualClock } from "cano/testing";
import { expect, test } from "vitest";
import { loadFixture } from "./load-fixture.js";
import { never } from "./machine.js";

const graph: Graph = { name: "shop", initial: [], states: {} };
const nothing = { graph, states: [], drive: never };
const probe = (health: () => unknown): Resource => ({ health: health as NonNullable<Resource["health"]> });
const broken = probe(() => {
  throw new Error("gone");
});

test("health is the worst of the resources; a probe that fails is unhealthy", async () => {
  const resources = new Resources({
    good: 1,
    silent: probe(() => undefined),
    tired: probe(() => ({ status: "degraded", reason: "slow" })),
    broken,
    odd: probe(async () => "well"),
  });
  expect(await createWorkflow({ ...nothing, resources }, {}).health()).toEqual({
    status: "unhealthy",
    resources: {
      good: { status: "healthy" },
      silent: { status: "healthy" },
      tired: { status: "degraded", reason: "slow" },
      broken: { status: "unhealthy", reason: "gone" },
      odd: { status: "unhealthy", reason: "its answer is none of `healthy`, `degraded` and `unhealthy`" },
    },
  });
});

test("a workflow without resources has nothing to set up, and is healthy until it is closed", async () => {
  const workflow = createWorkflow(nothing, {});
  await workflow.start();
  expect(await workflow.health()).toEqual({ status: "healthy", resources: {} });
  await workflow.close();
  expect(await workflow.health()).toEqual({ status: "unhealthy", reason: "workflow `shop` is closed", resources: {} });
});

test.each([
  [undefined, 5_000],
  [200, 200],
])("probes that hang are given up together: healthTimeout %s", async (healthTimeout, limit) => {
  const clock = new ManualClock();
  const resources = new Resources({ first: probe(never), second: probe(never), third: 3 });
  const options = healthTimeout === undefined ? { clock } : { clock, healthTimeout };
  const health = createWorkflow({ ...nothing, resources }, options).health();
  await clock.advance(limit - 1);
  expect(clock.pending).toBe(2);
  await clock.advance(1);
  const hangs = { status: "unhealthy", reason: `it did not answer within ${limit} ms` };
  expect(await health).toEqual({ status: "unhealthy", resources: { first: hangs, second: hangs, third: { status: "healthy" } } });
});

test("a clock that fails is a reason, too: nothing is asked without a bound", async () => {
  const clock = new ManualClock();
  clock.schedule = () => {
    throw new Error("no time");
  };
  const reason = "it was not asked, since the clock failed: no time";
  expect(await healthOf({ it: probe(() => undefined) as Checkable }, { clock })).toEqual({
    status: "unhealthy",
    checks: { it: { status: "unhealthy", reason } },
  });
});

test("a probe that fails after it was given up harms nothing, and one that answers leaves no timer", async () => {
  const clock = new ManualClock();
  let refuse: (error: Error) => void = () => undefined;
  const late = probe(() => new Promise((_, reject) => (refuse = reject)));
  const asked = createWorkflow(
    { ...nothing, resources: new Resources({ late, good: probe(() => undefined) }) },
    { clock },
  ).health();
  await clock.advance(0);
  expect(clock.pending).toBe(1);
  await clock.runAll();
  refuse(new Error("too late"));
  expect(await asked).toMatchObject({ status: "unhealthy", resources: { late: { reason: "it did not answer within 5000 ms" } } });
});

test("a timeout that is out of range is refused when it is used", async () => {
  const asked = createWorkflow(nothing, { healthTimeout: 0 }).health();
  await expect(asked).rejects.toMatchObject({ category: "configuration", code: "CANO7009" });
  await expect(healthOf({}, { timeout: Number.NaN })).rejects.toMatchObject({ category: "configuration", code: "CANO7009" });
});

test("a durable workflow says whether its store can be reached", async () => {
  const clock = new ManualClock();
  const checkpoints = new MemoryCheckpoints();
  const durable = createDurable({ ...nothing, version: 1 }, { checkpoints, clock });
  expect(await durable.health()).toEqual({ status: "healthy", resources: {}, checkpoints: { status: "healthy" } });
  await checkpoints.close();
  expect(await durable.health()).toMatchObject({
    status: "unhealthy",
    checkpoints: { status: "unhealthy", reason: "the checkpoint store could not be used: it is closed" },
  });
  const hanging = createDurable(
    { ...nothing, version: 1 },
    { checkpoints: Object.assign(new MemoryCheckpoints(), { find: never }), clock },
  );
  const asked = hanging.health();
  await clock.runAll();
  expect(await asked).toMatchObject({ checkpoints: { status: "unhealthy", reason: "it did not answer within 5000 ms" } });
});

test("a circuit breaker is degraded until it is closed again, and says until when", async () => {
  const clock = new ManualClock(new Date("2026-01-01"));
  const breaker = circuitBreaker({ name: "bank", failureThreshold: 1, resetTimeout: 30_000, clock });
  const states = [breaker.health()];
  const note = (): unknown => states.push(breaker.health());
  breaker.acquire().fail();
  note();
  await clock.advance(30_000);
  note();
  const trial = breaker.acquire();
  note();
  trial.succeed();
  note();
  breaker.forceOpen();
  note();
  const degraded = (how: string) => ({ status: "degraded", reason: `the circuit breaker \`bank\` is ${how}` });
  expect(states).toEqual([
    { status: "healthy" },
    degraded("open until 2026-01-01T00:00:30.000Z"),
    degraded("open, and the next call is a trial"),
    degraded("half-open: trials decide"),
    { status: "healthy" },
    degraded("open until it is reset"),
  ]);
});

test.each([Number.MAX_SAFE_INTEGER, Number.MAX_VALUE])(
  "a breaker that stays open for %d ms, beyond all dates, tells how it is",
  (resetTimeout) => {
    const breaker = circuitBreaker({ name: "bank", failureThreshold: 1, resetTimeout });
    breaker.acquire().fail();
    expect(breaker.health()).toEqual({ status: "degraded", reason: "the circuit breaker `bank` is open until it is reset" });
  },
);

test("the breakers of a workflow's tasks are asked, each once, and not again where they are resources", async () => {
  const clock = new ManualClock(new Date("2026-01-01"));
  const [bank, other, listed] = ["bank", "bank", "listed"].map((name) => circuitBreaker({ name, failureThreshold: 1, clock }));
  const config = (breaker: typeof bank) => ({ run: () => undefined, config: breaker === undefined ? {} : { breaker } });
  const [policies, branches] = [
    [guards("A", config(bank)), guards("B", config(bank)), guards("C", config(listed)), guards("D", config(undefined))],
    [config(other), config(bank)],
  ];
  const splits = [branches, () => []].map((made) => prepareSplit(split(made as never, { next: "" }), [], [], guards as never));
  const resources = new Resources({ listed, rate: 2 });
  const workflow = createWorkflow({ ...nothing, resources, breakers: [...policies, ...splits] }, { clock });
  const healthy = { status: "healthy" };
  const well = {
    status: "healthy",
    resources: { listed: healthy, rate: healthy },
    breakers: { bank: healthy, "bank 2": healthy },
  };
  expect(await workflow.health()).toEqual(well);
  other?.acquire().fail();
  const reason = "the circuit breaker `bank` is open until 2026-01-01T00:00:30.000Z";
  expect(await workflow.health()).toEqual({
    ...well,
    status: "degraded",
    breakers: { bank: healthy, "bank 2": { status: "degraded", reason } },
  });
});

test("a generated module tells the breakers that only its tasks' configs have", async () => {
  const { createPayments } = await loadFixture("payments", "payments");
  const health = (await createPayments({ resources: { bank: {}, ledger: {} } }).health()) as WorkflowHealth;
  expect(health.breakers).toEqual({ bank: { status: "healthy" } });
});

test("several things together: all are asked at once, and the answer is JSON", async () => {
  const clock = new ManualClock();
  const resources = new Resources({ bank: circuitBreaker({ name: "bank", clock }) });
  const orders = createWorkflow({ ...nothing, resources }, { clock });
  const hanging: { health(): Promise<WorkflowHealth> } = { health: never };
  const asked = healthOf({ orders, hanging, broken: broken as { health(): WorkflowHealth } }, { clock });
  await clock.advance(10_000);
  const report = await asked;
  // What a workflow tells is kept, with its type.
  expect("resources" in report.checks.orders && report.checks.orders.resources["bank"]?.status).toBe("healthy");
  expect(JSON.parse(JSON.stringify(report))).toEqual({
    status: "unhealthy",
    checks: {
      orders: { status: "healthy", resources: { bank: { status: "healthy" } } },
      hanging: { status: "unhealthy", reason: "it did not answer within 10000 ms" },
      broken: { status: "unhealthy", reason: "gone" },
    },
  });
  expect(await healthOf({})).toEqual({ status: "healthy", checks: {} });
});
