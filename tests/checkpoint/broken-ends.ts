/** Stores in memory that end runs, or end themselves, as the contract forbids, each in one way, to see that the suite notices. */

import { type CheckpointStore, MemoryCheckpoints, type RunName, type RunQuery } from "cano/checkpoints";
import { type BrokenStore, less, logsOf } from "./broken-store.js";

const pruning = (alter: (query: RunQuery) => RunQuery): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override prune(query: RunQuery): Promise<number> {
      return super.prune(alter(query));
    }
  }
  return (shared) => new Altered(shared);
};

class TellsTwice extends MemoryCheckpoints {
  override async requestCancel(run: RunName): Promise<boolean> {
    const log = logsOf(this).find(run);
    if (log !== undefined) log.cancelling = false;
    return await super.requestCancel(run);
  }
}

class TellsItsOwn extends MemoryCheckpoints {
  override async requestCancel(run: RunName): Promise<boolean> {
    const log = logsOf(this).find(run);
    if (log?.drivenBy === undefined || log.drivenBy.store === this) return await super.requestCancel(run);
    log.cancelling = true;
    return true;
  }
}

class AlwaysAsks extends MemoryCheckpoints {
  override async requestCancel(run: RunName): Promise<boolean> {
    await super.requestCancel(run);
    return true;
  }
}

class AsksNobody extends MemoryCheckpoints {
  override async requestCancel(run: RunName): Promise<boolean> {
    await super.requestCancel(run);
    return false;
  }
}

class PrunesAnything extends MemoryCheckpoints {
  override async prune(query: RunQuery): Promise<number> {
    const runs = await this.list(query);
    for (const run of runs) logsOf(this).remove(run);
    return runs.length;
  }
}

class PrunesFired extends MemoryCheckpoints {
  override async prune(query: RunQuery): Promise<number> {
    const { limit, ...all } = query;
    const ended = (await this.list({ ...all, limit: 1_000_000 })).filter(({ endedAt }) => endedAt !== undefined).slice(0, limit);
    for (const run of ended) logsOf(this).remove(run);
    return ended.length;
  }
}

class CountsWrong extends MemoryCheckpoints {
  override async prune(query: RunQuery): Promise<number> {
    return (await super.prune(query)) + 1;
  }
}

class NeverCloses extends MemoryCheckpoints {
  override async close(): Promise<void> {
    for (const run of await this.list({ limit: 1_000_000 })) {
      const log = logsOf(this).find(run);
      if (log?.drivenBy?.store === this) log.drivenBy = undefined;
    }
  }
}

class KeepsWhenClosed extends MemoryCheckpoints {
  override async close(): Promise<void> {
    Reflect.set(this, "isClosed", true);
  }
}

class ClosesOnce extends MemoryCheckpoints {
  private times = 0;

  override async close(): Promise<void> {
    if (this.times++ === 1) throw new Error("it is closed");
    await super.close();
  }
}

class GivesUpForAll extends MemoryCheckpoints {
  override async close(): Promise<void> {
    for (const run of await this.list({ limit: 1_000_000 }).catch(() => [])) {
      const log = logsOf(this).find(run);
      if (log !== undefined) log.drivenBy = undefined;
    }
    await super.close();
  }
}

const open = (broken: new (shared: MemoryCheckpoints) => CheckpointStore & MemoryCheckpoints): BrokenStore => {
  return (shared) => new broken(shared);
};

/** See the file's first line. */
export const brokenEnds: Readonly<Record<string, BrokenStore>> = {
  "tells twice": open(TellsTwice),
  "tells its own drivers only": open(TellsItsOwn),
  "asks where nobody drives": open(AlwaysAsks),
  "says that nobody was asked": open(AsksNobody),
  "prunes what has not ended": open(PrunesAnything),
  "prunes the runs of open firings": open(PrunesFired),
  "counts wrong": open(CountsWrong),
  "prunes without a limit": pruning((query) => ({ ...query, limit: 1_000 })),
  "prunes the newest too": pruning((query) => less(query, "endedBefore")),
  "works when closed": open(NeverCloses),
  "keeps its runs when closed": open(KeepsWhenClosed),
  "closes once": open(ClosesOnce),
  "gives up the runs of others": open(GivesUpForAll),
};
