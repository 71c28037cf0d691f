/** Checks that one value can be the input of every branch of a split. The types were compared by the read stage. */

import { branchInputConflict } from "../diagnostics/catalogue/data.js";
import { listSplits } from "../model/bindings.js";
import type { Check } from "./check.js";

/**
 * Every branch gets the split's own input.
 *
 * Breaks it: `split([A, B], …)` where `A` takes `Context<string>` and `B` takes `Context<number>`.
 */
export const checkBranchInputs: Check = (draft, report) => {
  for (const { split } of listSplits(draft)) {
    for (const { first, second } of split.inputConflicts) {
      const facts = { first: first.task, firstType: first.type, second: second.task, secondType: second.type };
      report(
        branchInputConflict(second.span, facts, {
          notes: [{ message: `\`${first.task}\` takes its input here`, span: first.span }],
        }),
      );
    }
  }
};
