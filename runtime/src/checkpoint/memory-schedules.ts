/** Keeps schedules in memory: as part of the store in memory, and for a scheduler without a store. */

import type {
  Decided,
  Decision,
  Firing,
  FiringRecord,
  OpenFiring,
  ScheduleRecord,
  ScheduleStore,
  ScheduleView,
} from "./schedule-store.js";
import { storeClosed } from "./store-errors.js";

interface Kept {
  record: ScheduleRecord | undefined;
  /** The newest change. */
  mark: number;
  looked: readonly Looked[];
  /** The firings of `looked`. Views have this very list, so it is never changed, but replaced. */
  open: readonly OpenFiring[];
  readonly ended: Map<number, FiringRecord>;
}

/** A firing that has not ended, and who looks after it. */
interface Looked {
  readonly firing: OpenFiring;
  readonly by: MemorySchedules | undefined;
}

/** What several store objects share. */
class Shared {
  readonly schedules = new Map<string, Kept>();
  mark = 0;

  of(name: string): Kept {
    let kept = this.schedules.get(name);
    if (kept === undefined)
      this.schedules.set(name, (kept = { record: undefined, mark: 0, looked: [], open: [], ended: new Map() }));
    return kept;
  }
}

/** Keeps schedules in memory: as part of the store in memory, and for a scheduler without a store. */
export class MemorySchedules implements ScheduleStore {
  /** @internal */
  protected readonly shared: Shared;
  private isClosed = false;

  constructor(other?: MemorySchedules) {
    this.shared = other?.shared ?? new Shared();
  }

  async decide(names: readonly string[], decide: (name: string, view: ScheduleView) => Decision): Promise<readonly Decided[]> {
    this.requireOpen();
    // All decisions first: if one throws, nothing has been done.
    const made = names.map((name) => {
      const kept = this.shared.of(name);
      return { kept, decision: decide(name, { record: kept.record, open: kept.open }) };
    });
    return made.map(({ kept, decision }) => this.keep(kept, decision));
  }

  async changes(since = -1): Promise<{ readonly records: readonly ScheduleRecord[]; readonly mark: number }> {
    this.requireOpen();
    const records: ScheduleRecord[] = [];
    for (const { record, mark } of this.shared.schedules.values()) if (record !== undefined && mark > since) records.push(record);
    return { records: records.sort((a, b) => (a.name < b.name ? -1 : 1)), mark: this.shared.mark };
  }

  async orphans(limit: number): Promise<readonly Firing[]> {
    this.requireOpen();
    const open = [...this.shared.schedules.values()].flatMap((kept) => kept.open);
    return open
      .filter(({ isAlive }) => !isAlive)
      .slice(0, limit)
      .map(plain);
  }

  async firings(name: string, after: number, limit: number): Promise<readonly FiringRecord[]> {
    this.requireOpen();
    const { open, ended } = this.shared.of(name);
    const unended = open.map((firing) => recordOf(firing, undefined, undefined));
    return [...unended, ...ended.values()]
      .filter(({ due }) => due > after)
      .sort((a, b) => a.due - b.due)
      .slice(0, limit);
  }

  async prune(endedBefore: number, limit: number): Promise<number> {
    this.requireOpen();
    let removed = 0;
    for (const { ended } of this.shared.schedules.values()) {
      for (const [due, { endedAt = endedBefore }] of ended) {
        if (removed === limit) return removed;
        if (endedAt < endedBefore && ended.delete(due)) removed++;
      }
    }
    return removed;
  }

  /** @internal The ids of the runs whose firings have not ended. */
  openRuns(): ReadonlySet<string> {
    const runs = new Set<string>();
    for (const { open } of this.shared.schedules.values()) for (const { runId } of open) runs.add(runId);
    return runs;
  }

  /** Looks after nothing any more. */
  close(): void {
    this.isClosed = true;
    for (const kept of this.shared.schedules.values())
      setOpen(
        kept,
        kept.looked.map((looked) => (looked.by === this ? lookedAfter(looked.firing, undefined) : looked)),
      );
  }

  /** @internal Keeps a decision. */
  protected keep(kept: Kept, { record, end, begin, adopt }: Decision): Decided {
    if (end !== undefined) {
      const firing = kept.open.find(({ due }) => due === end.due);
      setOpen(
        kept,
        kept.looked.filter((looked) => looked.firing !== firing),
      );
      if (firing !== undefined) this.keepEnded(kept, firing, end);
    }
    const begun = begin !== undefined && !kept.ended.has(begin.due) && kept.open.every(({ due }) => due !== begin.due);
    if (begun) setOpen(kept, [...kept.looked, lookedAfter(begin, this)]);
    if (adopt !== undefined)
      setOpen(
        kept,
        kept.looked.map((looked) => (looked.firing.due === adopt ? lookedAfter(looked.firing, this) : looked)),
      );
    if (record !== undefined) {
      kept.record = record;
      kept.mark = ++this.shared.mark;
    }
    return { record: kept.record, begun };
  }

  /** @internal Keeps what a firing came to that has ended. */
  protected keepEnded({ ended }: Kept, firing: Firing, { outcome, at }: NonNullable<Decision["end"]>): void {
    ended.set(firing.due, recordOf(firing, outcome, at));
  }

  private requireOpen(): void {
    if (this.isClosed) throw storeClosed();
  }
}

function setOpen(kept: Kept, looked: readonly Looked[]): void {
  kept.looked = looked;
  kept.open = looked.map(({ firing }) => firing);
}

// Written out: spreading takes several times as long.
function lookedAfter({ schedule, due, cause, runId, at }: Firing, by: MemorySchedules | undefined): Looked {
  return { firing: { schedule, due, cause, runId, at, isAlive: by !== undefined }, by };
}

function plain({ schedule, due, cause, runId, at }: Firing): Firing {
  return { schedule, due, cause, runId, at };
}

function recordOf(
  { schedule, due, cause, runId, at }: Firing,
  outcome: FiringRecord["outcome"],
  endedAt: number | undefined,
): FiringRecord {
  return { schedule, due, cause, runId, at, outcome, endedAt };
}
