/** Checks that there is time for what a workflow waits: its timers, and the retries of its tasks. */

import { noTimeToRetry, noTimeToWait } from "../diagnostics/catalogue/timeouts.js";
import { subject } from "../diagnostics/catalogue/wording.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { listTasks } from "../model/bindings.js";
import type { Draft } from "../model/draft.js";
import { findLeastWait, timeOf } from "../model/find-least-wait.js";
import type { RetryReading } from "../read/config-reading.js";
import { type Check, subjectOf } from "./check.js";
import { type Limit, limitAround, limitInside, totalLimit, undoingLimit } from "./limits.js";
import { countRetries, shortestDelay } from "./retry-delays.js";

/**
 * What is waited counts for the timeouts that are around it, and one that is shorter ends it each time.
 *
 * Breaks it: a timer that waits `60_000` under `totalTimeout: 1_000`, or with an `attemptTimeout` of that; `fixed({ retries: 2, delay: 5_000 })` under it.
 */
export const checkWaits: Check = (draft, report) => {
  judgeTimers(draft, report);
  const undoing = undoingLimit(draft);
  for (const bound of listTasks(draft)) {
    const { config, compensateConfig, policies, shapes } = bound.task;
    const of = subject(subjectOf(bound));
    judgeRetry(of, config?.retry, limitAround(draft, bound.state), report);
    judgeRetry(`\`compensate\` of ${of}`, compensateConfig?.retry, undoing, report);
    // A poll may say itself when the next one is.
    if (shapes[0]?.kind !== "poll") for (const retry of policies) judgeRetry(of, retry, limitInside(draft, bound), report);
  }
};

function judgeTimers(draft: Draft, report: Report): void {
  const long = listTasks(draft).flatMap((bound) => {
    const [limit, wait] = [limitInside(draft, bound), timeOf(bound.task)];
    const span = bound.task.leastWait?.span;
    if (limit === undefined || span === undefined || wait <= limit.value) return [];
    const { around, value, note } = limit;
    return [noTimeToWait(span, { of: subject(subjectOf(bound)), wait, around, limit: value }, { notes: [note] })];
  });
  long.forEach(report);
  const total = totalLimit(draft);
  if (total === undefined || long.length > 0) return;
  const least = findLeastWait(draft);
  if (least.total <= total.value) return;
  const { around, value, note } = total;
  const notes = least.waits.map(({ state, time, span }) => ({ message: `\`${state}\` waits ${time} ms`, span }));
  report(noTimeToWait(note.span, { of: "a run", wait: least.total, around, limit: value }, { notes }));
}

function judgeRetry(of: string, retry: RetryReading | undefined, limit: Limit | undefined, report: Report): void {
  if (retry === undefined || limit === undefined || (countRetries(retry) ?? 0) < 1) return;
  const delay = shortestDelay(retry);
  if (delay === undefined || !Number.isFinite(delay) || delay <= limit.value) return;
  const { around, value, note } = limit;
  report(noTimeToRetry(retry.span, { of, delay, around, limit: value }, { notes: [note] }));
}
