/**
 * The way of a run, recorded cheaply: the dispatcher numbers states so that a straight stretch counts up by one, hence only the jumps
 * between stretches are kept. A run of any length keeps its newest jumps only.
 */

// Enough to see how a run came to fail; without a bound, a run that loops for ever would fill the memory.
const KEPT_JUMPS = 1_000;

/** See the file's first lines. */
export class Trail {
  /** Stretches, flat: first state, last state, first state, last state, …, and the first state of the stretch in progress. */
  private stretches: number[];
  private dropped = 0;

  constructor(start: number) {
    this.stretches = [start];
  }

  add(from: number, to: number): void {
    if (this.stretches.push(from, to) > 4 * KEPT_JUMPS) this.forget();
  }

  /** Every state that is still known, in order; the last one is `s`. */
  expand(s: number): number[] {
    const path: number[] = [];
    each([...this.stretches, s], (first, last) => {
      for (let at = first; at <= last; at++) path.push(at);
    });
    return path;
  }

  /** How many states were entered before `s`. */
  count(s: number): number {
    let states = this.dropped;
    each([...this.stretches, s], (first, last) => (states += last - first + 1));
    return states - 1;
  }

  private forget(): void {
    each(this.stretches.splice(0, 2 * KEPT_JUMPS), (first, last) => (this.dropped += last - first + 1));
  }
}

function each(stretches: readonly number[], visit: (first: number, last: number) => void): void {
  for (let i = 0; i + 1 < stretches.length; i += 2) visit(stretches[i] ?? 0, stretches[i + 1] ?? 0);
}
