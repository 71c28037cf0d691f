/** The context values that tasks see. One is made for each attempt of a task that takes a context; what is costly in it is made on demand. */

import type { Context, Log } from "../context.js";
import type { CanoError } from "../errors/cano-error.js";
import type { AnyRun } from "./any-run.js";
import type { Home } from "./home.js";
import type { Run } from "./run.js";
import { Scope } from "./scope.js";
import { sleep } from "./timers.js";

/**
 * A context for an attempt of state `s`. Throws when the run was stopped. Its input is `void` to the compiler, too: a method that takes none may stand
 * beside a fallback or a `compensate` that does.
 */
export function context<I, K extends keyof I & number>(run: Run<object, I>, s: K, attempt = 1): Context<I[K] & void> {
  return activate(run, new TaskContext(run, s, attempt, run.input as I[K] & void));
}

/** A context for an attempt of state `s` whose method is called by a loop; `part` tells the calls of one visit apart. Throws when the run was stopped. */
export function beginAttempt(run: AnyRun, s: number, attempt: number, part?: number): TaskContext<unknown> {
  return activate(run, new TaskContext(run, s, attempt, run.input, undefined, part));
}

/** Makes `made` what is in flight in `scope`, instead of what was. Throws when the scope was stopped: nobody would stop what begins now. */
export function activate<T extends Scope>(scope: Scope, made: T): T {
  if (scope.stopped !== undefined) throw scope.stopped;
  scope.active?.end();
  scope.active = made;
  return made;
}

/** What tells the visit that a run is in, which is one to state `s`, from every other visit of every run. */
export function visitKey(run: AnyRun, s: number): string {
  // Between two jumps the numbers count up, so the two together are those of one visit.
  return run.visitLog?.key ?? keyOf(run.home, run.id, `${run.forgotten + run.jumps.length}/${s}`);
}

/**
 * What tells a visit from every other of every run of every workflow: the first slash ends the workflow's name, in which there is none then, and
 * the last `#` the run's id, which may be anything, since nothing that follows has one.
 */
export function keyOf({ graph }: Home, runId: string, visit: number | string): string {
  return `${graph.name.replace(/[%/]/g, encodeURIComponent)}/${runId}#${visit}`;
}

/** What a context is a part of: a branch, or the attempt of a loop. */
export interface Whole {
  readonly idempotencyKey: string;
  /** How events call a branch; undefined elsewhere. */
  readonly branchName: string | undefined;
  /** The index of a branch; undefined elsewhere. */
  readonly branch: number | undefined;
  /** What a branch is, where it is no plain one. */
  readonly branchKind?: "poll" | "timer" | "batch" | undefined;
}

/** What few attempts need of their context, made when it is asked for. */
interface Parts {
  controller?: AbortController;
  log?: Log;
  due?: Date;
}

/** What every context can do, whatever it is the context of. See {@link Context}; `sleep` may be taken out of it and called by itself. */
export abstract class AttemptContext<Input> extends Scope implements Context<Input>, Whole {
  abstract readonly run: AnyRun;
  abstract readonly index: number;
  abstract readonly attempt: number;
  abstract readonly input: Input;
  abstract readonly idempotencyKey: string;
  abstract readonly branchName: string | undefined;
  abstract readonly branch: number | undefined;
  private parts: Parts | undefined = undefined;

  get signal(): AbortSignal {
    let { controller } = this.own;
    if (controller === undefined) {
      controller = this.own.controller = new AbortController();
      if (this.stopped !== undefined) controller.abort(this.stopped);
    }
    return controller.signal;
  }

  get runId(): string {
    return this.run.id;
  }

  get state(): string | number {
    return this.run.label(this.index);
  }

  /** When a timer is due; undefined for everything else. */
  get due(): Date | undefined {
    return this.parts?.due;
  }

  set due(date: Date) {
    this.own.due = date;
  }

  get log(): Log {
    return (this.own.log ??= this.home.log.child?.(this.facts()) ?? this.home.log);
  }

  get sleep(): (ms: number) => Promise<void> {
    return (ms) => sleep(this, ms);
  }

  override stop(error: CanoError): void {
    super.stop(error);
    this.parts?.controller?.abort(error);
  }

  private get own(): Parts {
    return (this.parts ??= {});
  }

  /** What every line that the task logs says. */
  private facts(): object {
    const { runId, state, attempt, branch, home } = this;
    return { workflow: home.graph.name, runId, state, attempt, ...(branch === undefined ? {} : { branch }) };
  }
}

/** The context of an attempt of a state, or of a part of one. */
export class TaskContext<Input> extends AttemptContext<Input> {
  constructor(
    readonly run: AnyRun,
    readonly index: number,
    readonly attempt: number,
    readonly input: Input,
    private readonly whole?: Whole,
    private readonly part?: number,
  ) {
    super(run.home);
  }

  get idempotencyKey(): string {
    const key = this.whole?.idempotencyKey ?? visitKey(this.run, this.index);
    return this.part === undefined ? key : `${key}/${this.part}`;
  }

  get branchName(): string | undefined {
    return this.whole?.branchName;
  }

  get branch(): number | undefined {
    return this.whole?.branch;
  }
}
