/** Ways to alter what a store in memory does with schedules. */

import {
  type Decided,
  type Decision,
  type Firing,
  type FiringRecord,
  MemoryCheckpoints,
  MemorySchedules,
  type ScheduleRecord,
  type ScheduleView,
} from "cano/checkpoints";
import type { BrokenStore } from "./broken-store.js";

/** How a store is asked to decide. */
export type Decide = (name: string, view: ScheduleView) => Decision;
type Changes = Awaited<ReturnType<MemorySchedules["changes"]>>;

/** A store whose schedules are kept by a `Broken`. */
export const open = (Broken: new (shared: MemorySchedules) => MemorySchedules): BrokenStore => {
  return (shared) => {
    const store = new MemoryCheckpoints(shared);
    Reflect.set(store, "schedules", new Broken(shared.schedules));
    return store;
  };
};

export const viewing = (alter: (view: ScheduleView, name: string) => ScheduleView): BrokenStore => {
  class Altered extends MemorySchedules {
    override decide(names: readonly string[], decide: Decide): Promise<readonly Decided[]> {
      return super.decide(names, (name, view) => decide(name, alter(view, name)));
    }
  }
  return open(Altered);
};

export const deciding = (alter: (decision: Decision, view: ScheduleView) => Decision): BrokenStore => {
  class Altered extends MemorySchedules {
    override decide(names: readonly string[], decide: Decide): Promise<readonly Decided[]> {
      return super.decide(names, (name, view) => alter(decide(name, view), view));
    }
  }
  return open(Altered);
};

export const recording = (alter: (record: ScheduleRecord) => ScheduleRecord): BrokenStore =>
  deciding(({ record, ...rest }) => ({ ...rest, ...(record && { record: alter(record) }) }));

export const answering = (alter: (decided: readonly Decided[]) => readonly Decided[]): BrokenStore => {
  class Altered extends MemorySchedules {
    override async decide(names: readonly string[], decide: Decide): Promise<readonly Decided[]> {
      return alter(await super.decide(names, decide));
    }
  }
  return open(Altered);
};

/** Every name is another one for the store. */
export const naming = (alter: (name: string) => string): BrokenStore => {
  class Altered extends MemorySchedules {
    override decide(names: readonly string[], decide: Decide): Promise<readonly Decided[]> {
      return super.decide(names.map(alter), (name, view) => decide(names.find((each) => alter(each) === name) ?? name, view));
    }
  }
  return open(Altered);
};

export const hearing = (alter: (changes: Changes, since: number | undefined) => Changes): BrokenStore => {
  class Altered extends MemorySchedules {
    override async changes(since?: number): Promise<Changes> {
      return alter(await super.changes(since), since);
    }
  }
  return open(Altered);
};

export const reading = (
  alter: (name: string, after: number, limit: number) => readonly [string, number, number],
): BrokenStore => {
  class Altered extends MemorySchedules {
    override firings(name: string, after: number, limit: number): Promise<readonly FiringRecord[]> {
      return super.firings(...alter(name, after, limit));
    }
  }
  return open(Altered);
};

export const remembering = (alter: (firings: readonly FiringRecord[]) => readonly FiringRecord[]): BrokenStore => {
  class Altered extends MemorySchedules {
    override async firings(name: string, after: number, limit: number): Promise<readonly FiringRecord[]> {
      return alter(await super.firings(name, after, limit));
    }
  }
  return open(Altered);
};

export const leaving = (alter: (all: readonly Firing[], limit: number) => readonly Firing[]): BrokenStore => {
  class Altered extends MemorySchedules {
    override async orphans(limit: number): Promise<readonly Firing[]> {
      return alter(await super.orphans(Number.POSITIVE_INFINITY), limit);
    }
  }
  return open(Altered);
};

export const pruning = (alter: (endedBefore: number, limit: number) => readonly [number, number], extra = 0): BrokenStore => {
  class Altered extends MemorySchedules {
    override async prune(endedBefore: number, limit: number): Promise<number> {
      return (await super.prune(...alter(endedBefore, limit))) + extra;
    }
  }
  return open(Altered);
};
