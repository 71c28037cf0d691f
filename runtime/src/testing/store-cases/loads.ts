/** Cases about what going on with a run needs. */

import type { CheckpointRow } from "../../checkpoint/checkpoint-row.js";
import type { CheckpointStore, Claim } from "../../checkpoint/checkpoint-store.js";
import { claimOf, CountingDriver, entry, holds, inside, recordOf, same, type StoreCase, storeCase } from "./scene.js";

/** See the file's first line. */
export const loads: readonly StoreCase[] = [
  storeCase("a run that is not there is not loaded", async (scene) => {
    same("what is loaded", await (await scene.store()).load(scene.name()), undefined);
  }),

  storeCase("a run is loaded with its record and the visit that it is in", async (scene) => {
    const [store, other] = await scene.two();
    const claim = await scene.begin(store, { rows: 3 });
    same("the visit of its newest row", await needed(other, claim, 2), [entry(2)]);
    const rows = [
      inside(2, 3, "attempt", { count: 1, due: 4_000 }),
      inside(2, 4, "cursor", { count: 10 }),
      inside(2, 5, "cursor", { count: 20 }),
    ];
    const behind = [inside(2, 6, "attempt", { count: 2 }), inside(2, 7, "due", { due: 5_000 })];
    for (const row of [...rows, ...behind]) await store.append(claim, row);
    same("the newest cursor and what follows it", await needed(other, claim, 5), [rows[2], ...behind]);
    same("the entry", await needed(other, claim, 2, 2), [entry(2)]);
    same("the record", (await other.load(claim))?.run, await recordOf(other, claim));
  }),

  storeCase("the cursors of an earlier visit are not those of this one", async (scene) => {
    const store = await scene.store();
    const claim = await scene.begin(store);
    for (let sequence = 1; sequence < 5; sequence++) await store.append(claim, inside(0, sequence, "cursor"));
    const rows = [entry(5, { visit: 0 }), inside(5, 6, "attempt", { count: 1 })];
    for (const row of rows) await store.append(claim, row);
    same("the visit", await needed(store, claim, 5), rows);
  }),

  storeCase("whatever is to be undone is loaded, with the entries of its visits, however far behind", async (scene) => {
    const store = await scene.store();
    const claim = await scene.begin(store);
    const first = entry(2, { visit: 0, undo: '{"first":1}' });
    const second = inside(2, 3, "cursor", { undo: '{"second":2}' });
    await store.append(claim, inside(0, 1, "cursor"));
    for (const row of [first, second]) await store.append(claim, row);
    for (let sequence = 4; sequence < 40; sequence++) await store.append(claim, inside(2, sequence, "cursor"));
    await store.append(claim, entry(40, { visit: 2 }));
    for (const row of [entry(0), first, second])
      same("a row that is needed", await needed(store, claim, row.sequence, row.sequence), [row]);
    const failing = [
      inside(40, 41, "failure", { payload: '"broken"', state: "state 40" }),
      inside(40, 42, "compensated", { count: 3, state: "state 2" }),
      inside(40, 43, "compensated", { count: 2, state: "state 0" }),
    ];
    for (const row of failing) await store.append(claim, row, { status: "compensating" });
    same("what has been undone", await needed(store, claim, 41), failing);
    for (const row of [entry(0), first, second])
      same("a row that is needed", await needed(store, claim, row.sequence, row.sequence), [row]);
  }),

  storeCase("a failure is loaded after a claim, also an earlier one", async (scene) => {
    const [store, other] = await scene.two();
    const claim = await scene.begin(store);
    const failure = inside(0, 1, "failure", { payload: '"broken"' });
    const compensated = inside(0, 2, "compensated", { count: 0 });
    await store.append(claim, failure, { status: "compensating" });
    await store.append(claim, compensated, { status: "stuck" });
    claimOf(await other.claim(claim, ["stuck"], 5_000, new CountingDriver()));
    same("the rows from the failure on", (await needed(other, claim, 1)).slice(0, 2), [failure, compensated]);
    same(
      "the newest row",
      (await needed(other, claim, 3)).map(({ kind }) => kind),
      ["resume"],
    );
  }),

  storeCase("the exit of a run that has ended is loaded", async (scene) => {
    const store = await scene.store();
    const claim = await scene.begin(store, { rows: 2 });
    const exit = inside(1, 2, "exit", { state: "done", payload: '{"result":1}' });
    await store.append(claim, exit, { status: "completed" });
    same("the rows", await needed(store, claim, 1), [entry(1), exit]);
  }),

  storeCase("a long run is loaded with what it needs, and with the states before", async (scene) => {
    const store = await scene.store();
    const claim = await scene.begin(store, { rows: 200 });
    for (let sequence = 200; sequence < 2_500; sequence++) await store.append(claim, inside(199, sequence, "cursor"));
    same("the newest cursor", await needed(store, claim, 2_499), [inside(199, 2_499, "cursor")]);
    same("the entry", await needed(store, claim, 199, 199), [entry(199)]);
    const before = (await rows(store, claim)).filter(({ sequence, kind }) => sequence < 199 && kind === "entry");
    holds(`a hundred or so of the states before are there, and not ${before.length}`, before.length >= 90);
    same(
      "the states before",
      before.map(({ state }) => state),
      before.map(({ sequence }) => `state ${sequence}`),
    );
    same("the one just before", before.at(-1)?.sequence, 198);
  }),
];

async function rows(store: CheckpointStore, claim: Claim): Promise<readonly CheckpointRow[]> {
  const loaded = await store.load(claim);
  const found = loaded?.rows ?? [];
  const sequences = found.map(({ sequence }) => sequence);
  same(
    "the order of the rows",
    sequences,
    [...new Set(sequences)].toSorted((a, b) => a - b),
  );
  return found;
}

/** The rows that are loaded of a range, from `first` to `last`. */
async function needed(
  store: CheckpointStore,
  claim: Claim,
  first: number,
  last = Number.POSITIVE_INFINITY,
): Promise<readonly CheckpointRow[]> {
  return (await rows(store, claim)).filter(({ sequence }) => sequence >= first && sequence <= last);
}
