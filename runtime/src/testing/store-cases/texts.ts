/** Cases about names and payloads of every shape. */

import type { RunName } from "../../checkpoint/checkpoint-store.js";
import { CountingDriver, entry, holds, recordOf, rowsOf, same, type StoreCase, storeCase } from "./scene.js";

/** Ids that are all different, each a little strange. */
export const IDS: readonly string[] = [
  "it's",
  'he said "no"',
  "`ticks`",
  "back\\slash",
  "a/b",
  "a",
  "A",
  "a ",
  " a",
  "1",
  "01",
  "1.0",
  "1e0",
  "null",
  "%",
  "_",
  "?",
  "$1",
  ":name",
  "'; drop table cano_runs; --",
  "new\nline",
  "é",
  "e\u0301",
  "👩‍👩‍👧‍👦",
  "\u{10ffff}",
  "x".repeat(512),
  `${"x".repeat(511)}y`,
  "👍".repeat(256),
  "語".repeat(512),
];

/** See the file's first line. */
export const texts: readonly StoreCase[] = [
  storeCase("every id names a run of its own", async (scene) => {
    const [store, other] = await scene.two();
    const names: RunName[] = IDS.map((runId) => scene.name(runId));
    await Promise.all(names.map(async (name) => scene.begin(store, { name, rows: 2 })));
    for (const name of names) {
      same("the run that is found", (await recordOf(other, name)).runId, name.runId);
      await store.requestCancel(name);
      same("its rows", await rowsOf(other, name), [entry(0), entry(1)]);
    }
    const listed = await other.list({ workflow: scene.workflow, limit: 100 });
    same("the runs that are listed", listed.map(({ runId }) => runId).toSorted(), IDS.toSorted());
  }),

  storeCase("one id in two workflows names two runs", async (scene) => {
    const store = await scene.store();
    const twins = [scene.workflow, `${scene.workflow}/a`, `${scene.workflow}"`, "語".repeat(40)].flatMap((workflow) =>
      ["a/b", "b", ""].map((runId) => ({ workflow, runId: `${runId}${scene.workflow}` })),
    );
    for (const [version, name] of twins.entries())
      await store.begin({ ...name, version }, entry(0, { payload: `${version}` }), new CountingDriver());
    for (const [version, name] of twins.entries()) {
      same("the version of a run", (await recordOf(store, name)).version, version);
      same("its rows", await rowsOf(store, name), [entry(0, { payload: `${version}` })]);
    }
  }),

  storeCase("payloads come back as they were, whatever JSON can hold", async (scene) => {
    const [store, other] = await scene.two();
    const values = [
      "",
      "\u0000",
      "\ud800",
      "\udfff\ud800",
      'it\'s "quoted" \\ {braces}, NULL',
      "👍",
      "\u2028\r\n\t",
      { a: [null, true, 1.5e300] },
    ];
    const payloads = values.map((value) => JSON.stringify(value));
    const claim = await scene.begin(store);
    const rows = payloads.map((payload, at) => entry(at + 1, { payload, undo: payload }));
    for (const row of rows) await store.append(claim, row);
    same("the rows", await rowsOf(other, claim), [entry(0), ...rows]);
  }),

  storeCase("payloads may have five megabytes, several at once", async (scene) => {
    const [store, other] = await scene.two();
    const payloads = ["a", "b", "c"].map((letter) => JSON.stringify(`${letter}"'\\{},👍`.repeat(500_000)));
    const claims = await Promise.all(payloads.map(() => scene.begin(store)));
    await Promise.all(claims.map((claim, at) => store.append(claim, entry(1, { payload: payloads[at] }))));
    for (const [at, claim] of claims.entries()) {
      const [, row] = await rowsOf(other, claim);
      holds("a large payload is as it was", row?.payload === payloads[at]);
    }
  }),
];
