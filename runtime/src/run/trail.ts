/**
 * The way of a run, recorded cheaply: the dispatcher numbers states so that a straight stretch counts up by one, hence only the jumps
 * between stretches are kept. A run of any length keeps its newest jumps only.
 */

/** What of a run says where it has been. */
export interface Trail {
  /** The first state of the oldest stretch that is still known. */
  start: number;
  /** Jumps, flat: from, to, from, to, …. */
  jumps: number[];
  /** How many numbers were dropped from `jumps`. */
  forgotten: number;
}

// A thousand jumps at the least, of two numbers each: enough to see how a run came to fail. Without a bound, a run that loops for ever would fill the memory.
const MOST_NUMBERS = 4_000;
const DROPPED_NUMBERS = 2_000;

/** Records the jump from state `from` to state `to`. Returns `to`. */
export function addJump(trail: Trail, from: number, to: number): number {
  if (trail.jumps.push(from, to) > MOST_NUMBERS) {
    trail.start = trail.jumps.splice(0, DROPPED_NUMBERS).at(-1) ?? 0;
    trail.forgotten += DROPPED_NUMBERS;
  }
  return to;
}

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
