/** Cases about runs that are cancelled or removed, and about store objects that are closed. */

import type { RunQuery } from "../../checkpoint/checkpoint-store.js";
import {
  claimOf,
  CountingDriver,
  ENDED,
  entry,
  recordOf,
  rejects,
  rowsOf,
  same,
  STATUSES,
  type StoreCase,
  storeCase,
} from "./scene.js";

/** So long somebody else may take to hear of a request, in milliseconds. */
const SECONDS = 10_000;

/** See the file's first line. */
export const endings: readonly StoreCase[] = [
  storeCase("who drives a run is told to cancel it, once", async (scene) => {
    const [store, other] = await scene.two();
    const driver = new CountingDriver();
    const beside = new CountingDriver();
    const claim = await scene.begin(store, { driver });
    await scene.begin(store, { driver: beside });
    same("before", (await recordOf(other, claim)).cancelling, false);
    same("whether there is somebody to ask", [await store.requestCancel(claim), await store.requestCancel(claim)], [true, true]);
    same("what another is told", await other.requestCancel(claim), true);
    await within(() => driver.told > 0);
    same("how often each was told", [driver.told, beside.told], [1, 0]);
    same("the record", (await recordOf(other, claim)).cancelling, true);
    await store.append(claim, entry(1));
  }),

  storeCase("a driver elsewhere hears of a request within seconds", async (scene) => {
    const [store, other] = await scene.two();
    const drivers = [new CountingDriver(), new CountingDriver()];
    for (const driver of drivers) {
      const claim = await scene.begin(store, { driver });
      same("whether there is somebody to ask", await other.requestCancel(claim), true);
      await within(() => driver.told > 0);
    }
    same(
      "how often each was told",
      drivers.map(({ told }) => told),
      [1, 1],
    );
  }),

  storeCase("there is nobody to ask where nobody drives", async (scene) => {
    const [store, other] = await scene.two();
    same("a run that is not there", await store.requestCancel(scene.name()), false);
    for (const status of STATUSES) {
      const left = await scene.left(store, status);
      same(`a run that is ${status}`, [await store.requestCancel(left), await other.requestCancel(left)], [false, false]);
      same("its record", (await recordOf(store, left)).cancelling, false);
    }
  }),

  storeCase(
    "a run that was to be cancelled is to be undone by who claims it, who need not be told; another request is told",
    async (scene) => {
      const [store, other] = await scene.two();
      const first = new CountingDriver();
      const second = new CountingDriver();
      const claim = await scene.begin(store, { driver: first });
      await store.requestCancel(claim);
      await store.release(claim);
      const claiming = await other.claim(claim, ["running"], 5_000, second);
      claimOf(claiming);
      same("the run in the claiming", "run" in claiming && [claiming.run.status, claiming.run.cancelling], ["running", true]);
      const record = await recordOf(store, claim);
      same("the record", [record.status, record.cancelling], ["compensating", false]);
      same("how often each was told", [first.told, second.told], [1, 0]);
      await store.requestCancel(claim);
      await within(() => second.told > 0);
      same("how often each was told", [first.told, second.told], [1, 1]);
    },
  ),

  storeCase("a run that has ended is not undone since it was to be cancelled before", async (scene) => {
    const [store, other] = await scene.two();
    for (const status of ["failed", "cancelled"] as const) {
      const claim = await scene.begin(store);
      await store.requestCancel(claim);
      await store.append(claim, entry(1), { status });
      claimOf(await other.claim(claim, [status], 5_000, new CountingDriver()));
      const record = await recordOf(store, claim);
      same(`what was ${status}`, [record.status, record.cancelling], ["running", false]);
    }
  }),

  storeCase("runs that have ended are removed with their rows, and no others", async (scene) => {
    const [store, other] = await scene.two();
    const left = [];
    for (const status of STATUSES) left.push(await scene.left(store, status));
    const driven = await scene.begin(store);
    const prune = (query: Partial<RunQuery>): Promise<number> => other.prune({ workflow: scene.workflow, limit: 100, ...query });
    same("how many of another workflow", await prune({ workflow: `${scene.workflow}2` }), 0);
    same("how many that have not ended", await prune({ statuses: ["running", "compensating"] }), 0);
    same("how many that are abandoned", await prune({ abandoned: true }), 0);
    same("how many of no status", await prune({ statuses: [] }), 0);
    same("how many that ended long ago", await prune({ endedBefore: 1_001 }), 0);
    same("how many that are stuck", await prune({ statuses: ["stuck"], endedBefore: 1_002 }), 1);
    same("how many of two at the most", await prune({ limit: 2 }), 2);
    const rest = (await other.list({ workflow: scene.workflow, limit: 100 })).map(({ key }) => key);
    const [running, compensating, , , cancelled, compensated] = left.map(({ key }) => key);
    same("which are left", rest, [running, compensating, cancelled, compensated, driven.key]);
    same("how many behind a key", await prune({ after: cancelled ?? 0 }), 1);
    same("how many of the rest", await prune({}), 1);
    for (const [at, claim] of left.entries()) {
      const name = { workflow: claim.workflow, runId: claim.runId };
      same("how many rows there are", (await rowsOf(store, name)).length, at < 2 ? 2 : 0);
      if (at >= 2) same("a run that was removed", await store.find(name), undefined);
    }
    await store.append(driven, entry(1));
    same("how many statuses are ended ones", ENDED.length, STATUSES.length - 2);
  }),

  storeCase("a store object that is closed refuses everything but being closed", async (scene) => {
    const [store, other] = await scene.two();
    const claim = await scene.begin(store);
    await store.close();
    await store.close();
    await store.release(claim);
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      begin: () => store.begin({ ...scene.name(), version: 1 }, entry(0), new CountingDriver()),
      append: () => store.append(claim, entry(1)),
      claim: () => store.claim(claim, STATUSES, 5_000, new CountingDriver()),
      find: () => store.find(claim),
      load: () => store.load(claim),
      list: () => store.list({ limit: 1 }),
      history: () => store.history(claim, -1, 1),
      requestCancel: () => store.requestCancel(claim),
      prune: () => store.prune({ workflow: scene.workflow, limit: 1 }),
    };
    for (const [name, call] of Object.entries(calls)) await rejects(`\`${name}\` of a closed store`, call(), "checkpoint_store");
    same("the rows", await rowsOf(other, claim), [entry(0)]);
    same("what can be disposed of", typeof other[Symbol.asyncDispose], "function");
  }),
];

/** Waits until something holds, on the real clock: the store's own may be another. */
async function within(condition: () => boolean): Promise<void> {
  const end = Date.now() + SECONDS;
  while (!condition()) {
    if (Date.now() > end) throw new Error("nobody was told to cancel the run");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
