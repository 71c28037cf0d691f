/** What goes wrong while a run is undone, and the error that a run ends with then. */

import { CanoError, isCanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import type { AnyRun } from "../run/any-run.js";
import type { Undo } from "./undo.js";

// More than this many failures in one message hide more than they tell.
const SHOWN = 3;

/** A compensation that failed with `error`. */
export function failureOf(run: AnyRun, { state }: Undo, error: unknown, attempt: number): CanoError {
  const facts = { code: "CANO7024", state: run.label(state), attempt, cause: error };
  const message = `undoing state \`${run.graphState(state).name}\` failed: ${textOf(error)}`;
  return new CanoError(isCanoError(error) ? error.category : "task_execution", message, facts);
}

/** An effect that nothing has undone. What would have undone it is kept as `output`, out of sight of what prints errors. */
export function orphaned(run: AnyRun, { state, gone, output }: Undo, why: string): CanoError {
  const message = `state \`${gone ?? run.graphState(state).name}\` was not undone: ${why}`;
  const error = new CanoError("orphaned_compensation", message, { code: "CANO7025", state: gone ?? run.label(state) });
  return Object.defineProperty(error, "output", { value: output, enumerable: false });
}

/** The time for undoing a run was up when `left` effects had not been undone. */
export function drainTimedOut(run: AnyRun, limit: number, left: number): CanoError {
  const effects = left === 1 ? "one effect was" : `${left} effects were`;
  const message = `undoing a run of workflow \`${run.home.graph.name}\` took longer than ${limit} ms; ${effects} not undone`;
  return new CanoError("timeout", message, { code: "CANO7003", limit });
}

/**
 * The error of a run that failed with `error`, and of which not all could be undone: `errors` begins with `error`, the others follow in the
 * order in which they came about.
 */
export function compensationFailed(error: CanoError, failures: readonly CanoError[]): CanoError {
  // A nested run may have had the same trouble: one list tells all.
  const errors = [...listedBy(error), ...failures];
  const shown = failures.slice(0, SHOWN).map(({ message }) => message);
  if (failures.length > SHOWN) shown.push(`and ${failures.length - SHOWN} more`);
  const message = `${error.message}; and not all of it could be undone: ${shown.join("; ")}`;
  const { state, attempt, path } = error;
  return new CanoError("compensation_failed", message, {
    code: "CANO7023",
    ...(state === undefined ? {} : { state }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(path === undefined ? {} : { path }),
    errors,
    cause: error,
  });
}

/** The errors of which `error` tells: itself, unless it lists them. A task may have thrown something that only looks like an error of the runtime. */
function listedBy(error: CanoError): readonly CanoError[] {
  try {
    return Array.isArray(error.errors) ? error.errors : [error];
  } catch {
    // It does not let its list be read.
    return [error];
  }
}
