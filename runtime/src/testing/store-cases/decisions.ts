/** Cases about decisions: what they see, what is kept of them, and who else decides in the meantime. */

import type { ScheduleRecord } from "../../checkpoint/schedule-store.js";
import { holds, rejects, same, type StoreCase } from "./scene.js";
import { decideOne, firingFor, recordFor, scheduleCase, viewOf } from "./schedule-scene.js";
import { IDS } from "./texts.js";

/** See the file's first line. */
export const decisions: readonly StoreCase[] = [
  scheduleCase("nothing is known of a schedule that was never defined, and looking does not define it", async (scene) => {
    const { schedules, others } = scene;
    const name = scene.name();
    for (const each of [schedules, others, schedules]) {
      same("what there is", await viewOf(each, name), { record: undefined, open: [] });
      same("what has become of it", await decideOne(each, name, {}), { record: undefined, begun: false });
    }
    same("its firings", await others.firings(name, Number.NEGATIVE_INFINITY, 10), []);
    const { records } = await others.changes(undefined);
    holds(
      "it is not among the schedules",
      records.every((record) => record.name !== name),
    );
  }),

  scheduleCase("a record comes back as it was decided, for everybody, and stays where nothing is said of it", async (scene) => {
    const { schedules, others } = scene;
    const name = scene.name();
    const more: readonly Partial<ScheduleRecord>[] = [
      { next: 1_800_000_000_000, waiting: 1_700_000_000_000.5, eligible: 1_700_000_000_000.123 },
      { paused: true, fired: 1_000_000_000_000, last: { due: -1.5, outcome: "completed" } },
      { tripped: true, streak: 7, skipped: 12, last: { due: 0, outcome: "failed", error: 'it\'s "bad"\n\\ $1 ? 語 👍' } },
      { definition: '{"cron":"0 9 * * 1-5"}', next: 0, waiting: 0, eligible: 0, last: { due: 1, outcome: "cancelled" } },
      { last: { due: 2, outcome: "lost", error: "" } },
      { last: { due: 3, outcome: "failed", error: "x".repeat(200_000) } },
      {},
    ];
    for (const each of more) {
      const record = recordFor(name, each);
      same("what has become of it", await decideOne(schedules, name, { record }), { record, begun: false });
      same("what has become of nothing", await decideOne(others, name, {}), { record, begun: false });
      same("what there is", await viewOf(others, name), { record, open: [] });
    }
  }),

  scheduleCase("every name is a schedule of its own", async (scene) => {
    const { schedules, others } = scene;
    const names = IDS.map((id) => scene.name(id));
    await schedules.decide(names, (name) => ({ record: recordFor(name, { fired: names.indexOf(name) }) }));
    for (const [fired, name] of names.entries())
      same("the record", (await viewOf(others, name)).record, recordFor(name, { fired }));
  }),

  scheduleCase("decisions about several schedules stand in the order of the names, known and unknown ones", async (scene) => {
    const { schedules, others } = scene;
    const names = ["c", "a", "d", "b"].map((text) => scene.name(text));
    for (const name of names.slice(0, 2)) await decideOne(others, name, { record: recordFor(name, { streak: 1 }) });
    const decided = await schedules.decide(names, (name, { record = recordFor(name) }) => ({
      record: { ...record, fired: names.indexOf(name) },
      ...(name === names[2] && { begin: firingFor(name, 1_000) }),
    }));
    same(
      "what has become of them",
      decided,
      names.map((name, at) => ({ record: recordFor(name, { fired: at, streak: at < 2 ? 1 : 0 }), begun: at === 2 })),
    );
    const again = await others.decide(names.toReversed(), () => ({}));
    same("what there is", again, decided.map(({ record }) => ({ record, begun: false })).toReversed());
    same("decisions about nothing", await schedules.decide([], () => ({})), []);
  }),

  scheduleCase("when deciding fails, nothing is kept, and what was thrown is told", async (scene) => {
    const { schedules, others } = scene;
    const names = ["a", "b", "c"].map((text) => scene.name(text));
    const [known = ""] = names;
    const record = recordFor(known, { streak: 3 });
    await decideOne(others, known, { record, begin: firingFor(known, 1_000) });
    for (const error of [new Error("no"), Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }), "no", undefined]) {
      const outcome = await schedules
        .decide(names, (name) => {
          if (name === names[2]) throw error;
          const end = { due: 1_000, outcome: "completed", at: 2_000 } as const;
          return { record: recordFor(name), begin: firingFor(name, 3_000), end };
        })
        .then(
          () => undefined,
          (reason: unknown) => ({ reason }),
        );
      holds("it rejects with what was thrown", outcome !== undefined && outcome.reason === error);
    }
    const { open, ...there } = await viewOf(others, known);
    same("the record", there, { record });
    same(
      "the open firings",
      open.map(({ due }) => due),
      [1_000],
    );
    for (const name of names.slice(1)) {
      same("what there is of another", await viewOf(others, name), { record: undefined, open: [] });
      same("its firings", await schedules.firings(name, 0, 10), []);
    }
  }),

  scheduleCase(
    "nobody else decides about a schedule in the meantime, not even about one that is only being defined",
    async (scene) => {
      const { schedules, others } = scene;
      const names = ["a", "b", "c"].map((text) => scene.name(text));
      // In different orders, and some about a part of them only: nobody waits for ever.
      const orders = [names, names.toReversed(), names.slice(0, 1), names.slice(1)];
      await Promise.all(
        Array.from({ length: 40 }, (_, at) =>
          (at % 2 === 0 ? schedules : others).decide(orders[at % 4] ?? [], (name, { record = recordFor(name) }) => ({
            record: { ...record, fired: record.fired + 1 },
          })),
        ),
      );
      for (const name of names) same("how many have counted", (await viewOf(schedules, name)).record?.fired, 30);
    },
  ),

  scheduleCase("one decision may be about six hundred schedules", async (scene) => {
    const { schedules, others } = scene;
    const names = Array.from({ length: 600 }, (_, at) => scene.name(`${at}`));
    const fire = (each: typeof schedules, due: number): ReturnType<typeof schedules.decide> =>
      each.decide(names, (name, { record = recordFor(name), open }) => ({
        record: { ...record, next: due, fired: record.fired + 1 },
        begin: firingFor(name, due),
        ...(open[0] && { end: { due: open[0].due, outcome: "completed", at: due } }),
      }));
    for (const due of [1_000, 2_000]) {
      const decided = await fire(due === 1_000 ? schedules : others, due);
      const expected = names.map((name) => ({ record: recordFor(name, { next: due, fired: due / 1_000 }), begun: true }));
      same("what has become of them", decided, expected);
    }
    const [first = "", last = ""] = [names[0], names.at(-1)];
    for (const name of [first, last]) {
      const outcomes = (await others.firings(name, 0, 10)).map(({ outcome }) => outcome);
      same("the firings of one", outcomes, ["completed", undefined]);
    }
  }),

  scheduleCase("a store object that is closed decides nothing, and tells nothing of schedules", async (scene) => {
    const { store, schedules } = scene;
    const name = scene.name();
    await decideOne(schedules, name, { record: recordFor(name) });
    await store.close();
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      decide: () => decideOne(schedules, name, {}),
      changes: () => schedules.changes(undefined),
      orphans: () => schedules.orphans(1),
      firings: () => schedules.firings(name, 0, 1),
      prune: () => schedules.prune(0, 1),
    };
    for (const [method, call] of Object.entries(calls))
      await rejects(`\`${method}\` of a closed store`, call(), "checkpoint_store");
  }),
];
