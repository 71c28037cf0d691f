/** Checks that a split's bulkhead lets its branches run. */

import { selfBlocked } from "../diagnostics/catalogue/guards.js";
import { badBulkhead } from "../diagnostics/catalogue/policies.js";
import { isSameSpan } from "../diagnostics/same-span.js";
import { listSplits } from "../model/bindings.js";
import type { Check } from "./check.js";
import { isCount } from "./numbers.js";

/**
 * With less than one place no branch could ever start.
 *
 * Breaks it: `split([A, B], { next: S.Done, bulkhead: 0 })`.
 */
export const checkBulkheads: Check = (draft, report) => {
  for (const { split } of listSplits(draft)) {
    const value = split.bulkhead?.value;
    if (value !== undefined && (!isCount(value) || value < 1)) report(badBulkhead(split.bulkhead?.span, { value }));
  }
};

/**
 * A branch keeps its place in the split's bulkhead until it has ended, so that it must not wait for another one there.
 *
 * Breaks it: `const hall = bulkhead({ limit: 4 })`, `class A { readonly config = { bulkhead: hall }; … }`, `split([A], { bulkhead: hall, … })`.
 */
export const checkBranchBulkheads: Check = (draft, report) => {
  for (const { state, split } of listSplits(draft)) {
    const made = split.sharedBulkhead;
    if (made === undefined || split.branches.kind !== "listed") continue;
    const notes = [{ message: "the bulkhead is made here", span: made }];
    for (const task of split.branches.list) {
      const own = task.config?.guards.find((guard) => guard.key === "bulkhead" && isSameSpan(guard.made, made));
      if (own !== undefined) report(selfBlocked(own.span, { task: task.className, state: state.name }, { notes }));
    }
  }
};
