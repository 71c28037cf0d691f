/** Checks that every timeout is a time, and that none hides behind another that is around it. */

import { attemptAbove, badTimeout, splitAboveTotal } from "../diagnostics/catalogue/policies.js";
import type { Note, Report, Span } from "../diagnostics/diagnostic.js";
import { findBinding, listSplits, listTasks } from "../model/bindings.js";
import type { NumberReading } from "../read/number-reading.js";
import type { Check } from "./check.js";
import { isTimeout } from "./numbers.js";

/** A timeout that is a literal, and what is said of it beside what it ends. */
interface Limit {
  readonly value: number;
  readonly around: Parameters<typeof attemptAbove>[1]["around"];
  readonly note: Note & { readonly span: Span };
}

/** What undoing has at the most where no `compensationTimeout` is given, in milliseconds. */
const MOST = 30_000;

/**
 * A timeout is a positive time: with zero or less nothing could ever succeed.
 *
 * Breaks it: `totalTimeout: 0`.
 */
export const checkTimeouts: Check = (draft, report) => {
  judge("totalTimeout", draft.totalTimeout, report);
  judge("compensationTimeout", draft.compensationTimeout, report);
  for (const { task } of listTasks(draft)) {
    judge("attemptTimeout", task.config?.attemptTimeout, report);
    judge("attemptTimeout", task.compensateConfig?.attemptTimeout, report);
  }
  for (const { split } of listSplits(draft)) judge("timeout", split.timeout, report);
};

/**
 * A timeout above one that is around it can never expire: it promises an attempt that there is no time for. Equal is fine.
 *
 * Breaks it: `totalTimeout: 1_000` and `readonly config = { attemptTimeout: 2_000 }`; the same in a branch of a split with `timeout: 1_000`, and in the
 * `compensateConfig` of a workflow with `compensationTimeout: 1_000`.
 */
export const checkTimeoutOrder: Check = (draft, report) => {
  const total = limitOf("total timeout", draft.totalTimeout);
  const given = draft.compensationTimeout;
  const undoing = given ? limitOf("compensation timeout", given) : total && shareOf(total);
  for (const { task, state } of listTasks(draft)) {
    const binding = findBinding(state);
    const own = binding?.kind === "split" ? limitOf("split's timeout", binding.timeout) : undefined;
    judgeAttempt(task.config?.attemptTimeout, lowest(own, total), report);
    judgeAttempt(task.compensateConfig?.attemptTimeout, undoing, report);
  }
  for (const { split } of listSplits(draft)) {
    const own = limitOf("split's timeout", split.timeout);
    if (own && total && own.value > total.value)
      report(splitAboveTotal(own.note.span, { split: own.value, total: total.value }, { notes: [total.note] }));
  }
};

function judgeAttempt(attempt: NumberReading | undefined, limit: Limit | undefined, report: Report): void {
  const value = attempt?.value;
  if (attempt === undefined || value === undefined || !isTimeout(value) || limit === undefined || value <= limit.value) return;
  report(attemptAbove(attempt.span, { attempt: value, around: limit.around, limit: limit.value }, { notes: [limit.note] }));
}

// Of two, the one that ends an attempt is told.
function lowest(inner: Limit | undefined, outer: Limit | undefined): Limit | undefined {
  return inner && outer ? (outer.value < inner.value ? outer : inner) : (inner ?? outer);
}

// As the runtime has it where no `compensationTimeout` is given.
function shareOf({ value, note: { span } }: Limit): Limit {
  const message = `it is half of the total timeout here, and at most ${MOST} ms`;
  return { value: Math.min(value / 2, MOST), around: "compensation timeout", note: { message, span } };
}

function judge(option: string, reading: NumberReading | undefined, report: Report): void {
  if (reading?.value !== undefined && !isTimeout(reading.value))
    report(badTimeout(reading.span, { option, value: reading.value }));
}

// A timeout that is no time is reported as that, and compared with nothing.
function limitOf(around: Limit["around"], reading: NumberReading | undefined): Limit | undefined {
  const value = reading?.value;
  if (reading === undefined || value === undefined || !isTimeout(value)) return undefined;
  return { value, around, note: { message: `the ${around} is here`, span: reading.span } };
}
