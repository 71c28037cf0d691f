/** Checks that what a workflow waits is a time, and that there is time for it: its timers and polls, and the retries of its tasks. */

import { badDelay } from "../diagnostics/catalogue/policies.js";
import { noTimeToRetry, noTimeToWait } from "../diagnostics/catalogue/timeouts.js";
import { subject } from "../diagnostics/catalogue/wording.js";
import type { Report, Span } from "../diagnostics/diagnostic.js";
import { listTasks } from "../model/bindings.js";
import type { Draft } from "../model/draft.js";
import { findLeastWait, leastOf, timeOf } from "../model/find-least-wait.js";
import type { RetryReading } from "../read/config-reading.js";
import type { TaskReading } from "../read/reading.js";
import { type Check, subjectOf } from "./check.js";
import { type Limit, limitAround, limitInside, totalLimit, undoingLimit } from "./limits.js";
import { isDelay } from "./numbers.js";
import { countRetries, shortestDelay } from "./retry-delays.js";

/**
 * A run that would wait for what is no time fails, where the time is a literal each time.
 *
 * Breaks it: a timer whose `wait` returns `Infinity`, a poll that returns `pending(-1)`.
 */
export const checkWaitTimes: Check = (draft, report) => {
  for (const { task } of listTasks(draft)) {
    const option = task.shapes[0]?.kind === "poll" ? "pending" : "wait";
    for (const { value, span } of task.waits.times)
      if (value !== undefined && !isDelay(value)) report(badDelay(span, { option, value }));
  }
};

/**
 * What is waited counts for the timeouts that are around it, and one that is shorter ends it each time.
 *
 * Breaks it: a timer that waits `60_000` under `totalTimeout: 1_000`, or with an `attemptTimeout` of that; `fixed({ retries: 2, delay: 5_000 })` under it, or
 * a poll that returns `pending(5_000)`.
 */
export const checkWaits: Check = (draft, report) => {
  judgeTimers(draft, report);
  const undoing = undoingLimit(draft);
  for (const bound of listTasks(draft)) {
    const { config, compensateConfig, policies, shapes } = bound.task;
    const of = subject(subjectOf(bound));
    judgeRetry(of, config?.retry, limitAround(draft, bound.state), report);
    judgeRetry(`\`compensate\` of ${of}`, compensateConfig?.retry, undoing, report);
    const limit = limitInside(draft, bound);
    if (shapes[0]?.kind === "poll") judgePoll(of, bound.task, limit, report);
    else for (const retry of policies) judgeRetry(of, retry, limit, report);
  }
};

function judgeTimers(draft: Draft, report: Report): void {
  const long = listTasks(draft).flatMap((bound) => {
    const [limit, wait] = [limitInside(draft, bound), timeOf(bound.task)];
    const span = leastOf(bound.task)?.span;
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
  if (retry === undefined || (countRetries(retry) ?? 0) < 1) return;
  judgeDelay(retry.span, { of, what: "tried", delay: shortestDelay(retry) }, limit, report);
}

// Its back-off counts where it does not say itself when the next poll is.
function judgePoll(of: string, { waits, policies }: TaskReading, limit: Limit | undefined, report: Report): void {
  for (const { value, span } of waits.times) judgeDelay(span, { of, what: "polled", delay: value }, limit, report);
  for (const backoff of waits.byBackoff ? policies : [])
    judgeDelay(backoff.span, { of, what: "polled", delay: shortestDelay(backoff) }, limit, report);
}

interface Again {
  readonly of: string;
  readonly what: "tried" | "polled";
  readonly delay: number | undefined;
}

function judgeDelay(span: Span, { of, what, delay }: Again, limit: Limit | undefined, report: Report): void {
  if (limit === undefined || delay === undefined || !Number.isFinite(delay) || delay <= limit.value) return;
  const { around, value, note } = limit;
  report(noTimeToRetry(span, { of, what, delay, around, limit: value }, { notes: [note] }));
}
