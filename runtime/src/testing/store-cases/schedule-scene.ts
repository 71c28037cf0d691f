/** What the cases about schedules are played with: two store objects that keep schedules, names that nobody else uses, records and firings. */

import type { CheckpointStore } from "../../checkpoint/checkpoint-store.js";
import type { Decided, Decision, Firing, ScheduleRecord, ScheduleStore, ScheduleView } from "../../checkpoint/schedule-store.js";
import { newRecord } from "../../scheduler/record.js";
import { type Scene, type StoreCase, storeCase } from "./scene.js";

/** See the file's first line. */
export interface ScheduleScene {
  /** Begins runs. */
  readonly runs: Scene;
  readonly store: CheckpointStore;
  readonly schedules: ScheduleStore;
  /** Those of another store object on the same data. */
  readonly others: ScheduleStore;
  /** The name of a schedule that is not there, and of this scene alone; the same for the same text. */
  name(text?: string): string;
}

/** A case about schedules. A store without them has nothing to do in it. */
export function scheduleCase(name: string, play: (scene: ScheduleScene) => Promise<void>): StoreCase {
  return storeCase(name, async (scene) => {
    const [store, other] = await scene.two();
    if (store.schedules === undefined || other.schedules === undefined) return;
    const { workflow } = scene;
    const nameOf = (text = "schedule"): string => `${workflow} ${text}`;
    await play({ runs: scene, store, schedules: store.schedules, others: other.schedules, name: nameOf });
  });
}

/** A record of which nothing is known but the name, unless it is said. */
export function recordFor(name: string, more: Partial<ScheduleRecord> = {}): ScheduleRecord {
  return { ...newRecord(name, '{"kind":"manual"}', undefined), ...more };
}

/** What stands for a firing. */
export function firingFor(schedule: string, due: number): Firing {
  return { schedule, due, cause: "due", runId: `${schedule}/${due}`, at: due + 5 };
}

/** Decides about one schedule, always the same. */
export async function decideOne(schedules: ScheduleStore, name: string, decision: Decision): Promise<Decided> {
  const [decided] = await schedules.decide([name], () => decision);
  if (decided === undefined) throw new Error(`nothing has become of the decision about ${name}`);
  return decided;
}

/** What there is of one schedule, its open firings in the order of their due times. */
export async function viewOf(schedules: ScheduleStore, name: string): Promise<ScheduleView> {
  let seen: ScheduleView | undefined;
  await schedules.decide([name], (_, view) => {
    seen = view;
    return {};
  });
  if (seen === undefined) throw new Error(`nobody was asked about ${name}`);
  return { record: seen.record, open: seen.open.toSorted((a, b) => a.due - b.due) };
}
