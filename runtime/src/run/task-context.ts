/** The context values that tasks see. One is made for each attempt of a task that takes a context; what is costly in it is made on demand. */

import type { Context, Log } from "../context.js";
import type { AnyRun } from "./any-run.js";
import type { CanoError } from "./errors.js";
import type { Run } from "./run.js";
import { Scope } from "./scope.js";
import { sleep } from "./timers.js";

/** A context for an attempt of state `s`. */
export function context<I, K extends keyof I & number>(run: Run<object, I>, s: K, attempt = 1): Context<I[K]> {
  run.active?.end();
  const made = new TaskContext(run, s, attempt, run.input as I[K]);
  run.active = made;
  return made;
}

/** A context for an attempt of state `s` whose method is called by a loop; `part` tells the calls of one visit apart. */
export function beginAttempt(run: AnyRun, s: number, attempt: number, part?: number): TaskContext<unknown> {
  run.active?.end();
  const made = new TaskContext(run, s, attempt, run.input, undefined, part);
  run.active = made;
  return made;
}

/** What tells the visit that a run is in, which is one to state `s`, from every other visit of every run. */
export function visitKey(run: AnyRun, s: number): string {
  // Between two jumps the numbers count up, so the two together are those of one visit.
  return run.visitLog?.key ?? `${run.id}/${run.forgotten + run.jumps.length}/${s}`;
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

/** See {@link Context}. `sleep` may be taken out of it and called by itself. */
export class TaskContext<Input> extends Scope implements Context<Input>, Whole {
  /** When a timer is due; undefined for everything else. */
  due: Date | undefined = undefined;
  private controller: AbortController | undefined = undefined;
  private ownLog: Log | undefined = undefined;

  constructor(
    readonly run: AnyRun,
    readonly index: number,
    readonly attempt: number,
    readonly input: Input,
    readonly whole?: Whole,
    private readonly part?: number,
  ) {
    super(run.home);
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.stopped !== undefined) this.controller.abort(this.stopped);
    }
    return this.controller.signal;
  }

  get runId(): string {
    return this.run.id;
  }

  get state(): string | number {
    return this.run.label(this.index);
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

  get log(): Log {
    return (this.ownLog ??= this.home.log.child?.(this.facts()) ?? this.home.log);
  }

  get sleep(): (ms: number) => Promise<void> {
    return (ms) => sleep(this, ms);
  }

  override stop(error: CanoError): void {
    super.stop(error);
    this.controller?.abort(error);
  }

  /** What every line that the task logs says. */
  private facts(): object {
    const { runId, state, attempt, branch, home } = this;
    return { workflow: home.graph.name, runId, state, attempt, ...(branch === undefined ? {} : { branch }) };
  }
}
