/** What is stored of a visit to a state while it lasts, so that a resumed run goes on where it was. What stores it is `durable/`. */

/** Attempts that have failed before the run was resumed. */
export interface PastAttempts {
  readonly failed: number;
  /** When the next one is due: milliseconds since 1970; undefined when there was none. */
  readonly due: number | undefined;
  /** The delay before it, in milliseconds. */
  readonly delay: number | undefined;
}

/** See the file's first line. What is taken out of it is there once: it says where this visit begins, not where later ones do. */
export interface VisitLog {
  /** Tells the visit from every other visit of every run, also when the run is resumed. */
  readonly key: string;
  /** The JSON of the stored cursor, and how many steps or windows it is behind. */
  takeCursor(): { readonly text: string; readonly steps: number } | undefined;
  takeAttempts(): PastAttempts | undefined;
  /** Until when the visit waits: milliseconds since 1970. */
  takeDue(): number | undefined;
  /** Stores the JSON of a cursor, which is durable when the promise resolves. */
  recordCursor(text: string, steps: number): Promise<void>;
  /** Stores that `failed` attempts have failed, and that the next one follows after `delay` milliseconds. */
  recordAttempt(failed: number, delay: number): Promise<void>;
  /** Stores that the visit waits until `due`. */
  recordDue(due: number): Promise<void>;
}
