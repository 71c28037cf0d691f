/** Stores in memory that claim and release runs as the contract forbids, each in one way, to see that the suite notices. */

import { type Claim, type Claiming, type Driver, MemoryCheckpoints, type RunName, type RunStatus } from "cano/checkpoints";
import { type BrokenStore, type Log, logsOf, pause } from "./broken-store.js";

type Rest = readonly [at: number, driver: Driver, as?: "compensating"];

/** A claim that is made as the contract says, with something wrong before or after it. */
const claiming = (before: (log: Log) => void, after: (log: Log, made: Claiming) => Claiming = (_, made) => made): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override async claim(run: RunName, statuses: readonly RunStatus[], ...rest: Rest): Promise<Claiming> {
      const log = logsOf(this).find(run);
      if (log !== undefined && statuses.includes(log.status)) before(log);
      const made = await super.claim(run, statuses, ...rest);
      return log !== undefined && made.kind === "claimed" ? after(log, made) : made;
    }
  }
  return (shared) => new Altered(shared);
};

class ClaimsAnyStatus extends MemoryCheckpoints {
  override claim(run: RunName, _: readonly RunStatus[], ...rest: Rest): Promise<Claiming> {
    const log = logsOf(this).find(run);
    return super.claim(run, log === undefined ? [] : [log.status], ...rest);
  }
}

class Races extends MemoryCheckpoints {
  override async claim(run: RunName, statuses: readonly RunStatus[], ...rest: Rest): Promise<Claiming> {
    const log = logsOf(this).find(run);
    const isFree = log?.drivenBy === undefined && log !== undefined && statuses.includes(log.status);
    await pause();
    if (isFree) log.drivenBy = undefined;
    return await super.claim(run, isFree ? [log.status] : statuses, ...rest);
  }
}

class KeepsForEver extends MemoryCheckpoints {
  override async release(): Promise<void> {
    await pause();
  }
}

class ReleasesAnything extends MemoryCheckpoints {
  override async release(claim: Claim): Promise<void> {
    const log = logsOf(this).find(claim);
    if (log !== undefined) log.drivenBy = undefined;
  }
}

class TellsNobody extends MemoryCheckpoints {
  override close(): Promise<void> {
    for (const log of logsOf(this).all()) if (log.drivenBy?.store === this) log.drivenBy = undefined;
    return super.close();
  }
}

/** See the file's first line. */
export const brokenClaims: Readonly<Record<string, BrokenStore>> = {
  "claims in any status": (shared) => new ClaimsAnyStatus(shared),
  "claims what is driven": claiming((log) => (log.drivenBy = undefined)),
  "adds no row with a claim": claiming(
    () => undefined,
    (log, made) => (log.rows.pop(), log.fences.pop(), made),
  ),
  "keeps the fence": claiming(
    (log) => log.fence--,
    (_, made) => made,
  ),
  "keeps the status": (shared) => {
    class Altered extends MemoryCheckpoints {
      override async claim(run: RunName, statuses: readonly RunStatus[], ...rest: Rest): Promise<Claiming> {
        const log = logsOf(this).find(run);
        const before = log?.status;
        const made = await super.claim(run, statuses, ...rest);
        if (log !== undefined && before !== undefined && made.kind === "claimed") log.status = before;
        return made;
      }
    }
    return new Altered(shared);
  },
  "does not mind what it is claimed as": (shared) => {
    class Altered extends MemoryCheckpoints {
      override async claim(run: RunName, statuses: readonly RunStatus[], at: number, driver: Driver): Promise<Claiming> {
        return await super.claim(run, statuses, at, driver);
      }
    }
    return new Altered(shared);
  },
  "keeps a request to cancel": (shared) => {
    class Altered extends MemoryCheckpoints {
      override async claim(run: RunName, statuses: readonly RunStatus[], ...rest: Rest): Promise<Claiming> {
        const before = logsOf(this).find(run)?.cancelling ?? false;
        const made = await super.claim(run, statuses, ...rest);
        const log = logsOf(this).find(run);
        if (log !== undefined && made.kind === "claimed") log.cancelling = before;
        return made;
      }
    }
    return new Altered(shared);
  },
  "takes up a run that was to be cancelled as any other": claiming((log) => (log.cancelling = false)),
  "keeps the request of a run that has ended": claiming((log) => {
    if (log.cancelling && log.status !== "running") log.status = "running";
  }),
  "gives the run as it is after the claim": claiming(
    () => undefined,
    (_, made) => (made.kind === "claimed" ? { ...made, run: { ...made.run, status: "running", resumes: 1 } } : made),
  ),
  "gives one run to several": (shared) => new Races(shared),
  "keeps what is released": (shared) => new KeepsForEver(shared),
  "is closed without a word": (shared) => new TellsNobody(shared),
  "releases for anybody": (shared) => new ReleasesAnything(shared),
};
