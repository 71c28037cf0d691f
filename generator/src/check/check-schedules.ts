/** Checks schedules, where they are literals; the runtime checks the others when a scheduler is given them. How fast they come is `check-pace.ts`. */

import { badInterval, badTime, sameSchedule } from "../diagnostics/catalogue/schedules.js";
import type { Report } from "../diagnostics/diagnostic.js";
import type { Draft } from "../model/draft.js";
import type { CronReading, ScheduleReading } from "../read/schedule-reading.js";
import { checkPace } from "./check-pace.js";
import { judgeCron, judgeZone } from "./judge-cron.js";
import { isInterval } from "./numbers.js";

/** Reports every problem of every schedule. `drafts` are the workflows of the project, as far as they are known. */
export function checkSchedules(schedules: readonly ScheduleReading[], drafts: readonly Draft[], report: Report): void {
  for (const schedule of schedules) {
    checkName(schedule, schedules, report);
    if (checkTimes(schedule, report)) checkPace(schedule, drafts, report);
  }
}

/**
 * A schedule is known by its name.
 *
 * Breaks it: `scheduler.every("sync", orders, 1_000).every("sync", parcels, 1_000)`.
 */
function checkName({ name, follows }: ScheduleReading, schedules: readonly ScheduleReading[], report: Report): void {
  if (name.value === undefined) return;
  const first = follows.map((place) => schedules[place]?.name).find((other) => other?.value === name.value);
  if (first === undefined) return;
  const notes = [{ message: `the other \`${name.value}\` is here`, span: first.span }];
  report(sameSchedule(name.span, { name: name.value }, { notes }));
}

/**
 * A schedule whose times mean nothing is refused by the scheduler. Returns whether they mean something, as far as is known.
 *
 * Breaks it: `scheduler.every("sync", orders, 0)`, `scheduler.cron("nightly", orders, "0 24 * * *")`, `scheduler.at("launch", orders, NaN)`.
 */
function checkTimes(schedule: ScheduleReading, report: Report): boolean {
  switch (schedule.kind) {
    case "every": {
      const { value, span } = schedule.interval;
      if (value === undefined || isInterval(value)) return true;
      report(badInterval(span, { value }));
      return false;
    }
    case "cron":
      return checkCron(schedule, report);
    case "at": {
      const { value, span } = schedule.time;
      if (value === undefined || !Number.isNaN(new Date(value).getTime())) return true;
      report(badTime(span, { schedule: schedule.name.value }));
      return false;
    }
    case "manual":
      return true;
  }
}

function checkCron({ expression, timeZone }: CronReading, report: Report): boolean {
  const zone = typeof timeZone === "object" ? timeZone : undefined;
  const found = [
    expression.value === undefined ? undefined : judgeCron(expression.value, expression),
    zone?.value === undefined ? undefined : judgeZone(zone.value, zone),
  ].filter((problem) => problem !== undefined);
  found.forEach(report);
  return found.length === 0;
}
