/** Cases about finding runs: by name, by what they have in common, and their history. */

import type { CheckpointStore, RunQuery } from "../../checkpoint/checkpoint-store.js";
import {
  CountingDriver,
  entry,
  ENDED,
  inside,
  recordOf,
  rowsOf,
  same,
  STATUSES,
  type Scene,
  type StoreCase,
  storeCase,
} from "./scene.js";

/** See the file's first line. */
export const lists: readonly StoreCase[] = [
  storeCase("runs are listed by workflow and status, in the order of their keys", async (scene) => {
    const [store, other] = await scene.two();
    const claims = [];
    for (const status of STATUSES) claims.push(await scene.left(store, status));
    const claim = await scene.begin(store);
    const all = await Promise.all([...claims, claim].map((run) => recordOf(store, run)));
    same("all of them", await other.list({ workflow: scene.workflow, limit: 100 }), all);
    same("those of another workflow", await other.list({ workflow: `${scene.workflow}2`, limit: 100 }), []);
    for (const status of STATUSES) {
      const expected = all.filter((record) => record.status === status);
      same(`those that are ${status}`, await other.list({ workflow: scene.workflow, statuses: [status], limit: 100 }), expected);
    }
    const ended = all.filter(({ endedAt }) => endedAt !== undefined);
    same(
      "several statuses",
      await keys(other, scene, { statuses: ENDED }),
      ended.map(({ key }) => key),
    );
    same("no status at all", await keys(other, scene, { statuses: [] }), []);
  }),

  storeCase("a list goes on where the one before it ended", async (scene) => {
    const store = await scene.store();
    const begun = [];
    for (let at = 0; at < 7; at++) begun.push((await scene.begin(store)).key);
    const pages: (readonly number[])[] = [];
    for (let after = 0; pages.length < 4; after = pages.at(-1)?.at(-1) ?? after)
      pages.push(await keys(store, scene, { after, limit: 3 }));
    same("the pages", pages, [begun.slice(0, 3), begun.slice(3, 6), begun.slice(6), []]);
    same("a page of nothing", await keys(store, scene, { limit: 0 }), []);
    same("a page without an end", await keys(store, scene, { limit: Number.POSITIVE_INFINITY }), begun);
    const without = await store.list({ after: (begun[0] ?? 0) - 1, limit: 1 });
    same(
      "a page of whatever workflow",
      without.map(({ key }) => key),
      begun.slice(0, 1),
    );
  }),

  storeCase("the newest runs, and those before a key, are in the order of their keys, too", async (scene) => {
    const store = await scene.store();
    const begun = [];
    for (let at = 0; at < 7; at++) begun.push((await scene.begin(store)).key);
    same("the newest", await keys(store, scene, { newest: true, limit: 3 }), begun.slice(4));
    same("those before them", await keys(store, scene, { newest: true, before: begun[4] ?? 0, limit: 3 }), begun.slice(1, 4));
    same("the oldest before a key", await keys(store, scene, { before: begun[4] ?? 0, limit: 2 }), begun.slice(0, 2));
    same("those between two keys", await keys(store, scene, { after: begun[1] ?? 0, before: begun[4] ?? 0 }), begun.slice(2, 4));
    same("more than there are", await keys(store, scene, { newest: true, limit: Number.POSITIVE_INFINITY }), begun);
  }),

  storeCase("runs of one id are listed, whatever their workflow", async (scene) => {
    const store = await scene.store();
    const { workflow } = scene;
    // An id that no other case uses, on data that may be shared.
    const runId = workflow;
    const begin = async (of: string): Promise<number | undefined> =>
      (await store.begin({ workflow: of, runId, version: 1 }, entry(0), new CountingDriver()))?.key;
    const key = await begin(workflow);
    await scene.begin(store);
    const other = await begin(`${workflow}2`);
    const ofId = async (query: Partial<RunQuery>): Promise<readonly number[]> =>
      (await store.list({ runId, limit: 100, ...query })).map((run) => run.key);
    same("all of them", await ofId({}), [key, other]);
    same("that of a workflow", await ofId({ workflow }), [key]);
    same("that of no workflow", await ofId({ workflow: `${workflow}3` }), []);
  }),

  storeCase("runs that nobody drives are listed as abandoned, if they have not ended", async (scene) => {
    const [store, other] = await scene.two();
    const left = [];
    for (const status of STATUSES) left.push(await scene.left(store, status));
    await scene.begin(store);
    const alone = await scene.begin(other);
    const abandoned = left.slice(0, 2).map(({ key }) => key);
    for (const each of [store, other]) same("the abandoned ones", await keys(each, scene, { abandoned: true }), abandoned);
    same("those of a status", await keys(store, scene, { abandoned: true, statuses: ["compensating"] }), abandoned.slice(1));
    await other.close();
    same("those of who is closed", await keys(store, scene, { abandoned: true }), [...abandoned, alone.key]);
  }),

  storeCase("runs are listed by when they ended", async (scene) => {
    const store = await scene.store();
    const ended = [];
    for (const at of [2_000, 3_000, 4_000]) {
      const claim = await scene.begin(store);
      await store.append(claim, entry(1, { at }), { status: "completed" });
      ended.push(claim.key);
    }
    await scene.begin(store);
    same("those before", await keys(store, scene, { endedBefore: 3_000 }), ended.slice(0, 1));
    same("those a moment later", await keys(store, scene, { endedBefore: 3_000.5 }), ended.slice(0, 2));
    same("all", await keys(store, scene, { endedBefore: 10_000 }), ended);
  }),

  storeCase("a history is read page by page", async (scene) => {
    const store = await scene.store();
    const claim = await scene.begin(store);
    const cursors = Array.from({ length: 6 }, (_, at) => inside(0, at + 1, "cursor"));
    for (const row of cursors) await store.append(claim, row);
    const all = [entry(0), ...cursors];
    same("all of it", await rowsOf(store, claim), all);
    same("the first page", await store.history(claim, -1, 3), all.slice(0, 3));
    same("the second page", await store.history(claim, 2, 3), all.slice(3, 6));
    same("the last page", await store.history(claim, 5, 3), all.slice(6));
    same("a page behind the end", await store.history(claim, 6, 3), []);
    same("a page of nothing", await store.history(claim, -1, 0), []);
    same("the history of nothing", await store.history(scene.name(), -1, 10), []);
    same("a run that is not there", await store.find(scene.name()), undefined);
  }),
];

async function keys(store: CheckpointStore, { workflow }: Scene, query: Partial<RunQuery>): Promise<readonly number[]> {
  return (await store.list({ workflow, limit: 100, ...query })).map(({ key }) => key);
}
