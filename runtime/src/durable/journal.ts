/** Writes the log of one run, one row after the other. What is written when is `any-durable-run.ts`. */

import type { CheckpointRow, RowKind } from "../checkpoint/checkpoint-row.js";
import type { CheckpointStore, Claim, RunChange } from "../checkpoint/checkpoint-store.js";
import type { Log } from "../context.js";
import { letGo } from "./let-go.js";

/** What a row says besides where it stands. */
export interface Entry extends Pick<CheckpointRow, "kind" | "state"> {
  readonly count?: number;
  readonly payload?: string | undefined;
  readonly due?: number;
}

/** What the visit that is being left has done, on its way to the next row. */
export interface Leaving {
  readonly text: string;
  /** Called with the sequence of the row that has it. */
  readonly written: (sequence: number) => void;
}

/** How far a log is. */
export interface Position {
  /** The sequence of the newest row. */
  readonly last: number;
  /** The sequence of the `entry` of the visit that the run is in. */
  readonly visit: number;
  /** The version that the store knows the run to go by. */
  readonly version: number;
}

/**
 * The rows with which a run goes forward: the first of them brings it under the version of who writes it. Before that it is what it was, so that
 * one that ends without having come anywhere is migrated the next time.
 */
export const FORWARD: ReadonlySet<RowKind> = new Set<RowKind>(["entry", "cursor", "attempt", "due", "exit"]);

/** See the file's first line. */
export class Journal {
  /** Why nothing more can be written; the run must not go on then, nor be undone here. */
  fault: unknown = undefined;
  /** The sequence of the `entry` of the visit that the run is in. */
  visit: number;
  private last: number;
  private leaving: Leaving | undefined = undefined;
  /** The version that the store knows the run to go by. */
  private known: number;
  private writing: Promise<void> | undefined = undefined;

  constructor(
    private readonly store: CheckpointStore,
    readonly claim: Claim,
    private readonly version: number,
    private readonly epoch: () => number,
    at: Position,
  ) {
    this.last = at.last;
    this.visit = at.visit;
    this.known = at.version;
  }

  /** The sequence of the newest row. */
  get newest(): number {
    return this.last;
  }

  /** Has the next row say what undoes the visit that it ends. */
  leave(leaving: Leaving): void {
    this.leaving = leaving;
  }

  /** Adds a row, which is durable when the promise resolves to its sequence. Rejects when nothing more can be written. */
  async write(entry: Entry, change?: RunChange): Promise<number> {
    // Who comes while a row is being written is the end of the run: it waits, since the sequence must be known.
    while (this.writing !== undefined) await this.writing;
    if (this.fault !== undefined) throw this.fault;
    const sequence = this.last + 1;
    const { leaving } = this;
    this.leaving = undefined;
    const row: CheckpointRow = {
      sequence,
      kind: entry.kind,
      state: entry.state,
      visit: this.visit,
      count: entry.count ?? 0,
      version: this.version,
      payload: entry.payload,
      undo: leaving?.text,
      due: entry.due,
      at: this.epoch(),
    };
    this.writing = this.append(row, change);
    await this.writing;
    if (this.fault !== undefined) throw this.fault;
    leaving?.written(sequence);
    return sequence;
  }

  // Never rejects: what fails is the fault.
  private async append(row: CheckpointRow, change: RunChange | undefined): Promise<void> {
    const isNew = this.known !== this.version && FORWARD.has(row.kind);
    try {
      await this.store.append(this.claim, row, isNew ? { ...change, version: this.version } : change);
      if (isNew) this.known = this.version;
      this.last = row.sequence;
      if (row.kind === "entry") this.visit = row.sequence;
    } catch (fault) {
      this.fault = fault ?? new Error("the store has failed");
    } finally {
      this.writing = undefined;
    }
  }

  /** Lets somebody else go on with the run. Never rejects. */
  release(log: Log): Promise<void> {
    return letGo(this.store, this.claim, log);
  }
}
