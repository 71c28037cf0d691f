/** A task in virtual time, attempt by attempt. */

import { attemptOf, failureOf } from "./interpret-attempt.js";
import { carries, FALLBACK_VALUE, type TaskSpec } from "./spec.js";
import { nameOf, type Virtual } from "./virtual-run.js";

/** Where a task leads to, and what it hands over. */
export interface Way {
  readonly place: number;
  readonly value: number | undefined;
}

/** How the attempts of a task came to their end: with a target, or a category of failure after so many of them. */
type End = { readonly target: number } | { readonly category: string; readonly attempt: number };

/** Yields the way that the task takes; ends the run when it fails and nothing stands in, or when it is stopped. */
export function interpretTask(run: Virtual, task: TaskSpec, place: number, given: number): Way {
  const label = `${nameOf(run.spec, place)} Task${place}`;
  run.events.push(`taskStart ${label}`);
  const end = attempts(run, task, place, label);
  if ("target" in end) {
    run.events.push(`taskSuccess ${label}`);
    if (task.kind === "compensatable") keep(run, place, end.target);
    return wayTo(run, end.target, given + 1);
  }
  if (task.fallback === undefined) {
    run.events.push(`taskFailure ${label}`);
    throw run.failed(end.category, nameOf(run.spec, place), end.attempt);
  }
  run.events.push(`fallback ${label}`, `taskSuccess ${label}`);
  return wayTo(run, task.fallback, FALLBACK_VALUE);
}

function wayTo({ spec }: Virtual, place: number, value: number): Way {
  return { place, value: carries(spec, place) ? value : undefined };
}

/** What can be undone is kept, and only then the run is stopped, if it is to be. */
function keep(run: Virtual, place: number, target: number): void {
  run.keep(place);
  const category = run.stopBy(run.now);
  const isExit = target >= run.spec.states.length;
  // Out of time, it still reaches an exit right behind it.
  if (category === undefined || (category === "workflow_timeout" && isExit)) return;
  throw run.stopped(nameOf(run.spec, target), [], category);
}

function attempts(run: Virtual, { kind, mode, policy, breaker, targets }: TaskSpec, place: number, label: string): End {
  const state = nameOf(run.spec, place);
  const isShielded = kind === "compensatable";
  const guard = breaker === undefined ? undefined : run.breakers[breaker];
  for (let attempt = 1; ; attempt++) {
    if (guard?.admits(run.now) === false) {
      run.events.push(`circuitOpen ${label}`);
      return { category: "circuit_open", attempt: 0 };
    }
    const step = run.steps.next(place, -1, mode === "sync", run.momentOf(place, attempt));
    const { end, failure } = attemptOf(policy, mode === "sync", step, run.now);
    if (!isShielded && run.stop.at < end) throw run.stopped(state, [`Task${place}`]);
    run.now = end;
    const pending = isShielded ? run.stopBy(end) : undefined;
    // What fails in a run that is to be stopped says no more of what was called than what was called off.
    if (failure === undefined || pending === undefined) guard?.count(failure === undefined, end);
    if (failure === undefined) return { target: targets[step.choice % targets.length] ?? 0 };
    if (pending !== undefined) throw run.stopped(state, [`Task${place}`], pending);
    const category = failureOf(failure, attempt, policy);
    if (category !== undefined) return { category, attempt };
    run.events.push(`retry ${label} attempt ${attempt} delay ${policy.delay}`);
    if (run.stop.at < run.now + policy.delay) throw run.stopped(state, [`Task${place}`]);
    run.now += policy.delay;
    run.events.push(`attempt ${label} attempt ${attempt + 1}`);
  }
}
