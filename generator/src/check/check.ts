/** What every check of one machine looks like. */

import type { Report } from "../diagnostics/diagnostic.js";
import type { BoundTask } from "../model/bindings.js";
import type { Draft } from "../model/draft.js";
import type { Subject } from "../diagnostics/catalogue/wording.js";

/** Looks at one concern of a draft and reports every problem; changes nothing. */
export type Check = (draft: Draft, report: Report) => void;

/** How messages name a task. */
export function subjectOf({ task, state }: BoundTask): Subject {
  return { task: task.className, state: state.name };
}
