/** `cano schedules list`: the schedules that are kept in a database. */

import type { CheckpointStore } from "../checkpoint/checkpoint-store.js";
import type { ScheduleRecord } from "../checkpoint/schedule-store.js";
import { storeWithoutSchedules } from "../scheduler/refusals.js";
import type { SchedulesCommand } from "./command.js";
import type { Io } from "./io.js";
import { type Colour, paintFor, plain } from "./paint.js";
import { renderJson } from "./render-json.js";
import { renderTable } from "./render-table.js";
import { localTime } from "./times.js";

/** Carries out the command. */
export async function runSchedules(store: CheckpointStore, command: SchedulesCommand, io: Io): Promise<void> {
  if (store.schedules === undefined) throw storeWithoutSchedules();
  const { records } = await store.schedules.changes(undefined);
  if (command.format === "json") return io.stdout(renderJson({ version: 1, schedules: records }));
  if (records.length === 0) return io.stderr("there are no schedules\n");
  const paint = paintFor(io);
  const standings = records.map((record) => standingOf(record, io.clock.epoch()));
  const columns = [
    { heading: "SCHEDULE" },
    { heading: "STATUS", paint: (text: string, at: number) => paint(standings[at]?.colour ?? "dim", text) },
    { heading: "NEXT" },
    { heading: "FIRED", align: "right" },
    { heading: "SKIPPED", align: "right" },
    { heading: "FAILURES", align: "right" },
    { heading: "LAST RUN" },
  ] as const;
  const rows = records.map(({ name, next, fired, skipped, streak, last }, at) => [
    plain(name),
    standings[at]?.text ?? "",
    next === undefined ? "-" : localTime(next),
    String(fired),
    String(skipped),
    String(streak),
    last === undefined ? "-" : `${last.outcome}, due ${localTime(last.due)}`,
  ]);
  io.stdout(renderTable(columns, rows));
}

function standingOf({ tripped, paused, eligible, waiting }: ScheduleRecord, now: number): { text: string; colour: Colour } {
  if (tripped) return { text: "tripped", colour: "red" };
  if (paused) return { text: "paused", colour: "yellow" };
  if (eligible !== undefined && eligible > now) return { text: "backing off", colour: "yellow" };
  return waiting === undefined ? { text: "ready", colour: "green" } : { text: "waiting", colour: "dim" };
}
