/** Makes up for the due times of a past window: each fires once, unless the schedule has fired for it before. */

import type { Firing, FiringOutcome } from "../checkpoint/schedule-store.js";
import { requireCount } from "../errors/require.js";
import { requireOptions } from "../errors/require-shape.js";
import { timeOf } from "./definition.js";
import type { ScheduleDriver } from "./driver.js";
import { notMadeUp } from "./refusals.js";
import type { Setting } from "./setting.js";

/** Which due times are made up for. Points in time are dates, or milliseconds since 1970. */
export interface BackfillOptions {
  /** The first due time may be this one. */
  readonly from: Date | number;
  /** The last due time may be this one. Not in the future. */
  readonly to: Date | number;
  /** How many runs at once: a whole number, 1 or more. They come beside those that are due now. Default: 1. */
  readonly concurrency?: number;
}

/** A due time of the window. */
export interface Backfilled extends Pick<Firing, "due"> {
  /** `known`: the schedule had fired for it before; `left`: the scheduler was stopped, or the store failed, before its run had ended. */
  readonly outcome: FiringOutcome | "known" | "left";
  /** What it failed with. */
  readonly error?: string;
}

/** More due times are not made up for in one call. */
const MOST = 100_000;

/** See the file's first line. Resolves to what came of each, in ascending order. Throws `configuration`; rejects when the store does. */
export async function backfill(
  driver: ScheduleDriver,
  { clock, stopping }: Setting,
  options: BackfillOptions,
): Promise<readonly Backfilled[]> {
  requireOptions<BackfillOptions>("backfill", options, { from: 1, to: 1, concurrency: 1 });
  const { from, to, concurrency = 1 } = options;
  requireCount("concurrency", concurrency, 1);
  const dues = duesOf(driver, timeOf("from", from), timeOf("to", to), clock.epoch());
  const results = dues.map((due): Backfilled => ({ due, outcome: "left" }));
  let at = 0;
  const giveUp = (error: unknown): never => {
    // Or others would go on for somebody who was told that it is over, and may ask again.
    at = dues.length;
    throw error;
  };
  const work = async (): Promise<void> => {
    while (at < dues.length && !stopping.aborted) {
      const place = at++;
      const due = dues[place]!;
      const ending = await driver.makeUp(due).catch(giveUp);
      if (ending === "known") results[place] = { due, outcome: "known" };
      else if (ending !== undefined) results[place] = { due, ...ending };
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, dues.length) }, work));
  return results;
}

function duesOf({ schedule }: ScheduleDriver, from: number, to: number, now: number): readonly number[] {
  const { definition, name, record } = schedule;
  const { times } = definition;
  const known = record?.next;
  if (!times.isRegular) throw notMadeUp(name, "its due times do not follow from each other");
  // Behind its `until` there is no next one to count an interval back from.
  if (definition.kind === "every" && (known ?? definition.from) === undefined)
    throw notMadeUp(name, "it is over, and without `from` it is not known when it was due");
  if (to > now) throw notMadeUp(name, "`to` lies in the future");
  if (from > to) throw notMadeUp(name, "`from` lies after `to`");
  const dues: number[] = [];
  for (let due = times.first(from, known); due !== undefined && due <= to; due = times.after(due)) {
    if (dues.length === MOST) throw notMadeUp(name, `there are more than ${MOST} due times between \`from\` and \`to\``);
    dues.push(due);
  }
  return dues;
}
