/** What comes out of a split: the value that the next state takes, or the error that tells why there is none. */

import { CanoError, isCanoError } from "../errors/cano-error.js";
import { nameOf, textOf } from "../errors/thrown.js";
import type { AnyRun } from "../run/any-run.js";
import { factsAt } from "../run/failure.js";
import type { BranchScope } from "./branch-scope.js";
import type { BranchFailure, Joined } from "./split.js";

// More than this many branch errors in one message hide more than they tell.
const SHOWN_ERRORS = 3;

/** The joined results, every list in branch order; `successes` of the branches have succeeded. */
export function joinResult(input: unknown, branches: readonly BranchScope[], successes: number): Joined<unknown, unknown> {
  // Nearly always all have. Lists that literals begin would be taken for long-lived by V8, and keep what they hold through many collections.
  if (successes === branches.length) return { input, successes: branches.map(successOf), failures: [], cancelled: [] };
  return {
    input,
    successes: branches.filter(({ status }) => status === "success").map(successOf),
    failures: branches.filter(({ status }) => status === "failure").map(failureOf),
    cancelled: branches.filter(({ status }) => status === "waiting" || status === "running").map(({ branch }) => branch),
  };
}

function successOf({ branch, value }: BranchScope): { readonly branch: number; readonly value: unknown } {
  return { branch, value };
}

function failureOf({ branch, value }: BranchScope): BranchFailure {
  return { branch, ...summaryOf(value) };
}

/** The error of a split whose strategy can no longer be satisfied. */
export function joinNotMet(run: AnyRun, s: number, join: string, branches: readonly BranchScope[]): CanoError {
  const failed = branches.flatMap(({ branch, status, value }) => (status === "failure" ? [{ branch, error: value }] : []));
  const successes = branches.filter(({ status }) => status === "success").length;
  const shown = failed.slice(0, SHOWN_ERRORS).map(({ branch, error }) => `branch ${branch}: ${textOf(error)}`);
  if (failed.length > SHOWN_ERRORS) shown.push(`and ${failed.length - SHOWN_ERRORS} more`);
  const counts = `${successes} of ${branches.length} branches succeeded`;
  const message = `join \`${join}\` of state \`${run.graphState(s).name}\` was not met, ${[counts, ...shown].join("; ")}`;
  const cause = new AggregateError(
    failed.map(({ error }) => error),
    counts,
  );
  return new CanoError("workflow", message, { code: "CANO7007", ...factsAt(run, s, 1), cause });
}

/** The error of a split whose time was up before its strategy had decided. */
export function splitTimedOut(run: AnyRun, s: number, limit: number): CanoError {
  const message = `split \`${run.graphState(s).name}\` was not joined before its timeout of ${limit} ms`;
  return new CanoError("workflow", message, { code: "CANO7008", ...factsAt(run, s, 1), limit });
}

function summaryOf(error: unknown): { name: string; message: string; category: string } {
  const thrown = isCanoError(error, "retry_exhausted") ? lastOf(error.cause) : error;
  return {
    name: nameOf(thrown),
    message: textOf(thrown),
    category: isCanoError(error) ? error.category : "task_execution",
  };
}

/** An exhausted retry and the list of its errors are the engine's wrapping: what the branch itself threw last says more. */
function lastOf(cause: unknown): unknown {
  return cause instanceof AggregateError && "cause" in cause ? cause.cause : cause;
}
