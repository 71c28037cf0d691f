/** A row of a run's log: what is stored of a run so that another process can go on with it. Rows are only ever added. */

/**
 * What a row tells:
 *
 * - `entry`: a state was entered, with `payload` as its input; the state that was left leaves `undo`, if it can be undone
 * - `cursor`: the state has come so far: `payload` is the cursor, `count` the steps or windows that are done
 * - `attempt`: `count` attempts of the state, or of its step, have failed, and the next one is `due`
 * - `due`: the state waits until `due`
 * - `resume`: another driver goes on with the run
 * - `failure`: the run has failed with the error `payload`, and nothing leads forward from here
 * - `compensated`: what the row of sequence `count` left as its `undo` has been undone
 * - `exit`: the run has ended in an exit state, with `payload` as its output
 * - `end`: the run has failed, and all that could be undone has been; `payload` is the error that it ended with
 */
export type RowKind = "entry" | "cursor" | "attempt" | "due" | "resume" | "failure" | "compensated" | "exit" | "end";

/** A row of a run's log: what is stored of a run so that another process can go on with it. Rows are only ever added. Payloads are JSON. */
export interface CheckpointRow {
  /** 0 for the first row of a run, one more for each that follows. */
  readonly sequence: number;
  readonly kind: RowKind;
  /** The state's value as text: of `entry` and `exit` the state that is entered, of `compensated` the one that was undone, else the current one. */
  readonly state: string;
  /**
   * The sequence of the `entry` with which the visit began that this row continues or ends; of a run's first entry, its own: 0. Once the run has
   * failed, that of the visit that failed, also where the row is about another.
   */
  readonly visit: number;
  /** See {@link RowKind}; 0 where it means nothing. */
  readonly count: number;
  /** The workflow's version when the row was written. */
  readonly version: number;
  readonly payload: string | undefined;
  /** What the visit that this row ends has left to be undone; where that could not be stored, `!` and why, as JSON. */
  readonly undo: string | undefined;
  /** Milliseconds since 1970. */
  readonly due: number | undefined;
  /** When it was written: milliseconds since 1970. */
  readonly at: number;
}
