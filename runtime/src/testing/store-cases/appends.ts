/** Cases about rows that are added to a run's log. */

import type { CheckpointRow, RowKind } from "../../checkpoint/checkpoint-row.js";
import { entry, inside, recordOf, rejects, rowsOf, same, type StoreCase, storeCase } from "./scene.js";

const KINDS: readonly RowKind[] = ["entry", "cursor", "attempt", "due", "resume", "failure", "compensated", "exit", "end"];

/** See the file's first line. */
export const appends: readonly StoreCase[] = [
  storeCase("rows of every kind come back as they were written, in their order", async (scene) => {
    const [store, other] = await scene.two();
    const claim = await scene.begin(store);
    const rows: CheckpointRow[] = KINDS.map((kind, at) => ({
      sequence: at + 1,
      kind,
      state: `${kind} 'state'`,
      visit: at,
      count: at * 1_000_000_000_000,
      version: at + 5,
      payload: [undefined, "", "null", '{"a":[1,"two"]}'][at % 4],
      undo: [undefined, "{}", ""][at % 3],
      due: at % 2 === 0 ? undefined : 1_800_000_000_000.5 + at,
      at: 1_700_000_000_000 + at,
    }));
    for (const row of rows) await store.append(claim, row);
    same("the rows", await rowsOf(store, claim), [entry(0), ...rows]);
    same("the rows for somebody else", await rowsOf(other, claim), [entry(0), ...rows]);
  }),

  storeCase("a row is there for everybody when it is written, and the run's record follows it", async (scene) => {
    const [store, other] = await scene.two();
    const claim = await scene.begin(store);
    for (let sequence = 1; sequence < 6; sequence++) {
      const row = inside(0, sequence, sequence % 2 === 0 ? "due" : "cursor", {
        state: `s${sequence}`,
        due: sequence % 2 === 0 ? 5_000 : undefined,
      });
      await store.append(claim, row);
      same("the newest row", (await rowsOf(other, claim)).at(-1), row);
      const { state, due, updatedAt, startedAt, status } = await recordOf(other, claim);
      same("the record", [state, due, updatedAt, startedAt, status], [row.state, row.due, row.at, 1_000, "running"]);
    }
  }),

  storeCase("many runs grow at once, from two store objects, and every row has its place", async (scene) => {
    const [store, other] = await scene.two();
    const grow = async (which: typeof store): Promise<readonly CheckpointRow[]> =>
      rowsOf(other, await scene.begin(which, { rows: 12 }));
    const grown = await Promise.all(Array.from({ length: 40 }, (_, at) => grow(at % 2 === 0 ? store : other)));
    const expected = Array.from({ length: 12 }, (_, sequence) => entry(sequence));
    for (const rows of grown) same("the rows of a run", rows, expected);
  }),

  storeCase("rows of one run that are added at once stand in their order", async (scene) => {
    const store = await scene.store();
    const claim = await scene.begin(store);
    const rows = Array.from({ length: 20 }, (_, at) => entry(at + 1));
    await Promise.all(rows.map((row) => store.append(claim, row)));
    same("the rows", await rowsOf(store, claim), [entry(0), ...rows]);
  }),

  storeCase("a row that was written with the same fence is the same row", async (scene) => {
    const store = await scene.store();
    const claim = await scene.begin(store, { rows: 3 });
    await store.append(claim, entry(2, { payload: "another" }), { status: "failed" });
    await store.append(claim, entry(1, { payload: "another" }));
    same("the rows", await rowsOf(store, claim), [entry(0), entry(1), entry(2)]);
    same("the status", (await recordOf(store, claim)).status, "running");
    await store.append(claim, entry(3));
    same("how many rows there are", (await rowsOf(store, claim)).length, 4);
  }),

  storeCase("one conflict among many that write at once harms nobody else", async (scene) => {
    const [store, other] = await scene.two();
    const claims = await Promise.all(Array.from({ length: 30 }, () => scene.begin(store)));
    const taken = claims[13];
    if (taken === undefined) return;
    await store.release(taken);
    await other.claim(taken, ["running"], 5_000, { cancel() {} });
    const outcomes = await Promise.allSettled(claims.map((claim) => store.append(claim, entry(1))));
    same(
      "which were refused",
      outcomes.flatMap(({ status }, at) => (status === "rejected" ? [at] : [])),
      [13],
    );
    const counts = await Promise.all(claims.map(async (claim) => (await rowsOf(store, claim)).map(({ kind }) => kind).join(" ")));
    same(
      "the rows",
      counts,
      claims.map((claim) => (claim === taken ? "entry resume" : "entry entry")),
    );
  }),

  storeCase("nothing is written to a run that is gone", async (scene) => {
    const [store, other] = await scene.two();
    const claim = await scene.begin(store, { rows: 2 });
    const name = { workflow: claim.workflow, runId: claim.runId };
    await store.append(claim, entry(2), { forget: true });
    await rejects("a row of a run that was forgotten", store.append(claim, entry(2)), "run_conflict");
    same("the rows", await rowsOf(store, name), []);
    const again = await scene.begin(other, { name });
    await rejects("a row of the run before it", store.append(claim, entry(1)), "run_conflict");
    await rejects("forgetting the run before it", store.append(claim, entry(1), { forget: true }), "run_conflict");
    same("the rows of the run that has its name", await rowsOf(store, again), [entry(0)]);
  }),
];
