/** Stores in memory that keep schedules as the contract forbids, each in one way, to see that the suite notices. */

import { isDeepStrictEqual } from "node:util";
import { type Decided, type Decision, MemorySchedules, type ScheduleView } from "cano/checkpoints";
import { recordFor } from "../../runtime/src/testing/store-cases/schedule-scene.js";
import {
  type Decide,
  answering,
  deciding,
  hearing,
  leaving,
  naming,
  open,
  pruning,
  reading,
  recording,
  remembering,
  viewing,
} from "./altered-schedules.js";
import { type BrokenStore, less, pause } from "./broken-store.js";

class OneByOne extends MemorySchedules {
  override async decide(names: readonly string[], decide: Decide): Promise<readonly Decided[]> {
    const decided: Decided[] = [];
    for (const name of names) decided.push(...(await super.decide([name], decide)));
    return decided;
  }
}

class Wraps extends MemorySchedules {
  override async decide(names: readonly string[], decide: Decide): Promise<readonly Decided[]> {
    return await super.decide(names, decide).catch((cause: unknown) => {
      throw new Error("nothing was decided", { cause });
    });
  }
}

class LooksFirst extends MemorySchedules {
  override async decide(names: readonly string[], decide: Decide): Promise<readonly Decided[]> {
    const decisions = new Map<string, Decision>();
    const look: Decide = (name, view) => {
      decisions.set(name, decide(name, view));
      return {};
    };
    await super.decide(names, look);
    await pause();
    return await super.decide(names, (name) => decisions.get(name) ?? {});
  }
}

class LocksWhatIsThere extends MemorySchedules {
  override async decide(names: readonly string[], decide: Decide): Promise<readonly Decided[]> {
    const isNew = new Map<string, boolean>();
    await super.decide(names, (name, { record }) => {
      isNew.set(name, record === undefined);
      return {};
    });
    await pause();
    const without = (view: ScheduleView): ScheduleView => ({ ...view, record: undefined });
    return await super.decide(names, (name, view) => decide(name, isNew.get(name) === true ? without(view) : view));
  }
}

class FewAtOnce extends MemorySchedules {
  override decide(names: readonly string[], decide: Decide): Promise<readonly Decided[]> {
    return super.decide(names.slice(0, 500), decide);
  }
}

class Forgets extends MemorySchedules {
  protected override keepEnded(): void {}
}

class NeverCloses extends MemorySchedules {
  override close(): void {
    super.close();
    Reflect.set(this, "isClosed", false);
  }
}

class KeepsWhenClosed extends MemorySchedules {
  override close(): void {
    Reflect.set(this, "isClosed", true);
  }
}

/** See the file's first line. */
export const brokenSchedules: Readonly<Record<string, BrokenStore>> = {
  "knows schedules that were never defined": viewing(({ record, open: firings }, name) => {
    return { record: record ?? recordFor(name), open: firings };
  }),
  "loses when a schedule is due": recording((record) => ({ ...record, next: undefined })),
  "loses what waits": recording((record) => ({ ...record, waiting: undefined })),
  "loses when a schedule may be due again": recording((record) => ({ ...record, eligible: undefined })),
  "rounds when a schedule may be due again": recording((record) => ({
    ...record,
    eligible: record.eligible && Math.round(record.eligible),
  })),
  "pauses nothing": recording((record) => ({ ...record, paused: false })),
  "trips nothing": recording((record) => ({ ...record, tripped: false })),
  "loses how a schedule was defined": recording((record) => ({ ...record, definition: "{}" })),
  "loses what the last run came to": recording((record) => ({ ...record, last: undefined })),
  "loses errors": recording((record) => ({ ...record, last: record.last && less(record.last, "error") })),
  "takes an empty error for none": recording((record) => ({
    ...record,
    last: record.last?.error === "" ? less(record.last, "error") : record.last,
  })),
  "cuts errors off": recording((record) => ({
    ...record,
    last: record.last?.error === undefined ? record.last : { ...record.last, error: record.last.error.slice(0, 65_535) },
  })),
  "leaves members out": recording((record) => less(record, "waiting")),
  "knows no capitals in names": naming((name) => name.toLowerCase()),
  "knows no spaces in names": naming((name) => name.trim()),
  "answers in an order of its own": answering((decided) => decided.toReversed()),
  "tells no records": answering((decided) => decided.map(({ begun }) => ({ record: undefined, begun }))),
  "decides one by one": open(OneByOne),
  "rejects with an error of its own": open(Wraps),
  "decides on what was there": open(LooksFirst),
  "lets two define a schedule": open(LocksWhatIsThere),
  "decides about few schedules at once": open(FewAtOnce),
  "forgets what has ended": open(Forgets),
  "says that everything fires": answering((decided) => decided.map((each) => ({ ...each, begun: true }))),
  "fires nothing": deciding((decision) => less(decision, "begin")),
  "ends nothing": deciding((decision) => less(decision, "end")),
  "takes every end for a success": deciding(({ end, ...rest }) => ({
    ...rest,
    ...(end && { end: { ...end, outcome: "completed" } }),
  })),
  "adopts nothing": deciding((decision) => less(decision, "adopt")),
  "knows nobody who looks after a firing": viewing(({ record, open: firings }) => ({
    record,
    open: firings.map((firing) => ({ ...firing, isAlive: false })),
  })),
  "believes that somebody looks after everything": viewing(({ record, open: firings }) => ({
    record,
    open: firings.map((firing) => ({ ...firing, isAlive: true })),
  })),
  "tells of no changes after a mark": hearing((changes, since) => (since === undefined ? changes : { ...changes, records: [] })),
  "tells nothing of a record that is kept as it is": deciding(({ record, ...rest }, view) => ({
    ...rest,
    ...(!isDeepStrictEqual(record, view.record) && record && { record }),
  })),
  "gives marks too late": hearing((changes) => ({ ...changes, mark: changes.mark + 1 })),
  "tells of changes in an order of its own": hearing(({ records, mark }) => ({ records: records.toReversed(), mark })),
  "tells of changes in the order of bytes": hearing(({ records, mark }) => ({
    records: records.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))),
    mark,
  })),
  "reads firings from the beginning": reading((name, _, limit) => [name, Number.NEGATIVE_INFINITY, limit]),
  "reads firings without a limit": reading((name, after) => [name, after, 1_000]),
  "reads the firing at a due time too": reading((name, after, limit) => [name, after - 0.5, limit]),
  "reads firings backwards": remembering((firings) => firings.toReversed()),
  "reads no outcomes": remembering((firings) => firings.map((firing) => ({ ...firing, outcome: undefined }))),
  "reads what has ended only": remembering((firings) => firings.filter(({ outcome }) => outcome !== undefined)),
  "leaves nothing behind": leaving(() => []),
  "leaves everything behind": leaving((all) => all),
  "removes firings without a limit": pruning((endedBefore) => [endedBefore, 1_000]),
  "removes firings that ended later": pruning((endedBefore, limit) => [endedBefore + 1, limit]),
  "removes nothing": pruning((endedBefore) => [endedBefore, 0]),
  "miscounts what it removes": pruning((endedBefore, limit) => [endedBefore, limit], 1),
  "decides when closed": open(NeverCloses),
  "keeps its firings when closed": open(KeepsWhenClosed),
};
