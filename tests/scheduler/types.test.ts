/** What `request` must be follows from the workflow: checked by the compiler, which must find an error in each line that says so. */

import type { Orchestrator, Request, RequestAt } from "cano/codegen/v1";
import type { DurableOrchestrator } from "cano/codegen/v1";
import { createScheduler } from "cano/scheduler";
import { expect, test } from "vitest";
import { HOUR, Job, START } from "./job.js";
import { ManualClock } from "cano/testing";

test("requests are typed by their workflows", () => {
  const job: unknown = new Job(new ManualClock());
  const plain = job as Orchestrator<Request<void>, unknown>;
  const lax = job as Orchestrator<Request<string | undefined>, unknown>;
  const order = job as DurableOrchestrator<Request<{ readonly sku: string }>, unknown>;
  const several = job as Orchestrator<RequestAt<"a", string> | RequestAt<"b", void>, unknown>;
  const scheduler = createScheduler();

  scheduler.every("1", plain, HOUR).every("2", plain, HOUR, { overlap: "queue" }).manual("3", plain);
  scheduler.every("4", lax, HOUR).every("5", lax, HOUR, { request: { input: "x" } });
  scheduler.cron("6", order, "@daily", { request: { input: { sku: "anvil" } } });
  scheduler.cron("7", order, "@daily", { request: ({ due }) => ({ input: { sku: String(due) } }) });
  scheduler.cron("8", order, "@daily", { request: async () => ({ input: { sku: "anvil" } }) });
  scheduler.at("9", several, START, { request: { state: "b" } });
  scheduler.at("10", several, START, { request: () => ({ state: "a", input: "x" }) });

  // @ts-expect-error -- it needs an input
  scheduler.every("11", order, HOUR);
  // @ts-expect-error -- it needs an input
  scheduler.every("12", order, HOUR, { overlap: "queue" });
  // @ts-expect-error -- of another type
  scheduler.every("13", order, HOUR, { request: { input: { sku: 1 } } });
  // @ts-expect-error -- of another type
  scheduler.every("14", order, HOUR, { request: () => ({ input: { sku: 1 } }) });
  // @ts-expect-error -- the run id is the scheduler's
  scheduler.every("15", plain, HOUR, { request: { runId: "mine" } });
  // @ts-expect-error -- `a` takes a text
  scheduler.at("16", several, START, { request: { state: "a" } });
  // @ts-expect-error -- no workflow of a generated module
  expect(() => scheduler.every("17", { orchestrate: async () => undefined }, HOUR)).toThrow("schedule `17` needs what");
  expect(scheduler.has("16")).toBe(true);
});
