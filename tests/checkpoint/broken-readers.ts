/** Stores in memory that tell what is not so, each in one way, to see that the suite notices. */

import {
  type CheckpointRow,
  type CheckpointStore,
  type Claim,
  type Driver,
  MemoryCheckpoints,
  type RunName,
  type RunQuery,
  type RunRecord,
  type RunStart,
  type StoredRun,
} from "cano/checkpoints";
import { type BrokenStore, less } from "./broken-store.js";

const loading = (alter: (rows: readonly CheckpointRow[]) => readonly CheckpointRow[]): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override async load(run: RunName): Promise<StoredRun | undefined> {
      const loaded = await super.load(run);
      return loaded && { ...loaded, rows: alter(loaded.rows) };
    }
  }
  return (shared) => new Altered(shared);
};

const without = (unwanted: (row: CheckpointRow, rows: readonly CheckpointRow[]) => boolean): BrokenStore =>
  loading((rows) => rows.filter((row) => !unwanted(row, rows)));

const newest = (rows: readonly CheckpointRow[], kind: CheckpointRow["kind"]): CheckpointRow | undefined =>
  rows.findLast((row) => row.kind === kind);

const querying = (alter: (query: RunQuery) => RunQuery): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override list(query: RunQuery): Promise<readonly RunRecord[]> {
      return super.list(alter(query));
    }
    override prune(query: RunQuery): Promise<number> {
      return super.prune(alter(query));
    }
  }
  return (shared) => new Altered(shared);
};

const listing = (alter: (records: readonly RunRecord[]) => readonly RunRecord[]): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override async list(query: RunQuery): Promise<readonly RunRecord[]> {
      return alter(await super.list(query));
    }
  }
  return (shared) => new Altered(shared);
};

const finding = (alter: (record: RunRecord) => RunRecord): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override async find(run: RunName): Promise<RunRecord | undefined> {
      const record = await super.find(run);
      return record && alter(record);
    }
  }
  return (shared) => new Altered(shared);
};

const reading = (alter: (after: number, limit: number) => readonly [number, number]): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override history(run: RunName, after: number, limit: number): Promise<readonly CheckpointRow[]> {
      return super.history(run, ...alter(after, limit));
    }
  }
  return (shared) => new Altered(shared);
};

/** Every name is another one for the store. */
const naming = (alter: (run: RunName) => RunName): BrokenStore => {
  class Altered extends MemoryCheckpoints {
    override begin(run: RunStart, row: CheckpointRow, driver: Driver): Promise<Claim | undefined> {
      return super.begin({ ...run, ...alter(run) }, row, driver);
    }
    override find(run: RunName): Promise<RunRecord | undefined> {
      return super.find(alter(run));
    }
    override history(run: RunName, after: number, limit: number): Promise<readonly CheckpointRow[]> {
      return super.history(alter(run), after, limit);
    }
  }
  return (shared) => new Altered(shared);
};

class LoadsAnything extends MemoryCheckpoints {
  override async load(run: RunName): Promise<StoredRun | undefined> {
    const [any] = await super.list({ limit: 1 });
    const nothing = { key: 0, version: 1, status: "running", state: "", due: undefined, startedAt: 0, updatedAt: 0 } as const;
    const record = any ?? {
      ...run,
      ...nothing,
      endedAt: undefined,
      owner: undefined,
      resumes: 0,
      cancelling: false,
      trace: undefined,
    };
    return (await super.load(run)) ?? { run: record, rows: [] };
  }
}

const open = (broken: new (shared: MemoryCheckpoints) => CheckpointStore & MemoryCheckpoints): BrokenStore => {
  return (shared) => new broken(shared);
};

/** See the file's first line. */
export const brokenReaders: Readonly<Record<string, BrokenStore>> = {
  "loads what is not there": open(LoadsAnything),
  "loads no newest entry": without((row, rows) => row === newest(rows, "entry")),
  "loads no newest cursor": without((row, rows) => row === newest(rows, "cursor")),
  "loads nothing behind the newest cursor": without((row, rows) => row.sequence > (newest(rows, "cursor")?.sequence ?? Infinity)),
  "loads an old cursor only": without((row, rows) => row.kind === "cursor" && row !== rows.find(({ kind }) => kind === "cursor")),
  "loads nothing to undo": without((row, rows) => row.undo !== undefined && row !== rows.at(-1)),
  "loads no entries of what is to be undone": without(
    (row, rows) =>
      row.kind === "entry" &&
      row !== newest(rows, "entry") &&
      rows.some(({ undo, visit }) => undo !== undefined && visit === row.sequence),
  ),
  "loads no failure": without(({ kind }) => kind === "failure"),
  "loads nothing that was undone": without(({ kind }) => kind === "compensated"),
  "loads no attempts": without(({ kind }) => kind === "attempt"),
  "loads no exit": without(({ kind }) => kind === "exit"),
  "loads a short path": without((row, rows) => rows.length > 100 && row.sequence < (newest(rows, "entry")?.sequence ?? 0) - 10),
  "loads backwards": loading((rows) => rows.toReversed()),
  "loads twice": loading((rows) => rows.flatMap((row) => [row, row])),
  "lists all workflows": querying((query) => less(query, "workflow")),
  "lists all statuses": querying((query) => less(query, "statuses")),
  "takes no status for all": querying(({ statuses, ...query }) =>
    statuses?.length === 0 ? query : { ...query, ...(statuses && { statuses }) },
  ),
  "lists whatever is driven": querying((query) => less(query, "abandoned")),
  "lists whenever it ended": querying((query) => less(query, "endedBefore")),
  "lists what ended at that time": querying((query) =>
    query.endedBefore === undefined ? query : { ...query, endedBefore: query.endedBefore + 1 },
  ),
  "lists from the beginning": querying((query) => less(query, "after")),
  "lists to the end": querying((query) => less(query, "before")),
  "lists the oldest": querying((query) => less(query, "newest")),
  "lists all ids": querying((query) => less(query, "runId")),
  "lists without a limit": querying((query) => ({ ...query, limit: 1_000 })),
  "lists backwards": listing((records) => records.toReversed()),
  "finds no end": finding((record) => ({ ...record, endedAt: undefined })),
  "finds an end too early": finding((record) => ({ ...record, endedAt: record.endedAt ?? 1 })),
  "finds the first state": finding((record) => ({ ...record, state: "state 0" })),
  "finds no due time": finding((record) => ({ ...record, due: undefined })),
  "finds nobody who drives": finding((record) => ({ ...record, owner: undefined })),
  "finds somebody who drives": finding((record) => ({ ...record, owner: "somebody" })),
  "finds no resumes": finding((record) => ({ ...record, resumes: 0 })),
  "finds no request to cancel": finding((record) => ({ ...record, cancelling: false })),
  "finds no trace": finding((record) => ({ ...record, trace: undefined })),
  "finds keys that fall": finding((record) => ({ ...record, key: -record.key })),
  "reads a page without a limit": reading((after) => [after, 1_000_000]),
  "reads the row before a page": reading((after, limit) => [Math.max(-1, after - 1), limit]),
  "reads the first page only": reading((_, limit) => [-1, limit]),
  "knows no capitals": naming(({ workflow, runId }) => ({ workflow, runId: runId.toLowerCase() })),
  "knows no spaces": naming(({ workflow, runId }) => ({ workflow, runId: runId.trim() })),
  "knows one form of letters": naming(({ workflow, runId }) => ({ workflow, runId: runId.normalize() })),
  "cuts ids off": naming(({ workflow, runId }) => ({ workflow, runId: runId.slice(0, 255) })),
  "knows no workflows": naming(({ runId }) => ({ workflow: "all", runId })),
  "takes workflow and id for one text": naming(({ workflow, runId }) => ({ workflow: "", runId: `${workflow}/${runId}` })),
  "takes ids for numbers": naming(({ workflow, runId }) => ({
    workflow,
    runId: runId !== "" && !Number.isNaN(Number(runId)) ? `${Number(runId)}` : runId,
  })),
};
