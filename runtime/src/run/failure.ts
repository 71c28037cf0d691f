/** The failure funnel: whatever was thrown leaves the run as one `CanoError` that names the state, the attempt and the path. */

import { CanoError, type ErrorFacts, isCanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import type { AnyRun } from "./any-run.js";

/** The error with which a run ends after `error` was thrown in state `s`. */
export function fail(run: AnyRun, s: number, error: unknown): CanoError {
  // A stopped run has already been reported; whatever comes late is dropped.
  if (run.stopped !== undefined) return run.stopped;
  const failure = describe(run, s, error, run.attempt ?? 1);
  run.watch?.failed(error);
  run.end();
  return failure;
}

/** `error` with the run's facts. An error that already names a state is left alone: that of a nested workflow, or one the engine made. */
export function describe(run: AnyRun, s: number, error: unknown, attempt: number): CanoError {
  const known = isCanoError(error) ? error : undefined;
  if (known?.state !== undefined) return known;
  return new CanoError(
    known?.category ?? "task_execution",
    known?.message ?? `state \`${run.graphState(s).name}\` failed: ${textOf(error)}`,
    { code: "CANO7001", ...known, ...factsAt(run, s, attempt), cause: error },
  );
}

/** Where a run is, for an error. */
export function factsAt(run: AnyRun, s: number, attempt: number): ErrorFacts {
  return { state: run.label(s), attempt, path: run.path(s) };
}
