/** Five processes run one schedule on one store, and are killed at any moment and started again: each due time fires once, and its run is done. */

import { appendFileSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { faultsOf } from "../durable/legal-log.js";
import { expectRepair, numberVisits, outcomeOf } from "../durable/story.js";
import { openPlace } from "../durable/worker.js";
import { payroll, undisturbedStory } from "../durable/workers.js";
import { bundleScript } from "../support/bundle.js";
import { freshFile, freshSchema, postgresUrl } from "../support/databases.js";
import { Other } from "../support/processes.js";
import { INTERVAL, SCHEDULE } from "./worker.js";

const script = bundleScript(
  "schedule-worker",
  `import scenarios from "./.cano/fixtures/durable-payroll/crash.ts";
import { runSchedule } from "./tests/scheduler/worker.ts";
await runSchedule(scenarios[0]);`,
);

const PROCESSES = 5;
const DUES = 100;
/** Milliseconds that a process lives at the most, once it has started. */
const LIFE = 2_000;

test.each<[on: string, place: () => string | Promise<string>]>([
  ["a file that they share", freshFile],
  ["a server", postgresUrl],
])("each due time of a schedule fires once: on %s", { timeout: 300_000 }, async (_, place) => {
  const database = await place();
  const schema = freshSchema();
  const effects = freshFile();
  appendFileSync(effects, "");
  const until = (DUES - 1) * INTERVAL;
  const begun = String(Date.now() + 1_000);
  await using checkpoints = openPlace(database, schema);
  const { schedules } = checkpoints;
  if (schedules === undefined) throw new Error("the store keeps no schedules");
  const isDone = async (): Promise<boolean> => {
    const firings = await schedules.firings(SCHEDULE, -1, DUES + 1);
    return firings.at(-1)?.due === until && firings.every(({ outcome }) => outcome !== undefined);
  };

  let kills = 0;
  const state = { isOver: false };
  const fleet = Array.from({ length: PROCESSES }, async () => {
    while (!state.isOver) {
      await using worker = new Other(script, database, schema, effects, begun, String(until));
      expect(await worker.line()).toBe("started");
      await sleep(Math.random() * LIFE);
      if (!state.isOver) kills++;
    }
  });
  const watch = (async () => {
    while (!(await isDone())) await sleep(100);
    state.isOver = true;
  })();
  await Promise.all([...fleet, watch]);
  expect(kills).toBeGreaterThan(PROCESSES);

  const firings = await schedules.firings(SCHEDULE, -1, DUES + 1);
  // The first ones are over when the first process has started, on a busy machine.
  const dues = Array.from({ length: DUES }, (_, at) => at * INTERVAL).filter((due) => due >= (firings[0]?.due ?? 0));
  expect(firings.map(({ due }) => due)).toEqual(dues);
  expect(dues.length).toBeGreaterThan(DUES / 10);
  expect(new Set(firings.map(({ outcome }) => outcome))).toEqual(new Set(["completed"]));

  const scenario = await payroll();
  const workflow = scenario.create({ checkpoints }, async () => undefined);
  expect((await workflow.runs.list({ limit: 1_000 })).map(({ runId }) => runId).toSorted()).toEqual(
    firings.map(({ runId }) => runId).toSorted(),
  );
  const undisturbed = await undisturbedStory(scenario, "good");
  const lines = readFileSync(effects, "utf8").trimEnd().split("\n");
  const done = lines.map((line) => JSON.parse(line) as readonly [what: string, key: string]);
  for (const { runId } of firings) {
    const log = await workflow.runs.history(runId);
    expect(faultsOf(log), runId).toEqual([]);
    const own = done.filter(([, key]) => key.includes(`/${runId}#`)).map(([what, key]) => `${what} (${key})`);
    const story = { outcome: await outcomeOf(workflow.resume(runId)), effects: numberVisits(own, runId) };
    expectRepair(story, undisturbed, log.filter(({ kind }) => kind === "resume").length);
  }
});

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
