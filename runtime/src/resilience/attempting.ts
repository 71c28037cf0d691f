/** What a retry loop and an attempt timeout need to know of the thing whose attempts they manage: a run in a state, or a branch of a split. */

import type { AnyRun } from "../run/any-run.js";
import type { Scope } from "../run/scope.js";
import type { VisitLog } from "../run/visit-log.js";

/** See the file's first line. */
export interface Attempting extends Scope {
  readonly run: AnyRun;
  /** What its attempts take. */
  readonly input: unknown;
  /** How events call a branch; the task of a run is called by its class. */
  readonly branchName?: string;
  /** The index of a branch. */
  readonly branch?: number | undefined;
  /** What is stored of its attempts; those of a branch are not. */
  readonly visitLog?: VisitLog | undefined;
}
