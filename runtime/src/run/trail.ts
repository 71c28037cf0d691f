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

// A thousand jumps, of two numbers each: enough to see how a run came to fail. Without a bound, a run that loops for ever would fill the memory.
const KEPT_NUMBERS = 2_000;

/** Records the jump from state `from` to state `to`. */
export function addJump(trail: Trail, from: number, to: number): void {
  const { jumps } = trail;
  if (jumps.push(from, to) <= 2 * KEPT_NUMBERS) return;
  const dropped = jumps.splice(0, KEPT_NUMBERS);
  trail.start = dropped.at(-1) ?? 0;
  trail.forgotten += dropped.length;
}

/** Every state that is still known, in order; the last one is `s`. */
export function expandTrail({ start, jumps }: Trail, s: number): number[] {
  const path: number[] = [];
  const ends = [start, ...jumps, s];
  for (let i = 0; i < ends.length; i += 2) for (let at = ends[i] ?? 0; at <= (ends[i + 1] ?? 0); at++) path.push(at);
  return path;
}
