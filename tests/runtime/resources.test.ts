/** Resources: set up in order, torn down in reverse, whatever fails. */

import { getEventListeners } from "node:events";
import { perRun } from "cano";
import { settled } from "cano/testing";
import { expect, test, vi } from "vitest";
import { machineOf, outcomeOf } from "./machine.js";

const log: string[] = [];
const resource = (name: string, faults: { setup?: boolean; teardown?: boolean } = {}) => ({
  setup: () => {
    log.push(`${name} up`);
    if (faults.setup === true) throw new Error(`${name} is broken`);
  },
  teardown: async () => {
    log.push(`${name} down`);
    if (faults.teardown === true) throw new Error(`${name} is stuck`);
  },
});
const steps = { a: { run: () => "done" } };
const taken = (): string[] => log.splice(0);

test("two runs at once share one setup; close waits and tears down in reverse, once", async () => {
  const { workflow } = machineOf(steps, { resources: { x: resource("x"), plain: 1, y: resource("y") } });
  await Promise.all([workflow.orchestrate(), workflow.orchestrate()]);
  expect(taken()).toEqual(["x up", "y up"]);
  await Promise.all([workflow.close(), workflow.close()]);
  expect(taken()).toEqual(["y down", "x down"]);
});

test("what stands under several names is set up once, in its first place, and torn down once", async () => {
  const pool = resource("pool");
  const { workflow } = machineOf(steps, { resources: { orders: pool, y: resource("y"), prices: pool } });
  await workflow.orchestrate();
  await workflow.close();
  expect(taken()).toEqual(["pool up", "y up", "y down", "pool down"]);
});

test("a failed setup tears down what was set up, and the next run tries again", async () => {
  const faults = { setup: true };
  const machine = machineOf(steps, { resources: { x: resource("x"), y: resource("y", faults), z: resource("z") } });
  expect(await outcomeOf(machine)).toMatchObject({
    category: "resource",
    code: "CANO7010",
    message: "resource `y` could not be set up: y is broken",
  });
  expect(taken()).toEqual(["x up", "y up", "x down"]);
  faults.setup = false;
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect(taken()).toEqual(["x up", "y up", "z up"]);
});

test("what was set up in vain is torn down once, also when the workflow object is closed meanwhile", async () => {
  let refuse: (error: Error) => void = () => undefined;
  const stuck = {
    setup: () => new Promise<never>((_, reject) => (refuse = reject)),
    teardown: () => void log.push("stuck down"),
  };
  const { workflow } = machineOf(steps, { resources: { x: resource("x"), stuck } });
  const starting = workflow.start();
  await settled();
  const closing = workflow.close();
  refuse(new Error("no"));
  await expect(starting).rejects.toMatchObject({ category: "resource" });
  await closing;
  expect(taken()).toEqual(["x up", "x down"]);
});

test("a resource may be nothing, and one with a `perRun` that makes none is shared as it is", async () => {
  const resources = { nothing: null, missing: undefined, prices: { perRun: 3 } };
  let seen: unknown;
  expect(await outcomeOf(machineOf({ a: { run: (given) => ((seen = given), "done") } }, { resources }))).toMatchObject({
    state: "done",
  });
  expect(seen).toEqual(resources);
});

test("a failed teardown is logged and the others go on", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { workflow } = machineOf(steps, { resources: { x: resource("x"), y: resource("y", { teardown: true }) } });
  await workflow.orchestrate();
  await workflow.close();
  expect(taken()).toEqual(["x up", "y up", "y down", "x down"]);
  expect(warn.mock.calls.map(([text]) => String(text))).toEqual(["resource `y` could not be torn down: y is stuck"]);
  warn.mockRestore();
});

test("what is made per run is torn down with it, also when the run fails", async () => {
  const machine = machineOf(
    { a: { run: () => Promise.reject(new Error("no")) } },
    { resources: { r: perRun(() => resource("r")) } },
  );
  await outcomeOf(machine);
  await outcomeOf(machine);
  expect(taken()).toEqual(["r up", "r down", "r up", "r down"]);
});

test("a closed workflow object sets nothing up any more", async () => {
  const { workflow } = machineOf(steps, { resources: { x: resource("x"), r: perRun(() => resource("r")) } });
  await workflow.close();
  await expect(workflow.orchestrate()).rejects.toMatchObject({ category: "configuration", code: "CANO7011" });
  await expect(workflow.start()).rejects.toMatchObject({ category: "configuration", code: "CANO7011" });
  expect(taken()).toEqual([]);
});

test("a run that was asked for before the workflow object is closed is one in progress, while its resources are set up and at once behind that", async () => {
  let arrive: (() => void) | undefined;
  const slow = { setup: () => new Promise<void>((resolve) => (arrive = resolve)), teardown: () => void log.push("torn down") };
  const log: string[] = [];
  const { workflow } = machineOf({ a: { run: () => (log.push("run"), "done") } }, { resources: { slow } });
  const first = workflow.orchestrate();
  await settled();
  const closing = workflow.close();
  await expect(workflow.orchestrate()).rejects.toMatchObject({ code: "CANO7011" });
  arrive?.();
  expect(await first).toMatchObject({ state: "done" });
  await closing;
  expect(log).toEqual(["run", "torn down"]);
  const { workflow: warm } = machineOf({ a: { run: () => "done" } }, { resources: { r: perRun(() => resource("r")) } });
  await warm.start();
  const last = warm.orchestrate();
  await warm.close();
  expect(await last).toMatchObject({ state: "done" });
  expect(taken()).toEqual(["r up", "r down"]);
});

test("a run that is cancelled while its resources are set up ends at once; what comes late is torn down", async () => {
  const controller = new AbortController();
  let arrive: (() => void) | undefined;
  const slow = perRun(async () => {
    await new Promise<void>((resolve) => (arrive = resolve));
    return resource("r");
  });
  const { workflow, recorder } = machineOf(steps, { resources: { slow } });
  const run = workflow.orchestrate({ signal: controller.signal });
  await settled();
  controller.abort();
  await expect(run).rejects.toMatchObject({ category: "cancelled", path: [] });
  expect(recorder.path()).toEqual([]);
  await workflow.close();
  expect(taken()).toEqual([]);
  arrive?.();
  await settled();
  expect(taken()).toEqual(["r up", "r down"]);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test("a run that is cancelled while its resources are set up has no more of them made, which may need what is torn down by then", async () => {
  const controller = new AbortController();
  let arrive: () => void = () => undefined;
  const setup = (): Promise<void> => new Promise((resolve) => (arrive = resolve));
  const pool = { setup, teardown: () => void log.push("pool down") };
  const { workflow } = machineOf(steps, { resources: { pool, client: perRun(() => resource("client")) } });
  const run = workflow.orchestrate({ signal: controller.signal });
  controller.abort();
  await expect(run).rejects.toMatchObject({ category: "cancelled" });
  const closing = workflow.close();
  arrive();
  await closing;
  await settled();
  expect(taken()).toEqual(["pool down"]);
});

test("a run that is cancelled while its resources are set up is told so, also when the workflow object was closed before", async () => {
  const controller = new AbortController();
  let arrive: () => void = () => undefined;
  const setup = (): Promise<void> => new Promise((resolve) => (arrive = resolve));
  const { workflow } = machineOf(steps, { resources: { database: { setup } } });
  const run = workflow.orchestrate({ signal: controller.signal });
  const closing = workflow.close();
  controller.abort();
  await expect(run).rejects.toMatchObject({ category: "cancelled" });
  arrive();
  await closing;
});

test("runs that wait for their resources with one signal add one listener to it", async () => {
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const setup = (): Promise<void> => arrived;
  const { workflow } = machineOf({ a: { run: () => "done" } }, { resources: { database: { setup } } });
  const { signal } = new AbortController();
  const runs = Array.from({ length: 20 }, () => workflow.orchestrate({ signal }));
  // Node takes more than ten of them for a leak, and says so.
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  arrive();
  await Promise.all(runs);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a run whose signal has fired before sets nothing up", async () => {
  const { workflow } = machineOf(steps, { resources: { r: perRun(() => resource("r")) } });
  await expect(workflow.orchestrate({ signal: AbortSignal.abort() })).rejects.toMatchObject({ category: "cancelled" });
  expect(taken()).toEqual([]);
});

test("a hook behind a getter that throws is that resource's failure", async () => {
  const hostile = {
    get setup(): never {
      throw new Error("hands off");
    },
  };
  expect(await outcomeOf(machineOf(steps, { resources: { hostile } }))).toMatchObject({
    category: "resource",
    message: /hands off/,
  });
});
