/** Checks that every timeout is a time, and that none hides behind another that is around it. */

import { badTimeout, splitAboveTotal, timeoutAbove } from "../diagnostics/catalogue/timeouts.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { listSplits, listTasks } from "../model/bindings.js";
import type { NumberReading } from "../read/number-reading.js";
import type { Check } from "./check.js";
import { type Limit, limitAround, limitInside, splitLimit, totalLimit, undoingLimit } from "./limits.js";
import { isTimeout } from "./numbers.js";

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
  const undoing = undoingLimit(draft);
  for (const bound of listTasks(draft)) {
    const { task, state } = bound;
    judgeInner("attemptTimeout", task.config?.attemptTimeout, limitAround(draft, state), report);
    judgeInner("attemptTimeout", task.compensateConfig?.attemptTimeout, undoing, report);
    const item = task.options.find(({ path }) => path === "itemTimeout");
    judgeInner("itemTimeout", item?.number, limitInside(draft, bound), report);
  }
  const total = totalLimit(draft);
  for (const { state } of listSplits(draft)) {
    const own = splitLimit(state);
    if (own && total && own.value > total.value)
      report(splitAboveTotal(own.note.span, { split: own.value, total: total.value }, { notes: [total.note] }));
  }
};

// Of several around it, the one that ends it is told.
function judgeInner(
  option: "attemptTimeout" | "itemTimeout",
  inner: NumberReading | undefined,
  limit: Limit | undefined,
  report: Report,
): void {
  const value = inner?.value;
  if (inner === undefined || value === undefined || !isTimeout(value) || limit === undefined || value <= limit.value) return;
  report(timeoutAbove(inner.span, { option, value, around: limit.around, limit: limit.value }, { notes: [limit.note] }));
}

function judge(option: string, reading: NumberReading | undefined, report: Report): void {
  if (reading?.value !== undefined && !isTimeout(reading.value))
    report(badTimeout(reading.span, { option, value: reading.value }));
}
