/** Stores in memory that write as the contract forbids, each in one way, to see that the suite notices. */

import {
  type CheckpointRow,
  type Claim,
  type Driver,
  hasEnded,
  MemoryCheckpoints,
  type RunChange,
  type RunStart,
  runConflict,
} from "cano/checkpoints";
import { isCanoError } from "cano";
import { type BrokenStore, less, logsOf, pause } from "./broken-store.js";

class Doubles extends MemoryCheckpoints {
  override async begin(run: RunStart, row: CheckpointRow, driver: Driver): Promise<Claim | undefined> {
    const begun = await super.begin(run, row, driver);
    const log = logsOf(this).find(run);
    if (begun !== undefined || log === undefined) return begun;
    const record = await this.find(run);
    return record && { ...run, key: record.key, fence: log.fence };
  }
}

const tracing = (alter: (trace: string) => string | undefined): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override begin({ trace, ...run }: RunStart, row: CheckpointRow, driver: Driver): Promise<Claim | undefined> {
      return super.begin({ ...run, trace: trace === undefined ? undefined : alter(trace) }, row, driver);
    }
  }
  return (shared) => new Altered(shared);
};

class Late extends MemoryCheckpoints {
  override async append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void> {
    void pause()
      .then(() => super.append(claim, row, change))
      .catch(() => undefined);
  }
}

class Shuffles extends MemoryCheckpoints {
  private turn = 0;

  override async append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void> {
    if (this.turn++ % 3 === 0) await pause();
    const log = logsOf(this).find(claim);
    // Whatever comes first is put in the next place.
    await super.append(claim, { ...row, sequence: Math.min(row.sequence, log?.rows.length ?? 0) }, change);
  }
}

class Stubborn extends MemoryCheckpoints {
  override async append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void> {
    const there = logsOf(this).find(claim)?.rows[row.sequence];
    if (there !== undefined) throw runConflict(claim, "has this row");
    await super.append(claim, row, change);
  }
}

class Overwrites extends MemoryCheckpoints {
  override async append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void> {
    const log = logsOf(this).find(claim);
    if (log !== undefined && row.sequence < log.rows.length) log.rows[row.sequence] = row;
    await super.append(claim, row, change);
  }
}

class Deaf extends MemoryCheckpoints {
  override async append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void> {
    await super.append(claim, row, change).catch((error: unknown) => {
      if (!isCanoError(error, "run_conflict")) throw error;
    });
  }
}

class Unfenced extends MemoryCheckpoints {
  override async append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void> {
    const log = logsOf(this).find(claim);
    const isNext = row.sequence === log?.rows.length;
    await super.append(isNext ? { ...claim, fence: log?.fence ?? 0 } : claim, row, change);
  }
}

class HalfDone extends MemoryCheckpoints {
  override async append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void> {
    const log = logsOf(this).find(claim);
    if (log !== undefined && change?.status !== undefined) log.status = change.status;
    await super.append(claim, row, change);
  }
}

class OneForAll extends MemoryCheckpoints {
  private group: Promise<void>[] = [];

  override async append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void> {
    const { group } = this;
    const own = super.append(claim, row, change);
    group.push(own);
    own.catch(() => undefined);
    await pause();
    this.group = [];
    await Promise.all(group);
  }
}

const changing = (alter: (change: RunChange) => RunChange): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override append(claim: Claim, row: CheckpointRow, change: RunChange = {}): Promise<void> {
      return super.append(claim, row, alter(change));
    }
  }
  return (shared) => new Altered(shared);
};

class StillDriven extends MemoryCheckpoints {
  override async append(claim: Claim, row: CheckpointRow, change: RunChange = {}): Promise<void> {
    const log = logsOf(this).find(claim);
    const before = log?.drivenBy;
    await super.append(claim, row, change);
    if (log !== undefined && change.status !== undefined && hasEnded(change.status)) log.drivenBy = before;
  }
}

class ForgetsAnything extends MemoryCheckpoints {
  override async append(claim: Claim, row: CheckpointRow, change: RunChange = {}): Promise<void> {
    if (change.forget === true) logsOf(this).remove(claim);
    else await super.append(claim, row, change);
  }
}

const rows = (alter: (row: CheckpointRow) => CheckpointRow): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override begin(run: RunStart, row: CheckpointRow, driver: Driver): Promise<Claim | undefined> {
      return super.begin(run, alter(row), driver);
    }
    override append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void> {
      return super.append(claim, alter(row), change);
    }
  }
  return (shared) => new Altered(shared);
};

/** See the file's first line. */
export const brokenWriters: Readonly<Record<string, BrokenStore>> = {
  "begins a run that is there": (shared) => new Doubles(shared),
  "loses the trace": tracing(() => undefined),
  "takes an empty trace for none": tracing((trace) => trace || undefined),
  "cuts traces off": tracing((trace) => trace.slice(0, 255)),
  "writes after it has said so": (shared) => new Late(shared),
  "puts rows where there is room": (shared) => new Shuffles(shared),
  "refuses its own row": (shared) => new Stubborn(shared),
  "writes over rows": (shared) => new Overwrites(shared),
  "says nothing of conflicts": (shared) => new Deaf(shared),
  "lets anybody add the next row": (shared) => new Unfenced(shared),
  "changes a run whose row it refuses": (shared) => new HalfDone(shared),
  "refuses all for one": (shared) => new OneForAll(shared),
  "ignores statuses": changing((change) => less(change, "status")),
  "ignores versions": changing((change) => less(change, "version")),
  "ignores that a run is to be forgotten": changing((change) => less(change, "forget")),
  "drives what has ended": (shared) => new StillDriven(shared),
  "forgets for anybody": (shared) => new ForgetsAnything(shared),
  "loses what is to be undone": rows((row) => ({ ...row, undo: undefined })),
  "takes an empty payload for none": rows((row) => ({ ...row, payload: row.payload === "" ? undefined : row.payload })),
  "reads payloads and writes them anew": rows((row) => ({
    ...row,
    payload: row.payload?.replaceAll(/\\u(d[89a-f]..|0000)/g, ""),
  })),
  "cuts payloads off": rows((row) => ({ ...row, payload: row.payload?.slice(0, 1_000_000) })),
  "rounds due times": rows((row) => ({ ...row, due: row.due && Math.round(row.due) })),
  "has small counts": rows((row) => ({ ...row, count: row.count % 2 ** 31 })),
  "takes every row for an entry": rows((row) => ({ ...row, kind: "entry" })),
};
