/** The visit to a state that a stored run is in: what is stored of it, and what is to be. */

import type { Home } from "../run/home.js";
import { keyOf } from "../run/task-context.js";
import type { PastAttempts, VisitLog } from "../run/visit-log.js";
import type { Entry } from "./journal.js";

/** What was stored of a visit before the run was resumed. */
export interface Recorded {
  readonly cursor: { readonly text: string; readonly steps: number } | undefined;
  readonly attempts: PastAttempts | undefined;
  /** Milliseconds since 1970. */
  readonly due: number | undefined;
}

/** A visit of which nothing is stored yet. */
export const NOTHING: Recorded = { cursor: undefined, attempts: undefined, due: undefined };

/** What a visit needs of its run. */
export interface Recorder {
  readonly home: Home;
  readonly id: string;
  /** The sequence of the row with which the visit began. */
  readonly visit: number;
  record(entry: Omit<Entry, "state">): Promise<void>;
  /** Now: milliseconds since 1970. */
  epoch(): number;
}

/** See the file's first line. */
export class Visit implements VisitLog {
  private recorded: Recorded = NOTHING;

  constructor(private readonly run: Recorder) {}

  /** Begins another visit, or goes on with one of which `recorded` is stored. */
  begin(recorded: Recorded): void {
    this.recorded = recorded;
  }

  get key(): string {
    return keyOf(this.run.home, this.run.id, this.run.visit);
  }

  takeCursor(): Recorded["cursor"] {
    const { cursor } = this.recorded;
    this.recorded = { ...this.recorded, cursor: undefined };
    return cursor;
  }

  takeAttempts(): PastAttempts | undefined {
    const { attempts } = this.recorded;
    this.recorded = { ...this.recorded, attempts: undefined };
    return attempts;
  }

  takeDue(): number | undefined {
    const { due } = this.recorded;
    this.recorded = { ...this.recorded, due: undefined };
    return due;
  }

  async recordCursor(text: string, steps: number): Promise<void> {
    await this.run.record({ kind: "cursor", count: steps, payload: text });
  }

  async recordAttempt(failed: number, delay: number): Promise<void> {
    await this.run.record({ kind: "attempt", count: failed, due: Math.ceil(this.run.epoch() + delay) });
  }

  async recordDue(due: number): Promise<void> {
    await this.run.record({ kind: "due", due });
  }
}
