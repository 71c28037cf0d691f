/** Checks that a schedule does not come faster than the runs of its workflow can be over, by what their timers wait. */

import { findSmallestGap } from "../cron/find-smallest-gap.js";
import { loadCron } from "../cron/load-cron.js";
import { neverDone, outpacedRuns } from "../diagnostics/catalogue/schedules.js";
import type { Report, Span } from "../diagnostics/diagnostic.js";
import type { Draft } from "../model/draft.js";
import { findLeastWait } from "../model/find-least-wait.js";
import { pascalCase } from "../model/generated-names.js";
import type { ScheduledWorkflow, ScheduleReading } from "../read/schedule-reading.js";

/** How soon after a due time the next one comes: in `gap` milliseconds, always or at times. */
interface Pace {
  readonly gap: number;
  readonly always: boolean;
  readonly span: Span;
}

/**
 * A run that waits longer than there is between two due times is in progress when the next one comes: always a run fewer than was asked for.
 *
 * Breaks it: `scheduler.every("remind", reminders, 1_000, { mode: "rate" })` of a workflow whose only timer waits `60_000`.
 */
export function checkPace(schedule: ScheduleReading, drafts: readonly Draft[], report: Report): void {
  const { overlap, workflow } = schedule;
  const draft = workflow && findDraft(drafts, workflow);
  if (draft === undefined || overlap === undefined) return;
  const { total, waits } = findLeastWait(draft);
  if (total === 0) return;
  const pace = paceOf(schedule, total);
  if (pace === undefined || pace.gap * overlap.limit > total) return;
  const { gap, always, span } = pace;
  const names = { schedule: schedule.name.value, workflow: draft.name, wait: total };
  const notes = waits.map((wait) => ({ message: `\`${wait.state}\` waits ${wait.time} ms`, span: wait.span }));
  report(
    overlap.whenBusy === "cancel" && always && gap < total
      ? neverDone(span, { ...names, interval: gap }, { notes })
      : outpacedRuns(span, { ...names, gap, always, limit: overlap.limit }, { notes }),
  );
}

function findDraft(drafts: readonly Draft[], { source, factory }: ScheduledWorkflow): Draft | undefined {
  return drafts.find(({ file, name }) => file === source && `create${pascalCase(name)}` === factory);
}

// A fixed delay is counted from the end of a run, however long that was.
function paceOf(schedule: ScheduleReading, wait: number): Pace | undefined {
  if (schedule.kind === "every" && schedule.mode === "rate" && schedule.interval.value !== undefined)
    return { gap: schedule.interval.value, always: true, span: schedule.interval.span };
  if (schedule.kind !== "cron" || schedule.expression.value === undefined || schedule.timeZone === undefined) return undefined;
  const zone = schedule.timeZone === "default" ? "UTC" : schedule.timeZone.value;
  if (zone === undefined) return undefined;
  const { CronTable } = loadCron();
  const gap = findSmallestGap(new CronTable().of(schedule.expression.value, zone), wait);
  return gap === undefined ? undefined : { gap, always: false, span: schedule.expression.span };
}
