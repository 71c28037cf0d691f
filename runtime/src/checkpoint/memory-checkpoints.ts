/** Keeps the logs of runs in memory: for tests, and for workflows whose runs need not outlive their process. */

import type { CheckpointRow } from "./checkpoint-row.js";
import type {
  CheckpointStore,
  Claim,
  Claiming,
  Driver,
  RunChange,
  RunName,
  RunQuery,
  RunRecord,
  RunStart,
  RunStatus,
  StoredRun,
} from "./checkpoint-store.js";
import { MemorySchedules } from "./memory-schedules.js";
import { runConflict, storeClosed, storeFailed, takenOver } from "./store-errors.js";
import { hasEnded, resumeRow, statusAfterClaim } from "./stored-rows.js";

interface Log extends RunName {
  readonly key: number;
  readonly rows: CheckpointRow[];
  /** The fence with which each row was written. */
  readonly fences: number[];
  readonly trace: string | undefined;
  version: number;
  status: RunStatus;
  fence: number;
  cancelling: boolean;
  drivenBy: { readonly store: MemoryCheckpoints; readonly driver: Driver } | undefined;
}

/** Logs that several store objects share, as processes share a database. */
class Logs {
  private readonly byName = new Map<string, Log>();
  private keys = 0;

  find({ workflow, runId }: RunName): Log | undefined {
    return this.byName.get(JSON.stringify([workflow, runId]));
  }

  add(log: Omit<Log, "key">): Log {
    const added = { ...log, key: ++this.keys };
    this.byName.set(JSON.stringify([log.workflow, log.runId]), added);
    return added;
  }

  remove({ workflow, runId }: RunName): void {
    this.byName.delete(JSON.stringify([workflow, runId]));
  }

  all(): readonly Log[] {
    return [...this.byName.values()];
  }
}

/** Keeps the logs of runs in memory: for tests, and for workflows whose runs need not outlive their process. */
export class MemoryCheckpoints implements CheckpointStore {
  readonly schedules: MemorySchedules;
  private readonly logs: Logs;
  private isClosed = false;

  /** A store of its own; or one that shares the logs and schedules of `other`, as another process would that opens the same database. */
  constructor(other?: MemoryCheckpoints) {
    this.logs = other?.logs ?? new Logs();
    this.schedules = new MemorySchedules(other?.schedules);
  }

  async begin(run: RunStart, row: CheckpointRow, driver: Driver): Promise<Claim | undefined> {
    this.requireOpen();
    if (this.logs.find(run) !== undefined) return undefined;
    const { workflow, runId, version, trace } = run;
    const drivenBy = { store: this, driver };
    const state = { version, status: "running", fence: 1, cancelling: false, drivenBy } as const;
    return claimOf(this.logs.add({ workflow, runId, rows: [row], fences: [1], trace, ...state }));
  }

  async append(claim: Claim, row: CheckpointRow, change: RunChange = {}): Promise<void> {
    this.requireOpen();
    const log = this.logs.find(claim);
    if (log === undefined || log.key !== claim.key) throw runConflict(claim, "is no longer in the store");
    const { sequence } = row;
    if (sequence < log.rows.length) {
      if (log.fences[sequence] === claim.fence) return;
      throw takenOver(claim);
    }
    if (log.fence !== claim.fence) throw takenOver(claim);
    if (sequence > log.rows.length) throw storeFailed("add a row", new Error(`a row before number ${sequence} is missing`));
    if (change.forget === true) return this.logs.remove(log);
    log.rows.push(row);
    log.fences.push(claim.fence);
    log.status = change.status ?? log.status;
    log.version = change.version ?? log.version;
    if (hasEnded(log.status)) log.drivenBy = undefined;
  }

  async claim(run: RunName, statuses: readonly RunStatus[], at: number, driver: Driver, as?: "compensating"): Promise<Claiming> {
    this.requireOpen();
    const log = this.logs.find(run);
    if (log === undefined) return { kind: "unknown" };
    const record = recordOf(log);
    if (!statuses.includes(log.status)) return { kind: "refused", run: record };
    if (log.drivenBy !== undefined) return { kind: "driven", run: record };
    log.fence++;
    log.rows.push(resumeRow(newestOf(log), at));
    log.fences.push(log.fence);
    log.status = statusAfterClaim(log, as);
    log.cancelling = false;
    log.drivenBy = { store: this, driver };
    return { kind: "claimed", claim: claimOf(log), run: record };
  }

  async release(claim: Claim): Promise<void> {
    const log = this.logs.find(claim);
    if (log?.key === claim.key && log.fence === claim.fence) log.drivenBy = undefined;
  }

  async find(run: RunName): Promise<RunRecord | undefined> {
    this.requireOpen();
    const log = this.logs.find(run);
    return log && recordOf(log);
  }

  async load(run: RunName): Promise<StoredRun | undefined> {
    this.requireOpen();
    const log = this.logs.find(run);
    return log && { run: recordOf(log), rows: [...log.rows] };
  }

  async list(query: RunQuery): Promise<readonly RunRecord[]> {
    this.requireOpen();
    return this.matching(query).map(recordOf);
  }

  async history(run: RunName, after: number, limit: number): Promise<readonly CheckpointRow[]> {
    this.requireOpen();
    return this.logs.find(run)?.rows.slice(after + 1, after + 1 + limit) ?? [];
  }

  async requestCancel(run: RunName): Promise<boolean> {
    this.requireOpen();
    const log = this.logs.find(run);
    if (log?.drivenBy === undefined) return false;
    if (!log.cancelling) log.drivenBy.driver.cancel();
    log.cancelling = true;
    return true;
  }

  async prune(query: RunQuery): Promise<number> {
    this.requireOpen();
    const fired = this.schedules.openRuns();
    const prunable = this.matching({ ...query, limit: Number.POSITIVE_INFINITY }).filter(
      ({ status, runId }) => hasEnded(status) && !fired.has(runId),
    );
    const removed = firstOf(prunable, query);
    for (const log of removed) this.logs.remove(log);
    return removed.length;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const driven = this.logs.all().filter((log) => log.drivenBy?.store === this);
    for (const log of driven) log.drivenBy?.driver.lose?.(storeClosed());
    for (const log of driven) log.drivenBy = undefined;
    this.schedules.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private requireOpen(): void {
    if (this.isClosed) throw storeClosed();
  }

  private matching(query: RunQuery): readonly Log[] {
    const { workflow, runId, statuses, abandoned, endedBefore, after, before } = query;
    const matches = (log: Log): boolean =>
      (after === undefined || log.key > after) &&
      (before === undefined || log.key < before) &&
      (runId === undefined || log.runId === runId) &&
      (workflow === undefined || log.workflow === workflow) &&
      (statuses === undefined || statuses.includes(log.status)) &&
      (abandoned !== true || (log.drivenBy === undefined && !hasEnded(log.status))) &&
      (endedBefore === undefined || (hasEnded(log.status) && newestOf(log).at < endedBefore));
    return firstOf(this.logs.all().filter(matches), query);
  }
}

function firstOf(logs: readonly Log[], { limit, newest }: RunQuery): readonly Log[] {
  return newest === true ? logs.slice(Math.max(0, logs.length - limit)) : logs.slice(0, limit);
}

function newestOf({ rows, runId }: Log): CheckpointRow {
  const newest = rows.at(-1);
  if (newest === undefined) throw new RangeError(`run ${runId} has no rows`);
  return newest;
}

function claimOf({ workflow, runId, key, fence }: Log): Claim {
  return { workflow, runId, key, fence };
}

function recordOf(log: Log): RunRecord {
  const { workflow, runId, key, version, status, rows, fence, cancelling, drivenBy, trace } = log;
  const { state, due, at } = newestOf(log);
  return {
    workflow,
    runId,
    key,
    version,
    status,
    state,
    due,
    startedAt: rows[0]?.at ?? at,
    updatedAt: at,
    endedAt: hasEnded(status) ? at : undefined,
    owner: drivenBy === undefined ? undefined : "this process",
    resumes: fence - 1,
    cancelling,
    trace,
  };
}
