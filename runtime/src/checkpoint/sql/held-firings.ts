/** The firings that a store object looks after, as it knows itself: the database may still say so of others, when an answer was lost. */

import type { Queries } from "./queries/index.js";
import { ask, type Steps } from "./query.js";

/** Names a firing. */
export interface FiringPlace {
  readonly schedule: string;
  readonly due: number;
}

/** See the file's first line. */
export class HeldFirings {
  private readonly places = new Set<string>();
  /** Whether there may be others in the database. */
  isInDoubt = false;

  get size(): number {
    return this.places.size;
  }

  has(place: FiringPlace): boolean {
    return this.places.has(keyOf(place));
  }

  add(place: FiringPlace): void {
    this.places.add(keyOf(place));
  }

  remove(place: FiringPlace): void {
    this.places.delete(keyOf(place));
  }

  clear(): void {
    this.places.clear();
  }
}

/**
 * Gives up the firings that `owner` has in the database and does not hold. Their schedules are locked first: a firing is held before it is in the
 * database, and a decision that is under way may be about to hold it.
 */
export function* disownUnheld(queries: Queries, owner: number, held: HeldFirings): Steps<void> {
  const isUnheld = (place: FiringPlace): boolean => !held.has(place);
  const found = (yield* ask(queries.ownOpen, { owner })).filter(isUnheld);
  if (found.length === 0) return;
  yield* ask(queries.lockSchedules, { input: JSON.stringify(found.map(({ schedule: name }) => ({ name }))) });
  yield* ask(queries.disownFirings, { input: JSON.stringify(found.filter(isUnheld)), owner });
}

function keyOf({ schedule, due }: FiringPlace): string {
  return `${due} ${schedule}`;
}
