/** Keeps the logs of runs in an SQL database: what SQLite and PostgreSQL have in common. Transactions are left to the database. */

import { CanoError, isCanoError } from "../../errors/cano-error.js";
import type { Clock } from "../../time/clock.js";
import type { CheckpointRow } from "../checkpoint-row.js";
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
} from "../checkpoint-store.js";
import type { ScheduleStore } from "../schedule-store.js";
import { storeClosed, storeFailed } from "../store-errors.js";
import { hasEnded } from "../stored-rows.js";
import { type Attempted, type Candidate, claimRun } from "./claiming.js";
import { rowOf } from "./codec.js";
import { limitOf, listRuns, pruneRuns } from "./listing.js";
import { loadRows } from "./loading.js";
import { Ownership } from "./ownership.js";
import { ask } from "./query.js";
import { race } from "./race.js";
import { recordOf } from "./runs.js";
import type { SqlDatabase } from "./sql-database.js";
import { SqlSchedules } from "./sql-schedules.js";
import { WriteQueue } from "./write-queue.js";

/** See the file's first line. */
export class SqlCheckpoints implements CheckpointStore {
  readonly schedules: ScheduleStore;
  private opening: Promise<SqlDatabase> | undefined;
  private closing: Promise<void> | undefined;
  private readonly ownership: Ownership;
  private readonly writes: WriteQueue;

  constructor(
    /** Opens the database and brings its tables to the newest version; called again after it has failed. */
    private readonly open: () => Promise<SqlDatabase>,
    { clock, lease, flushes }: { readonly clock: Clock; readonly lease: number; readonly flushes: number },
  ) {
    const database = (): Promise<SqlDatabase> => this.database();
    this.ownership = new Ownership(database, clock, lease);
    this.writes = new WriteQueue(async (writes) => await (await database()).flush(writes), flushes);
    this.schedules = new SqlSchedules(this.ownership, {
      attempt: (doing, work) => this.attempt(doing, work),
      ready: () => this.ready(),
    });
  }

  begin(run: RunStart, row: CheckpointRow, driver: Driver): Promise<Claim | undefined> {
    return this.attempt("begin a run", () =>
      this.ownership.turns.take(run, async () => {
        const owner = await this.ready();
        const claim = await this.orDoubt(run, () => this.writes.add({ kind: "begin", run, row, owner }));
        const own = claim ?? (await this.ownership.begun(run));
        if (own !== undefined) this.ownership.drive(own, driver);
        return own;
      }),
    );
  }

  async append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void> {
    this.requireOpen();
    try {
      await this.writes.add({ kind: "append", claim, row, change });
    } catch (error) {
      // Somebody else drives it now.
      if (isCanoError(error, "run_conflict")) this.ownership.driven.remove(claim);
      throw failure("add a row", error);
    }
    if (change?.forget === true || (change?.status !== undefined && hasEnded(change.status))) this.ownership.driven.remove(claim);
  }

  claim(run: RunName, statuses: readonly RunStatus[], at: number, driver: Driver, as?: "compensating"): Promise<Claiming> {
    return this.attempt("claim a run", (database) =>
      this.ownership.turns.take(run, async () => {
        const owner = await this.ready();
        const claiming = await this.orDoubt(run, () => this.takeOver(database, { run, statuses, at, owner, as }));
        if (claiming.kind === "claimed") this.ownership.drive(claiming.claim, driver);
        return claiming;
      }),
    );
  }

  async release(claim: Claim): Promise<void> {
    this.ownership.driven.remove(claim);
    // What is closed has given up everything.
    if (this.closing === undefined) await this.ownership.giveUp(claim);
  }

  find({ workflow, runId }: RunName): Promise<RunRecord | undefined> {
    return this.attempt("find a run", async (database) => {
      const [run] = await database.read(() => ask(database.queries.findRun, { workflow, runId }));
      return run && recordOf(run, this.ownership.liveness().ownerOf(run));
    });
  }

  load({ workflow, runId }: RunName): Promise<StoredRun | undefined> {
    return this.attempt("load a run", (database) => {
      const { queries } = database;
      const liveness = this.ownership.liveness();
      return database.read(function* () {
        const [run] = yield* ask(queries.findRun, { workflow, runId });
        return run && { run: recordOf(run, liveness.ownerOf(run)), rows: yield* loadRows(queries, run) };
      }, "at one moment");
    });
  }

  list(query: RunQuery): Promise<readonly RunRecord[]> {
    return this.attempt("list runs", async (database) => {
      // After trouble with the database there may be some that were left behind here, which it has not heard of yet.
      if (query.abandoned === true) await this.ownership.giveUpDoubtful();
      return await database.read(() => listRuns(database.kysely, database.queries, query, this.ownership.liveness()));
    });
  }

  history({ workflow, runId }: RunName, after: number, limit: number): Promise<readonly CheckpointRow[]> {
    return this.attempt("read the history of a run", async (database) => {
      const values = { workflow, runId, after, limit: limitOf(limit) };
      return (await database.read(() => ask(database.queries.history, values))).map(rowOf);
    });
  }

  requestCancel({ workflow, runId }: RunName): Promise<boolean> {
    return this.attempt("ask for a run to be cancelled", async (database) => {
      const { queries } = database;
      const liveness = this.ownership.liveness();
      const key = await database.write(function* () {
        const [run] = yield* ask(queries.findRun, { workflow, runId });
        if (run === undefined || liveness.ownerOf(run) === undefined) return undefined;
        if (run.cancelling === 0) yield* ask(queries.askToCancel, { key: run.key });
        return run.key;
      });
      // Others look into the database for it.
      if (key !== undefined) this.ownership.driven.cancel(key);
      return key !== undefined;
    });
  }

  prune(query: RunQuery): Promise<number> {
    return this.attempt("remove runs", (database) => database.write(() => pruneRuns(database.kysely, query)));
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async end(): Promise<void> {
    await this.writes.drained();
    const database = await this.opening?.catch(() => undefined);
    try {
      await this.ownership.close(database);
    } catch {
      // Then the runs are free when the lease ends: nothing that whoever closes would want to hear of.
    }
    await database?.close();
  }

  private requireOpen(): void {
    if (this.closing !== undefined) throw storeClosed();
  }

  private async attempt<T>(doing: string, work: (database: SqlDatabase) => Promise<T>): Promise<T> {
    this.requireOpen();
    try {
      return await work(await this.database());
    } catch (error) {
      throw failure(doing, error);
    }
  }

  private database(): Promise<SqlDatabase> {
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = undefined;
      throw failure("be opened", error);
    });
    return this.opening;
  }

  private async ready(): Promise<number> {
    const owner = await this.ownership.ready();
    // It may have been closed in the meantime.
    this.requireOpen();
    return owner;
  }

  /** Where it is uncertain whether a run was taken, nobody else must wait for it. */
  private async orDoubt<T>(run: RunName, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.ownership.doubt(run);
      throw error;
    }
  }

  private takeOver(database: SqlDatabase, candidate: Candidate): Promise<Claiming> {
    let attempted: Attempted | undefined;
    return race(() =>
      database.write(() =>
        claimRun(database.queries, candidate, this.ownership.liveness(), attempted, (attempt) => (attempted = attempt)),
      ),
    );
  }
}

function failure(doing: string, error: unknown): CanoError {
  return error instanceof CanoError ? error : storeFailed(doing, error);
}
