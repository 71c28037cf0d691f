/** The way of a run, read from what it records of it: see {@link Trail}. */

/**
 * What of a run says where it has been. The dispatcher numbers states so that a straight stretch counts up by one, hence only the jumps between
 * stretches are recorded, and of a run of any length the newest of them only.
 */
export interface Trail {
  /** The first state of the oldest stretch that is still known. */
  readonly start: number;
  /** Jumps, flat: from, to, from, to, …. */
  readonly jumps: readonly number[];
}

/**
 * How many numbers a run keeps of its jumps, and how many of the oldest it drops when it has more: a thousand jumps at the least, enough to see how
 * it came to fail. Without a bound, a run that loops for ever would fill the memory.
 */
export const MOST_NUMBERS = 4_000;
export const DROPPED_NUMBERS = 2_000;

/** Every state that is still known, in order; the last one is `s`. */
export function expandTrail({ start, jumps }: Trail, s: number): number[] {
  const path: number[] = [];
  let at = start;
  for (const [place, state] of [...jumps, s].entries()) {
    // A stretch ends where it jumps from, and the next begins where that leads.
    if (place % 2 === 1) at = state;
    else for (; at <= state; at++) path.push(at);
  }
  return path;
}
