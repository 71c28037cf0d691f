/** What comes of looking at a schedule, for the store and for who has looked. */

import type { Decision } from "../checkpoint/schedule-store.js";

/** A decision, and what the one who made it does next. */
export interface Verdict<Next> {
  readonly decision: Decision;
  readonly next: Next;
}
