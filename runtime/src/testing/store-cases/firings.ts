/** Cases about firings: that a due time fires once, who looks after it, how it ends, and how long it is remembered. */

import type { FiringOutcome, ScheduleStore } from "../../checkpoint/schedule-store.js";
import { entry, holds, same, type StoreCase } from "./scene.js";
import { decideOne, firingFor, recordFor, scheduleCase, viewOf } from "./schedule-scene.js";

const OUTCOMES = ["completed", "failed", "cancelled", "lost"] as const satisfies readonly FiringOutcome[];
/** However many others there are. */
const ALL = 1_000_000;

/** See the file's first line. */
export const firings: readonly StoreCase[] = [
  scheduleCase("a firing is open for everybody until it ends, and looked after", async (scene) => {
    const { schedules, others } = scene;
    const name = scene.name();
    const begun = [1_000, 3_000.5].map((due) => firingFor(name, due));
    for (const begin of begun.toReversed())
      same("whether it began", await decideOne(schedules, name, { record: recordFor(name), begin }), {
        record: recordFor(name),
        begun: true,
      });
    const open = begun.map((firing) => ({ ...firing, isAlive: true }));
    for (const each of [schedules, others]) {
      same("what is open", (await viewOf(each, name)).open, open);
      same("what was left behind", await orphansOf(each, name), []);
    }
    const unended = begun.map((firing) => ({ ...firing, outcome: undefined, endedAt: undefined }));
    same("the firings", await others.firings(name, 0, 10), unended);
  }),

  scheduleCase("a due time fires once, also when it has ended", async (scene) => {
    const { schedules, others } = scene;
    const name = scene.name();
    const begin = firingFor(name, 1_000);
    for (const [at, each] of [schedules, schedules, others].entries()) {
      const record = recordFor(name, { fired: at });
      same("whether it began", await decideOne(each, name, { record, begin }), { record, begun: at === 0 });
    }
    await decideOne(schedules, name, { end: { due: 1_000, outcome: "failed", at: 2_000 } });
    for (const each of [schedules, others]) {
      same("whether it began again", (await decideOne(each, name, { begin: { ...begin, runId: "another" } })).begun, false);
      const ended = [{ ...begin, outcome: "failed", endedAt: 2_000 }];
      same("the firings", await each.firings(name, 0, 10), ended);
      same("what is open", (await viewOf(each, name)).open, []);
    }
    same("whether another due time began", (await decideOne(others, name, { begin: firingFor(name, 1_000.5) })).begun, true);
    const twin = scene.name("twin");
    same("whether that of another began", (await decideOne(others, twin, { begin: firingFor(twin, 1_000) })).begun, true);
  }),

  scheduleCase("of many that fire for the same due times at once, one does for each", async (scene) => {
    const { schedules, others } = scene;
    for (const known of [true, false]) {
      const name = scene.name(`${known}`);
      if (known) await decideOne(schedules, name, { record: recordFor(name) });
      const dues = Array.from({ length: 40 }, (_, at) => 1_000 + (at % 8));
      const decided = await Promise.all(
        dues.map((due, at) => decideOne(at % 3 === 0 ? schedules : others, name, { begin: firingFor(name, due) })),
      );
      const began = decided.flatMap(({ begun }, at) => (begun ? [dues[at]] : []));
      same("the due times that fired", began.toSorted(), [1_000, 1_001, 1_002, 1_003, 1_004, 1_005, 1_006, 1_007]);
      same("how many are open", (await viewOf(schedules, name)).open.length, 8);
    }
  }),

  scheduleCase("a firing ends with what it came to, whoever ends it, and once", async (scene) => {
    const { schedules, others } = scene;
    const name = scene.name();
    await decideOne(schedules, name, { record: recordFor(name) });
    for (const [due, outcome] of OUTCOMES.entries()) {
      await decideOne(schedules, name, { begin: firingFor(name, due) });
      const next = firingFor(name, 100 + due);
      const decided = await decideOne(others, name, { end: { due, outcome, at: due + 0.5 }, begin: next });
      same("whether the next began", decided, { record: recordFor(name), begun: true });
      await decideOne(schedules, name, { end: { due, outcome: "lost", at: 9_000 } });
      await decideOne(schedules, name, { end: { due: 50, outcome: "lost", at: 9_000 } });
    }
    const ended = OUTCOMES.map((outcome, due) => ({ ...firingFor(name, due), outcome, endedAt: due + 0.5 }));
    same("the firings that ended", await schedules.firings(name, -1, OUTCOMES.length), ended);
    const open = (await viewOf(others, name)).open.map(({ due }) => due);
    same("which are open", open, [100, 101, 102, 103]);
  }),

  scheduleCase("firings are read page by page, in the order of their due times", async (scene) => {
    const { schedules, others } = scene;
    const name = scene.name();
    const dues = [5_000, -1_000, 300, 20, 4_000.5, 4_000];
    for (const due of dues) await decideOne(schedules, name, { begin: firingFor(name, due) });
    for (const due of [20, 4_000, 5_000]) await decideOne(others, name, { end: { due, outcome: "completed", at: due + 1 } });
    const page = async (after: number, limit: number): Promise<readonly number[]> =>
      (await others.firings(name, after, limit)).map(({ due }) => due);
    same("all of them", await page(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY), [-1_000, 20, 300, 4_000, 4_000.5, 5_000]);
    same("the first page", await page(Number.NEGATIVE_INFINITY, 2), [-1_000, 20]);
    same("the second page", await page(20, 2), [300, 4_000]);
    same("the last page", await page(4_000, 10), [4_000.5, 5_000]);
    same("a page of nothing", [await page(5_000, 10), await page(0, 0)], [[], []]);
  }),

  scheduleCase(
    "what a store object that is closed looked after was left behind, and somebody else may adopt it",
    async (scene) => {
      const { store, schedules, others } = scene;
      const name = scene.name();
      const [left, beside] = [firingFor(name, 1_000), firingFor(name, 2_000)];
      await decideOne(schedules, name, { record: recordFor(name), begin: left });
      await decideOne(others, name, { begin: beside });
      await decideOne(schedules, name, { begin: firingFor(name, 3_000) });
      await decideOne(schedules, name, { end: { due: 3_000, outcome: "completed", at: 3_500 } });
      await store.close();
      same("what was left behind", await orphansOf(others, name), [left]);
      const open = async (): Promise<readonly unknown[]> => (await viewOf(others, name)).open;
      same("what is open", await open(), [
        { ...left, isAlive: false },
        { ...beside, isAlive: true },
      ]);
      for (const adopt of [3_000, 4_000, 1_000]) await decideOne(others, name, { adopt });
      same("what is left behind then", await orphansOf(others, name), []);
      const alive = [left, beside].map((firing) => ({ ...firing, isAlive: true }));
      same("what is open then", await open(), alive);
      same("the firings", (await others.firings(name, 0, 10)).length, 3);
    },
  ),

  scheduleCase("as many of those that were left behind are told as are asked for", async (scene) => {
    const { store, schedules, others } = scene;
    const names = ["a", "b", "c"].map((text) => scene.name(text));
    await schedules.decide(names, (name) => ({ record: recordFor(name), begin: firingFor(name, 1_000) }));
    await store.close();
    same("how many of two", (await others.orphans(2)).length, 2);
    same("how many of none", (await others.orphans(0)).length, 0);
    for (const name of names) same("what was left behind", await orphansOf(others, name), [firingFor(name, 1_000)]);
  }),

  scheduleCase("a run that has ended is kept as long as its firing has not", async (scene) => {
    const { runs, store, schedules } = scene;
    const name = scene.name();
    const fired = firingFor(name, 1_000);
    await decideOne(schedules, name, { record: recordFor(name), begin: fired });
    for (const runId of [fired.runId, "free"]) {
      const claim = await runs.begin(store, { name: runs.name(runId) });
      await store.append(claim, entry(1), { status: "completed" });
    }
    const prune = async (): Promise<number> => await store.prune({ workflow: runs.workflow, limit: 1 });
    same("how many while it is open", [await prune(), await prune()], [1, 0]);
    same(
      "which is left",
      (await store.list({ workflow: runs.workflow, limit: 10 })).map(({ runId }) => runId),
      [fired.runId],
    );
    await decideOne(schedules, name, { end: { due: 1_000, outcome: "completed", at: 2_000 } });
    same("how many once it has ended", await prune(), 1);
  }),

  scheduleCase("firings that ended before a time are removed, so many at the most, and no others", async (scene) => {
    const { schedules, others } = scene;
    const name = scene.name();
    // Long before anything that somebody else may want to keep, and not when other cases say.
    const long = -4e12;
    await others.prune(long + 1_000, ALL);
    for (let due = 0; due < 7; due++) {
      await decideOne(schedules, name, { record: recordFor(name), begin: firingFor(name, due) });
      if (due < 6) await decideOne(schedules, name, { end: { due, outcome: "completed", at: long + due } });
    }
    same("how many of none", await others.prune(long + 4, 0), 0);
    same("how many before the first", await others.prune(long, ALL), 0);
    same("how many of three at the most", await others.prune(long + 4, 3), 3);
    same("how many of the rest", await others.prune(long + 4, 3), 1);
    same("how many a moment later", await others.prune(long + 4.5, ALL), 1);
    const left = (await schedules.firings(name, -1, 10)).map(({ due }) => due);
    same("which are left", left, [5, 6]);
    const alive = (await viewOf(schedules, name)).open.filter(({ isAlive }) => isAlive);
    holds("the open one is looked after", alive.length === 1 && alive[0]?.due === 6);
  }),
];

/** The firings of one schedule that were left behind. */
async function orphansOf(schedules: ScheduleStore, name: string): Promise<readonly unknown[]> {
  return (await schedules.orphans(ALL)).filter(({ schedule }) => schedule === name);
}
