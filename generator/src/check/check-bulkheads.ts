/** Checks that a split's bulkhead lets at least one branch run. */

import { badBulkhead } from "../diagnostics/catalogue/policies.js";
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
