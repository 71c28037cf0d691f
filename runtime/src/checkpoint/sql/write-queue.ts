/** Group commit: writes that wait at the same moment share one transaction. Knows nothing of SQL. */

import { nameOf } from "./turns.js";
import type { Outcome, Write } from "./writing.js";

/** So many writes, or about so many characters, make one flush. */
const MOST_WRITES = 1_000;
const MOST_TEXT = 8_000_000;

interface Waiting {
  readonly write: Write;
  /** Which run it writes to. */
  readonly place: number | string;
  readonly resolve: (outcome: Exclude<Outcome, Error>) => void;
  readonly reject: (error: unknown) => void;
}

/** See the file's first line. */
export class WriteQueue {
  private waiting: Waiting[] = [];
  private isCalled = false;
  private flights = 0;
  /** The runs that flushes under way are writing to: one run's rows are written one after the other. */
  private readonly underWay = new Set<number | string>();
  private idle: (() => void)[] = [];

  constructor(
    private readonly flush: (writes: readonly Write[]) => Promise<readonly Outcome[]>,
    /** How many flushes may be under way at once. */
    private readonly mostFlights: number,
  ) {}

  /** Resolves to what came of the write when it is durable. */
  add(write: Write): Promise<Exclude<Outcome, Error>> {
    return new Promise((resolve, reject) => {
      const place = write.kind === "append" ? write.claim.key : nameOf(write.run);
      this.waiting.push({ write, place, resolve, reject });
      this.call();
    });
  }

  /** Resolves when nothing waits and nothing is under way. */
  async drained(): Promise<void> {
    if (this.waiting.length > 0 || this.flights > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** Everything that is ready by now takes part: a flush leaves when those who run have had their turn. */
  private call(): void {
    if (this.isCalled || this.flights >= this.mostFlights) return;
    this.isCalled = true;
    setImmediate(() => {
      this.isCalled = false;
      void this.depart();
    });
  }

  private async depart(): Promise<void> {
    const group = this.take();
    if (group.length === 0) return;
    this.flights++;
    if (this.waiting.length > 0) this.call();
    await this.settle(group);
    for (const { place } of group) this.underWay.delete(place);
    this.flights--;
    if (this.waiting.length > 0) this.call();
    else if (this.flights === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  /** Those that may leave now, the rest stays in its order. */
  private take(): readonly Waiting[] {
    const group: Waiting[] = [];
    const held: Waiting[] = [];
    let text = 0;
    let seen = 0;
    for (const waiting of this.waiting) {
      if (group.length === MOST_WRITES || text >= MOST_TEXT) break;
      seen++;
      const { place, write } = waiting;
      if (this.underWay.has(place)) {
        held.push(waiting);
        continue;
      }
      this.underWay.add(place);
      text += (write.row.payload?.length ?? 0) + (write.row.undo?.length ?? 0);
      group.push(waiting);
    }
    this.waiting = held.concat(this.waiting.slice(seen));
    return group;
  }

  private async settle(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.flush(group.map(({ write }) => write));
      group.forEach(({ resolve, reject }, at) => {
        const outcome = outcomes[at];
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
