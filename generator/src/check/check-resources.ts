/** Checks that one value can be what every task asks for under a resource's name. The types were compared by the read stage. */

import { resourceConflict } from "../diagnostics/catalogue/data.js";
import type { Check } from "./check.js";

/**
 * All tasks of a workflow get the same resources.
 *
 * Breaks it: `run({ db }: { db: string }) { … }` in one task and `run({ db }: { db: number }) { … }` in another.
 */
export const checkResources: Check = (draft, report) => {
  for (const { resource, first, second } of draft.resourceConflicts) {
    const facts = { resource, first: first.task, firstType: first.type, second: second.task, secondType: second.type };
    report(
      resourceConflict(second.span, facts, { notes: [{ message: `\`${first.task}\` asks for it here`, span: first.span }] }),
    );
  }
};
