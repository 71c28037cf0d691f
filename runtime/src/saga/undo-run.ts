/** How a dispatcher with compensations fails. */

import type { CanoError } from "../errors/cano-error.js";
import { fail } from "../run/failure.js";
import type { AnySagaRun } from "./any-saga-run.js";

/** The error with which `run` ends after `error` was thrown in state `s`, once what it has done is undone. */
export function undo(run: AnySagaRun, s: number, error: unknown): Promise<CanoError> {
  return run.conclude(s, fail(run, s, error));
}
