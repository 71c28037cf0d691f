/** The reference: walks a random machine in virtual time, with nothing in mind but being obviously right. */

import { interpretSplit } from "./interpret-split.js";
import type { Moment, Step, Steps } from "./script.js";
import { carries, type MachineSpec, type Policy, type TaskSpec } from "./spec.js";

/** What can be seen of a run. */
export interface Outcome {
  readonly events: readonly string[];
  readonly result: string;
}

/** Thrown inside the interpreter when the run ends, in `state`. */
export class Ended extends Error {
  constructor(
    readonly result: string,
    readonly state: string,
    readonly isFailure = false,
  ) {
    super(result);
  }
}

/** A run in virtual time. */
export class Virtual {
  now = 0;
  readonly events: string[] = [];
  readonly path: string[] = [];
  /** The places of what can be undone, the newest last. */
  readonly done: { readonly place: number; readonly visit: number }[] = [];
  private readonly visits = new Map<number, number>();

  constructor(
    readonly spec: MachineSpec,
    readonly steps: Steps,
    private readonly cancelAt: number | undefined,
  ) {}

  /** Takes note of a visit to a state. */
  enter(place: number): void {
    this.visits.set(place, (this.visits.get(place) ?? 0) + 1);
  }

  /** Which attempt of which visit it is, where tasks go by that. */
  momentOf(place: number, attempt: number, visit = this.visits.get(place) ?? 0): Moment | undefined {
    return this.spec.durable ? { visit, attempt } : undefined;
  }

  keep(place: number): void {
    this.done.push({ place, visit: this.visits.get(place) ?? 0 });
  }

  /** Ends the run, unless it must not be ended before `end`: then undefined where it is not stopped by then. */
  stopBy(end: number): "cancelled" | "workflow_timeout" | undefined {
    const total = this.spec.totalTimeout ?? Infinity;
    const cancel = this.cancelAt ?? Infinity;
    // A cancel counts even when it comes after the time was up.
    return cancel < end ? "cancelled" : total < end ? "workflow_timeout" : undefined;
  }

  /** When and how the run is ended from outside. */
  get stop(): { at: number; category: "cancelled" | "workflow_timeout" } {
    const total = this.spec.totalTimeout ?? Infinity;
    const cancel = this.cancelAt ?? Infinity;
    return cancel < total ? { at: cancel, category: "cancelled" } : { at: total, category: "workflow_timeout" };
  }

  /** The tasks named have not ended when the run is stopped. */
  stopped(state: string, open: readonly string[], category = this.stop.category): Ended {
    // Undoing begins when the run ends.
    this.now = Math.max(this.now, category === this.stop.category ? this.stop.at : this.now);
    for (const task of open) this.events.push(`taskFailure ${state} ${task}`);
    this.events.push(`${category === "cancelled" ? "cancelled" : "workflowTimeout"} ${state}`);
    return this.failed(category, state, 0);
  }

  failed(category: string, state: string, attempt: number): Ended {
    return new Ended(`${category} in ${state}, attempt ${attempt}, path ${this.path.join(">")}`, state, true);
  }
}

/** Runs `spec` with `input`, cancelled at `cancelAt` milliseconds if given. */
export function interpret(spec: MachineSpec, steps: Steps, input: number, cancelAt: number | undefined): Outcome {
  const run = new Virtual(spec, steps, cancelAt);
  run.events.push(`runStart ${nameOf(spec, 0)}`);
  try {
    for (let place = 0, value: unknown = input; ;) {
      const state = nameOf(spec, place);
      run.path.push(state);
      run.enter(place);
      run.events.push(`stateEnter ${state}`);
      const current = spec.states[place];
      if (current === undefined) throw new Ended(`${state} ${JSON.stringify(value)}`, state);
      const given = current.takesInput ? Number(value) : 0;
      if (current.kind === "split") {
        value = interpretSplit(run, current, place, current.takesInput ? given : undefined);
        place = current.next;
      } else {
        place = interpretTask(run, current, place);
        value = carries(spec, place) ? given + 1 : undefined;
      }
    }
  } catch (ended) {
    if (!(ended instanceof Ended)) throw ended;
    const { state, isFailure } = ended;
    const result = isFailure ? interpretUndo(run, ended.result, state) : ended.result;
    const outcome = !isFailure ? "completed" : result.startsWith("cancelled") ? "cancelled" : "failed";
    run.events.push(`runEnd ${state} ${outcome}`);
    return { events: run.events, result };
  }
}

function interpretTask(run: Virtual, task: TaskSpec, place: number): number {
  const state = nameOf(run.spec, place);
  const name = `Task${place}`;
  run.events.push(`taskStart ${state} ${name}`);
  const isShielded = task.kind === "compensatable";
  for (let attempt = 1; ; attempt++) {
    const step = run.steps.next(place, -1, task.mode === "sync", run.momentOf(place, attempt));
    const { end, failure } = attemptOf(task.policy, task.mode === "sync", step, run.now);
    if (!isShielded && run.stop.at < end) throw run.stopped(state, [name]);
    run.now = end;
    if (failure === undefined) {
      run.events.push(`taskSuccess ${state} ${name}`);
      const next = task.targets[step.choice % task.targets.length] ?? 0;
      if (!isShielded) return next;
      run.keep(place);
      const category = run.stopBy(end);
      const isExit = next >= run.spec.states.length;
      // Out of time, it still reaches an exit right behind it.
      if (category === undefined || (category === "workflow_timeout" && isExit)) return next;
      throw run.stopped(nameOf(run.spec, next), [], category);
    }
    const pending = isShielded ? run.stopBy(end) : undefined;
    if (pending !== undefined) throw run.stopped(state, [name], pending);
    const over = failureOf(failure, attempt, task.policy);
    if (over !== undefined) {
      run.events.push(`taskFailure ${state} ${name}`);
      throw run.failed(over, state, attempt);
    }
    run.events.push(`retry ${state} ${name} attempt ${attempt} delay ${task.policy.delay}`);
    if (run.stop.at < run.now + task.policy.delay) throw run.stopped(state, [name]);
    run.now += task.policy.delay;
    run.events.push(`attempt ${state} ${name} attempt ${attempt + 1}`);
  }
}

/** Undoes what was done, the newest first, since the run has failed in `failed`. Yields the result, which is `result` when all could be undone. */
function interpretUndo(run: Virtual, result: string, failed: string): string {
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

export type AttemptFailure = "timeout" | "fatal" | "error";

/** When an attempt that begins at `now` ends, and how it failed, if it did. */
export function attemptOf(
  policy: Policy,
  synchronous: boolean,
  step: Step,
  now: number,
): { end: number; failure: AttemptFailure | undefined } {
  const end = step.choice === -2 ? Infinity : now + step.after;
  const limit = synchronous ? Infinity : now + (policy.timeout ?? Infinity);
  if (limit < end) return { end: limit, failure: "timeout" };
  return { end, failure: step.choice >= 0 ? undefined : step.choice === -3 ? "fatal" : "error" };
}

/** The category with which a task ends after attempt `attempt` failed, or undefined when it is retried. */
export function failureOf(failure: AttemptFailure, attempt: number, { retries }: Policy): string | undefined {
  if (failure !== "fatal" && attempt <= retries) return undefined;
  if (failure !== "fatal" && attempt > 1) return "retry_exhausted";
  return failure === "timeout" ? "timeout" : "task_execution";
}

/** `s0`, `s1`, …, then `x0`, `x1`, …. */
export function nameOf({ states }: MachineSpec, place: number): string {
  return place < states.length ? `s${place}` : `x${place - states.length}`;
}
