/** Undoes what a failed run has done: the newest first, each once, whatever the others come to. */

import { CanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import { Scope } from "../run/scope.js";
import { type TaskFacts, taskFacts } from "../run/task-name.js";
import { arm } from "../run/timeouts.js";
import type { AnySagaRun } from "./any-saga-run.js";
import { Compensation } from "./compensation.js";
import { drainTimedOut, failureOf, orphaned } from "./errors.js";
import type { Undo } from "./undo.js";

/** Undoes what `run` has done. Resolves to what went wrong; rejects only when what was undone cannot be recorded. */
export async function drain(run: AnySagaRun): Promise<readonly CanoError[]> {
  const { done, saga } = run;
  const scope = new Scope(run.home);
  const failures: CanoError[] = [];
  const effects = done.length;
  let left = effects;
  let undone = 0;
  let late: CanoError | undefined;
  if (saga.compensationTimeout !== undefined) {
    const limit = saga.compensationTimeout;
    const expire = (): void => {
      late = drainTimedOut(run, limit, left);
      scope.active?.stop(new CanoError("timeout", "its time was up", { code: "CANO7003", limit }));
    };
    try {
      arm(scope, limit, expire, () => undefined);
    } catch (fault) {
      // The clock is the user's; what was done is undone even so.
      warn(run.home.log, `the time for undoing a run of workflow \`${run.home.graph.name}\` has no bound: ${textOf(fault)}`);
    }
  }
  try {
    for (let undo = done.pop(); undo !== undefined; undo = done.pop()) {
      const failure = late === undefined ? await compensate(run, scope, undo) : orphaned(run, undo, "its time was up");
      left--;
      if (failure !== undefined) failures.push(failure);
      else {
        undone++;
        await run.recordUndone(undo);
      }
    }
  } finally {
    scope.end();
  }
  if (effects > 0) run.watch?.tell(run.watch.state, ["drain", { undone, failed: effects - undone }]);
  return late === undefined ? failures : [...failures, late];
}

/** Undoes one effect. Resolves to what went wrong, if anything did. */
async function compensate(run: AnySagaRun, scope: Scope, undo: Undo): Promise<CanoError | undefined> {
  if (undo.lost !== undefined) return orphaned(run, undo, undo.lost);
  const compensator = run.saga.compensators[undo.state];
  if (compensator === undefined) return orphaned(run, undo, "its state has no compensation any more");
  const compensation = new Compensation(run, undo, compensator);
  const factsOf = (attempt: number): TaskFacts => taskFacts(run, undo.state, attempt);
  scope.active = compensation;
  run.watch?.tell(undo.state, ["compensateStart", factsOf(1)]);
  try {
    await compensation.carryOut();
    run.watch?.tell(undo.state, ["compensateSuccess", factsOf(compensation.attempts)]);
    return undefined;
  } catch (error) {
    run.watch?.tell(undo.state, ["compensateFailure", { ...factsOf(compensation.attempts), error }]);
    return failureOf(run, undo, error, compensation.attempts);
  } finally {
    compensation.end();
    // It is over: when the time is up while that is recorded, its signal must not fire any more.
    scope.active = undefined;
  }
}
