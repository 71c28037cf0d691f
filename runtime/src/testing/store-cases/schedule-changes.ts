/** Cases about hearing of changes of schedules: none is lost, whoever makes them and whenever they are asked for. */

import type { ScheduleRecord, ScheduleStore } from "../../checkpoint/schedule-store.js";
import { same, type StoreCase } from "./scene.js";
import { decideOne, firingFor, recordFor, scheduleCase, type ScheduleScene } from "./schedule-scene.js";

/** See the file's first line. */
export const scheduleChanges: readonly StoreCase[] = [
  scheduleCase(
    "schedules are told in the order of their names, and those that were changed after a mark again",
    async (scene) => {
      const { schedules, others } = scene;
      const listener = new Listener(others, scene);
      same("who is there at first", await listener.hear(), []);
      const names = ["b", "B", "c", "a", "é", "z", "👍", "\uffee"].map((text) => scene.name(text));
      await schedules.decide(names, (name) => ({ record: recordFor(name) }));
      const sorted = names.toSorted((a, b) => (a < b ? -1 : 1));
      same("who is there then", await listener.hear(), sorted);
      const all = (await others.changes(undefined)).records.filter(({ name }) => names.includes(name));
      same(
        "all of them",
        all,
        sorted.map((name) => recordFor(name)),
      );
      for (const [at, name] of names.entries()) {
        await decideOne(at % 2 === 0 ? schedules : others, name, { record: recordFor(name, { fired: at + 1 }) });
        const heard = await listener.hear();
        same("whether the change is told", heard.includes(name), true);
        same("what was told", listener.known.get(name), recordFor(name, { fired: at + 1 }));
      }
    },
  ),

  scheduleCase(
    "a record that is kept anew is told again, though it is as it was, with the end of a firing and without",
    async (scene) => {
      const { schedules, others } = scene;
      const listener = new Listener(others, scene);
      const name = scene.name();
      const record = recordFor(name);
      await decideOne(schedules, name, { record, begin: firingFor(name, 1_000) });
      await listener.hear();
      const end = { due: 1_000, outcome: "completed", at: 2_000 } as const;
      for (const decision of [{ record, end }, { record }]) {
        await decideOne(schedules, name, decision);
        same("who is told of", await listener.hear(), [name]);
        same("what was told", listener.known.get(name), record);
      }
    },
  ),

  scheduleCase("no change is lost to who listens while many change schedules at once", async (scene) => {
    const { schedules, others } = scene;
    const listener = new Listener(others, scene);
    // Each is changed once only: what is lost stays lost.
    const names = Array.from({ length: 240 }, (_, at) => scene.name(`${at}`));
    await schedules.decide(names, (name) => ({ record: recordFor(name) }));
    const over = new AbortController();
    const listening = (async () => {
      while (!over.signal.aborted) {
        await listener.hear();
        // A store that answers at once would let nobody else have a turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const change = (at: number): Promise<unknown> =>
      (at % 2 === 0 ? schedules : others).decide(names.slice(3 * at, 3 * at + 3), (name) => ({
        record: recordFor(name, { fired: at + 1 }),
      }));
    try {
      for (let turn = 0; turn < 5; turn++) await Promise.all(Array.from({ length: 16 }, (_, at) => change(16 * turn + at)));
    } finally {
      over.abort();
      await listening;
    }
    await listener.hear();
    for (const [at, name] of names.entries())
      same("what was told", listener.known.get(name), recordFor(name, { fired: Math.floor(at / 3) + 1 }));
  }),
];

/** Hears of changes from mark to mark, and knows what it was told last. */
class Listener {
  readonly known = new Map<string, ScheduleRecord>();
  private mark: number | undefined;

  constructor(
    private readonly schedules: ScheduleStore,
    private readonly scene: ScheduleScene,
  ) {}

  /** The names of this scene's schedules that are told of now. */
  async hear(): Promise<readonly string[]> {
    const { records, mark } = await this.schedules.changes(this.mark);
    this.mark = mark;
    const own = records.filter(({ name }) => name.startsWith(this.scene.name("")));
    for (const record of own) this.known.set(record.name, record);
    return own.map(({ name }) => name);
  }
}
