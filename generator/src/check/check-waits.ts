/** Checks that there is time for what a workflow waits: its timers, and the retries of its tasks. */

import { noTimeToRetry, noTimeToWait } from "../diagnostics/catalogue/policies.js";
import { subject } from "../diagnostics/catalogue/wording.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { listTasks } from "../model/bindings.js";
import type { Draft } from "../model/draft.js";
import { findLeastWait, findWait } from "../model/find-least-wait.js";
import type { RetryReading } from "../read/config-reading.js";
import { type Check, subjectOf } from "./check.js";
import { type Limit, limitAround, totalLimit, undoingLimit } from "./limits.js";
import { countRetries, shortestDelay } from "./retry-delays.js";

/**
 * What is waited counts for the timeouts that are around it, and one that is shorter ends it each time.
 *
 * Breaks it: a timer that waits `60_000` under `totalTimeout: 1_000`; `fixed({ retries: 2, delay: 5_000 })` under it.
 */
export const checkWaits: Check = (draft, report) => {
  const total = totalLimit(draft);
  if (total) judgeTimers(draft, total, report);
  const undoing = undoingLimit(draft);
  for (const bound of listTasks(draft)) {
    const { config, compensateConfig, policies, shapes } = bound.task;
    const of = subject(subjectOf(bound));
    const limit = limitAround(draft, bound.state);
    judgeRetry(of, config?.retry, limit, report);
    // A poll may say itself when the next one is.
    if (shapes[0]?.kind !== "poll") for (const retry of policies) judgeRetry(of, retry, limit, report);
    judgeRetry(`\`compensate\` of ${of}`, compensateConfig?.retry, undoing, report);
  }
};

function judgeTimers(draft: Draft, limit: Limit, report: Report): void {
  const { value: total, note } = limit;
  const long = draft.states.flatMap((state) => findWait(state) ?? []).filter(({ time }) => time > total);
  for (const { state, time, span } of long) report(noTimeToWait(span, { state, wait: time, total }, { notes: [note] }));
  const least = findLeastWait(draft);
  if (long.length > 0 || least.total <= total) return;
  const notes = least.waits.map(({ state, time, span }) => ({ message: `\`${state}\` waits ${time} ms`, span }));
  report(noTimeToWait(note.span, { state: undefined, wait: least.total, total }, { notes }));
}

function judgeRetry(of: string, retry: RetryReading | undefined, limit: Limit | undefined, report: Report): void {
  if (retry === undefined || limit === undefined || (countRetries(retry) ?? 0) < 1) return;
  const delay = shortestDelay(retry);
  if (delay === undefined || !Number.isFinite(delay) || delay <= limit.value) return;
  const { around, value, note } = limit;
  report(noTimeToRetry(retry.span, { of, delay, around, limit: value }, { notes: [note] }));
}
