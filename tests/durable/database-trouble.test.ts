/** Whole runs while their database is in trouble: they wait it out, or stop with an error and go on later. What stores do is tested beside this folder. */

import { randomUUID } from "node:crypto";
import type { Clock } from "cano";
import type { CheckpointStore } from "cano/checkpoints";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { expect, test } from "vitest";
import { freshFile } from "../support/databases.js";
import { startPostgres } from "../support/postgres-server.js";
import { Other } from "../support/processes.js";
import { faultsOf } from "./legal-log.js";
import { listScenarios } from "./scenario.js";
import { outcomeOf } from "./story.js";

const scenario = (await listScenarios()).find(({ name }) => name === "it is shipped");

/** Orders on a store, each of which ships one parcel; `pause` is what an effect waits for. */
function shop(checkpoints: CheckpointStore, pause: () => Promise<void>) {
  const effects: string[] = [];
  // The fixture has timeouts of some hundred milliseconds, which are not what this is about: they never run out.
  const clock: Clock = { now: () => performance.now(), epoch: () => Date.now(), schedule: () => () => undefined };
  const workflow = scenario?.create({ checkpoints, clock }, async (what) => {
    effects.push(what);
    await pause();
  });
  if (workflow === undefined) throw new Error("the scenario is gone");
  const order = (runId: string): Promise<string> => outcomeOf(workflow.orchestrate({ ...scenario?.request, runId }));
  return { workflow, effects, order };
}

const SHIPPED = /^done with .*parcel-1/;

test("runs wait for a server that restarts, and notice nothing", async () => {
  const server = await startPostgres();
  try {
    await using checkpoints = postgresCheckpoints(server.url);
    await checkpoints.list({ limit: 1 });
    const { workflow, effects, order } = shop(checkpoints, () => new Promise((resolve) => setTimeout(resolve, 30)));
    const ids = Array.from({ length: 20 }, () => randomUUID());
    const runs = Promise.all(ids.map(order));
    for (let turn = 0; turn < 2; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      await server.pause();
      await server.goOn();
    }
    for (const outcome of await runs) expect(outcome).toMatch(SHIPPED);
    for (const what of ["hold", "charge", "ship"])
      expect(
        effects.filter((effect) => effect.startsWith(what)),
        what,
      ).toHaveLength(ids.length);
    for (const runId of ids) {
      const log = await workflow.runs.history(runId);
      expect(faultsOf(log)).toEqual([]);
      expect(log.filter(({ kind }) => kind === "resume" || kind === "failure")).toEqual([]);
    }
  } finally {
    await server.stop();
  }
});

/** Orders on a file that somebody locks while the first effect is in progress, until `unlock`. */
function lockedShop(checkpoints: CheckpointStore, path: string) {
  let other: Other | undefined;
  const made = shop(checkpoints, async () => {
    if (made.effects.length > 1) return;
    other = new Other("checkpoint/locking-process.mjs", path);
    await other.line();
  });
  return { ...made, unlock: async () => await other?.kill() };
}

test("a run that cannot write for too long stops with an error, undoes nothing, and goes on later", async () => {
  const path = freshFile();
  await using checkpoints = sqliteCheckpoints({ path, busyTimeout: 50 });
  const { workflow, effects, order, unlock } = lockedShop(checkpoints, path);
  expect(await order("a")).toMatch(
    /^checkpoint_store .*: the checkpoint store could not add a row: database is locked, for 50 ms$/,
  );
  expect(effects).toEqual(["hold 2 lamp"]);
  expect(await workflow.runs.get("a")).toMatchObject({ status: "running", owner: undefined });
  expect(await outcomeOf(workflow.resume("a")), "it is still locked").toMatch(/^checkpoint_store .*database is locked/);
  await unlock();
  expect(await outcomeOf(workflow.resume("a"))).toMatch(SHIPPED);
  expect(effects.filter((effect) => effect.startsWith("undo:"))).toEqual([]);
  expect(faultsOf(await workflow.runs.history("a"))).toEqual([]);
});

test("a run that has stopped is left behind for everybody as soon as the database can be written to again", async () => {
  const path = freshFile();
  // Nothing happens of its own accord.
  const clock: Clock = { now: () => performance.now(), epoch: () => Date.now(), schedule: () => () => undefined };
  await using checkpoints = sqliteCheckpoints({ path, busyTimeout: 0, clock });
  const { workflow, order, unlock } = lockedShop(checkpoints, path);
  expect(await order("a")).toMatch(/^checkpoint_store /);
  await unlock();
  expect(await workflow.resumeAll()).toMatchObject([{ runId: "a", ok: true }]);
});
