/** Checks that every timeout is a time, and that none hides behind the total timeout. */

import { attemptAboveTotal, badTimeout, splitAboveTotal } from "../diagnostics/catalogue/policies.js";
import type { Diagnostic, Report, Span } from "../diagnostics/diagnostic.js";
import { listSplits, listTasks } from "../model/bindings.js";
import type { NumberReading } from "../read/number-reading.js";
import type { Check } from "./check.js";
import { isTimeout } from "./numbers.js";

/** A timeout that is a literal. */
interface Limit {
  readonly value: number;
  readonly span: Span;
}

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
 * A timeout above the total timeout can never expire: it promises an attempt that the run does not have. Equal is fine.
 *
 * Breaks it: `totalTimeout: 1_000` and `readonly config = { attemptTimeout: 2_000 }`.
 */
export const checkTimeoutOrder: Check = (draft, report) => {
  const total = limitOf(draft.totalTimeout);
  if (total === undefined) return;
  const notes = [{ message: "the total timeout is here", span: total.span }];
  const compare = (inner: Limit | undefined, make: (inner: Limit) => Diagnostic): void => {
    if (inner !== undefined && inner.value > total.value) report(make(inner));
  };
  for (const { task } of listTasks(draft)) {
    compare(limitOf(task.config?.attemptTimeout), ({ value, span }) =>
      attemptAboveTotal(span, { attempt: value, total: total.value }, { notes }),
    );
  }
  for (const { split } of listSplits(draft)) {
    compare(limitOf(split.timeout), ({ value, span }) => splitAboveTotal(span, { split: value, total: total.value }, { notes }));
  }
};

function judge(option: string, reading: NumberReading | undefined, report: Report): void {
  if (reading?.value !== undefined && !isTimeout(reading.value))
    report(badTimeout(reading.span, { option, value: reading.value }));
}

// A timeout that is no time is reported as that, and compared with nothing.
function limitOf(reading: NumberReading | undefined): Limit | undefined {
  return reading?.value !== undefined && isTimeout(reading.value) ? { value: reading.value, span: reading.span } : undefined;
}
