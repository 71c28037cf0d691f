/** Keeps schedules in memory: as part of the store in memory, and for a scheduler without a store. */

import { storeFailed } from "./run-conflict.js";
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

interface Kept {
  record: ScheduleRecord | undefined;
  /** The newest change. */
  mark: number;
  readonly open: Map<number, Looked>;
  readonly ended: Map<number, FiringRecord>;
}

/** A firing that has not ended, as decisions see it, and who looks after it. */
interface Looked {
  firing: OpenFiring;
  by: MemorySchedules | undefined;
}

/** What several store objects share. */
class Shared {
  readonly schedules = new Map<string, Kept>();
  mark = 0;

  of(name: string): Kept {
    let kept = this.schedules.get(name);
    if (kept === undefined) this.schedules.set(name, (kept = { record: undefined, mark: 0, open: new Map(), ended: new Map() }));
    return kept;
  }
}

/** See the file's first line. */
export class MemorySchedules implements ScheduleStore {
  private readonly shared: Shared;
  private isClosed = false;

  /** With `keepsEnded: false`, firings that have ended are forgotten, and each due time is up to the scheduler. */
  constructor(
    other?: MemorySchedules,
    private readonly keepsEnded = true,
  ) {
    this.shared = other?.shared ?? new Shared();
  }

  async decide(names: readonly string[], decide: (name: string, view: ScheduleView) => Decision): Promise<readonly Decided[]> {
    this.requireOpen();
    // All decisions first: if one throws, nothing has been done.
    const decisions = names.map((name) => {
      const kept = this.shared.of(name);
      return { kept, decision: decide(name, { record: kept.record, open: openOf(kept) }) };
    });
    return decisions.map(({ kept, decision }) => this.keep(kept, decision));
  }

  async changes(since = -1): Promise<{ readonly records: readonly ScheduleRecord[]; readonly mark: number }> {
    this.requireOpen();
    const records: ScheduleRecord[] = [];
    for (const { record, mark } of this.shared.schedules.values()) if (record !== undefined && mark > since) records.push(record);
    return { records: records.sort((a, b) => (a.name < b.name ? -1 : 1)), mark: this.shared.mark };
  }

  async orphans(limit: number): Promise<readonly Firing[]> {
    this.requireOpen();
    const open = [...this.shared.schedules.values()].flatMap((kept) => [...kept.open.values()]);
    return open
      .filter(({ by }) => by === undefined)
      .slice(0, limit)
      .map(({ firing }) => plain(firing));
  }

  async firings(name: string, after: number, limit: number): Promise<readonly FiringRecord[]> {
    this.requireOpen();
    const { open, ended } = this.shared.of(name);
    const unended = Array.from(open.values(), ({ firing }) => recordOf(firing, undefined, undefined));
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

  /** Looks after nothing any more. */
  close(): void {
    this.isClosed = true;
    for (const { open } of this.shared.schedules.values()) {
      for (const looked of open.values()) if (looked.by === this) look(looked, undefined);
    }
  }

  private keep(kept: Kept, { record, end, begin, adopt }: Decision): Decided {
    const { open, ended } = kept;
    if (end !== undefined) {
      const firing = open.get(end.due)?.firing;
      open.delete(end.due);
      if (firing !== undefined && this.keepsEnded) ended.set(end.due, recordOf(firing, end.outcome, end.at));
    }
    const begun = begin !== undefined && !open.has(begin.due) && !ended.has(begin.due);
    if (begun) open.set(begin.due, { firing: { ...begin, isAlive: true }, by: this });
    const adopted = adopt === undefined ? undefined : open.get(adopt);
    if (adopted !== undefined) look(adopted, this);
    if (record !== undefined) {
      kept.record = record;
      kept.mark = ++this.shared.mark;
    }
    return { record: kept.record, begun };
  }

  private requireOpen(): void {
    if (this.isClosed) throw storeFailed("be used", new Error("it is closed"));
  }
}

const NONE: readonly OpenFiring[] = [];

function openOf({ open }: Kept): readonly OpenFiring[] {
  return open.size === 0 ? NONE : Array.from(open.values(), ({ firing }) => firing);
}

function look(looked: Looked, by: MemorySchedules | undefined): void {
  looked.by = by;
  looked.firing = { ...looked.firing, isAlive: by !== undefined };
}

function plain({ schedule, due, cause, runId, at }: Firing): Firing {
  return { schedule, due, cause, runId, at };
}

function recordOf(firing: Firing, outcome: FiringRecord["outcome"], endedAt: number | undefined): FiringRecord {
  return { ...plain(firing), outcome, endedAt };
}
