/** What is undone of a run that has failed, in virtual time. */

import type { TaskSpec } from "./spec.js";
import { nameOf, type Virtual } from "./virtual-run.js";

/** Undoes what was done, the newest first, since the run has failed in `failed`. Yields the result, which is `result` when all could be undone. */
export function interpretUndo(run: Virtual, result: string, failed: string): string {
  const { totalTimeout, states } = run.spec;
  const deadline = run.now + (totalTimeout === undefined ? Infinity : Math.min(totalTimeout / 2, 30_000));
  let undone = 0;
  for (const { place, visit } of run.done.toReversed()) {
    const task = states[place];
    if (task?.kind !== "compensatable") throw new Error("only compensatable tasks are undone");
    if (run.now < deadline && undoOne(run, task, place, visit, deadline)) undone++;
  }
  const left = run.done.length - undone;
  if (run.done.length > 0) run.events.push(`drain ${failed} ${undone} undone, ${left} not`);
  return left === 0 ? result : result.replace(/^\w+/, "compensation_failed");
}

function undoOne(run: Virtual, { mode, undo }: TaskSpec, place: number, visit: number, deadline: number): boolean {
  const label = `${nameOf(run.spec, place)} Task${place}`;
  const over = (outcome: "Success" | "Failure"): boolean => {
    run.events.push(`compensate${outcome} ${label}`);
    return outcome === "Success";
  };
  run.events.push(`compensateStart ${label}`);
  for (let attempt = 1; ; attempt++) {
    const { after, choice } = run.steps.undo(place, mode === "sync", run.momentOf(place, attempt, visit));
    if (deadline < run.now + after) break;
    run.now += after;
    if (choice >= 0) return over("Success");
    if (attempt > undo.retries) return over("Failure");
    run.events.push(`retry ${label}.compensate attempt ${attempt} delay ${undo.delay}`);
    if (deadline < run.now + undo.delay) break;
    run.now += undo.delay;
    run.events.push(`attempt ${label}.compensate attempt ${attempt + 1}`);
  }
  run.now = deadline;
  return over("Failure");
}
