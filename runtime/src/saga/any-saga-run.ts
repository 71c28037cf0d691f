/** A run with effects that can be undone: what it has done so far, and how it ends when it fails. Undoing is `drain.ts`. */

import type { CanoError } from "../errors/cano-error.js";
import { AnyRun } from "../run/any-run.js";
import type { Home } from "../run/home.js";
import { visitKey } from "../run/task-context.js";
import type { Compensator } from "./compensator.js";
import { drain } from "./drain.js";
import { compensationFailed } from "./errors.js";
import type { Undo } from "./undo.js";

/** What the runs of a workflow with compensations go by. */
export interface Saga {
  /** By the dispatcher's numbers of their states. */
  readonly compensators: Readonly<Record<number, Compensator>>;
  /** Milliseconds that undoing a run may take altogether. */
  readonly compensationTimeout: number | undefined;
}

/** See the file's first line. */
export class AnySagaRun extends AnyRun {
  /** What has been done and can be undone, the newest last. */
  readonly done: Undo[] = [];
  private ending: Promise<CanoError> | undefined = undefined;

  constructor(
    home: Home,
    resources: unknown,
    input: unknown,
    start: number,
    id: string | undefined,
    readonly saga: Saga,
  ) {
    super(home, resources, input, start, id);
  }

  /** Takes note that state `s` has done something that `output` undoes. */
  keep(s: number, output: unknown): void {
    this.done.push({ state: s, input: this.input, output, key: visitKey(this, s) });
  }

  /**
   * Ends the run, which has failed in state `s` with `error`: undoes what it has done. Resolves to the error that the caller gets: `error` itself,
   * or `compensation_failed`. May be called again.
   */
  conclude(s: number, error: CanoError): Promise<CanoError> {
    // It has ended: a cancel that comes now is too late.
    this.watch?.finish();
    return (this.ending ??= this.undoAll(s, error));
  }

  /** Takes note, before anything is undone, that nothing leads forward from here. Resolves to whether there is anything to undo. */
  async recordFailure(_s: number, _error: CanoError): Promise<boolean> {
    return this.done.length > 0;
  }

  /** Takes note that an effect is undone. */
  async recordUndone(_undo: Undo): Promise<void> {
    // A run that no store knows of has nobody to tell.
  }

  /** Takes note of what the run has ended with, once all was tried. */
  async recordEnd(_s: number, _error: CanoError, _isClean: boolean): Promise<void> {
    // As above.
  }

  /** What the caller gets where one of the records above could not be made, because of `fault`. */
  describeFault(_error: CanoError, fault: unknown): CanoError {
    throw fault;
  }

  private async undoAll(s: number, error: CanoError): Promise<CanoError> {
    try {
      if (!(await this.recordFailure(s, error))) return error;
      const failures = await drain(this);
      const end = failures.length === 0 ? error : compensationFailed(error, failures);
      await this.recordEnd(s, end, failures.length === 0);
      return end;
    } catch (fault) {
      return this.describeFault(error, fault);
    }
  }
}
