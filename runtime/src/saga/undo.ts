/** One thing that a run has done and that can be undone. */

/** See the file's first line. */
export interface Undo {
  /** The number of the state that did it. */
  readonly state: number;
  /** What that state was called where the workflow has it no longer, and so no number for it. */
  readonly gone?: string;
  /** What the state had taken. */
  readonly input: unknown;
  /** What its task left for `compensate`. */
  readonly output: unknown;
  /** Why nothing can undo it, where that is so. */
  readonly lost?: string;
  /** Tells the visit from every other visit of every run. */
  readonly key: string;
}
