/** The reference: walks a random machine in virtual time, with nothing in mind but being obviously right. */

import { interpretSplit } from "./interpret-split.js";
import type { Step, Steps } from "./script.js";
import { carries, type MachineSpec, type Policy, type TaskSpec } from "./spec.js";

/** What can be seen of a run. */
export interface Outcome {
  readonly events: readonly string[];
  readonly result: string;
}

/** Thrown inside the interpreter when the run ends. */
export class Ended extends Error {
  constructor(readonly result: string) {
    super(result);
  }
}

/** A run in virtual time. */
export class Virtual {
  now = 0;
  readonly events: string[] = [];
  readonly path: string[] = [];

  constructor(
    readonly spec: MachineSpec,
    readonly steps: Steps,
    private readonly cancelAt: number | undefined,
  ) {}

  /** When and how the run is ended from outside. */
  get stop(): { at: number; category: "cancelled" | "workflow_timeout" } {
    const total = this.spec.totalTimeout ?? Infinity;
    const cancel = this.cancelAt ?? Infinity;
    return cancel < total ? { at: cancel, category: "cancelled" } : { at: total, category: "workflow_timeout" };
  }

  /** The tasks named have not ended when the run is stopped. */
  stopped(state: string, open: readonly string[]): Ended {
    const { category } = this.stop;
    for (const task of open) this.events.push(`taskFailure ${state} ${task}`);
    this.events.push(`${category === "cancelled" ? "cancelled" : "workflowTimeout"} ${state}`);
    return this.failed(category, state, 0);
  }

  failed(category: string, state: string, attempt: number): Ended {
    return new Ended(`${category} in ${state}, attempt ${attempt}, path ${this.path.join(">")}`);
  }
}

/** Runs `spec` with `input`, cancelled at `cancelAt` milliseconds if given. */
export function interpret(spec: MachineSpec, steps: Steps, input: number, cancelAt: number | undefined): Outcome {
  const run = new Virtual(spec, steps, cancelAt);
  try {
    for (let place = 0, value: unknown = input; ;) {
      const state = nameOf(spec, place);
      run.path.push(state);
      run.events.push(`stateEnter ${state}`);
      const current = spec.states[place];
      if (current === undefined) throw new Ended(`${state} ${JSON.stringify(value)}`);
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
    if (ended instanceof Ended) return { events: run.events, result: ended.result };
    throw ended;
  }
}

function interpretTask(run: Virtual, task: TaskSpec, place: number): number {
  const state = nameOf(run.spec, place);
  const name = `Task${place}`;
  run.events.push(`taskStart ${state} ${name}`);
  for (let attempt = 1; ; attempt++) {
    const step = run.steps.next(place, -1, task.mode === "sync");
    const { end, failure } = attemptOf(task.policy, task.mode === "sync", step, run.now);
    if (run.stop.at < end) throw run.stopped(state, [name]);
    run.now = end;
    if (failure === undefined) {
      run.events.push(`taskSuccess ${state} ${name}`);
      return task.targets[step.choice % task.targets.length] ?? 0;
    }
    const over = failureOf(failure, attempt, task.policy);
    if (over !== undefined) {
      run.events.push(`taskFailure ${state} ${name}`);
      throw run.failed(over, state, attempt);
    }
    run.events.push(`retry ${state} ${name} attempt ${attempt} delay ${task.policy.delay}`);
    if (run.stop.at < run.now + task.policy.delay) throw run.stopped(state, [name]);
    run.now += task.policy.delay;
  }
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
