/** Checks that the joins of splits can succeed, where their numbers are literals. */

import { badPercentage, emptySplit, impossibleCount, partialWithoutTimeout } from "../diagnostics/catalogue/policies.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { listSplits } from "../model/bindings.js";
import type { SplitBinding } from "../read/reading.js";
import type { Check } from "./check.js";
import { isCount } from "./numbers.js";

/**
 * A join that can never succeed fails every run that comes to it. Branches that are computed at run time are counted there.
 *
 * Breaks it: `split([A, B], { join: quorum(3), … })`, `split([A], { join: percentage(50), … })`, `split([A], { join: partialTimeout(), … })`
 * without a `timeout`, and `split([], { join: any(), … })`.
 */
export const checkJoins: Check = (draft, report) => {
  for (const { split } of listSplits(draft)) {
    const { join } = split;
    if (join.strategy === "any") requireBranch(split, report);
    if (join.strategy === "partialTimeout") {
      requireBranch(split, report);
      if (split.timeout === undefined) report(partialWithoutTimeout(join.span, {}));
    }
    if (join.strategy === "percentage") judgeShare(join.argument.value, split, report);
    if (join.strategy === "quorum" || join.strategy === "partialResults")
      judgeCount(join.strategy, join.argument.value, split, report);
  }
};

function countBranches(split: SplitBinding): number | undefined {
  return split.branches.kind === "listed" ? split.branches.list.length : undefined;
}

function requireBranch(split: SplitBinding, report: Report): void {
  if (countBranches(split) === 0) report(emptySplit(split.branchesSpan, { strategy: split.join.strategy }));
}

function judgeShare(share: number | undefined, split: SplitBinding, report: Report): void {
  if (share === undefined || (share > 0 && share <= 1)) return;
  report(badPercentage(argumentSpan(split), { share }));
}

function judgeCount(strategy: string, needed: number | undefined, split: SplitBinding, report: Report): void {
  if (needed === undefined) return;
  const branches = countBranches(split);
  if (!isCount(needed)) report(impossibleCount(argumentSpan(split), { strategy, needed, branches: undefined }));
  else if (branches === 0 && needed > 0) requireBranch(split, report);
  else if (branches !== undefined && needed > branches) {
    const notes = [{ message: "the branches are listed here", span: split.branchesSpan }];
    report(impossibleCount(argumentSpan(split), { strategy, needed, branches }, { notes }));
  }
}

function argumentSpan({ join }: SplitBinding): typeof join.span {
  return "argument" in join ? join.argument.span : join.span;
}
