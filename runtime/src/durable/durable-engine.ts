/** Begins the runs of a durable workflow and goes on with them. What is asked of runs from outside is `runs.ts`. */

import type { CheckpointStore, Claim, RunName, RunRecord, StoredRun } from "../checkpoint/checkpoint-store.js";
import { runConflict } from "../checkpoint/store-errors.js";
import { hasEnded, statusAfterClaim } from "../checkpoint/stored-rows.js";
import { type Engine, prepareRun } from "../engine/engine.js";
import { watchRun } from "../engine/guard-run.js";
import type { Lease } from "../engine/resources.js";
import type { CanoError } from "../errors/cano-error.js";
import { requireSignal } from "../errors/require-shape.js";
import { clockOf } from "../run/timers.js";
import { guardSaga } from "../saga/guard-saga.js";
import type { AnyDurableRun } from "./any-durable-run.js";
import type { DurableRun } from "./durable-run.js";
import { type Failure, type FiredRequest, isNamedAsFired } from "./fired.js";
import { Journal, type Position } from "./journal.js";
import { letGo } from "./let-go.js";
import { migrate, type Migrated, type Migrations, migrateUndo } from "./migrate.js";
import { numberOf } from "./number-of.js";
import { recall } from "./recall.js";
import { type Rehydrated, rehydrate } from "./rehydrate.js";
import { CANCEL, RESUMABLE, type Rollback, rolledBack, UNDO } from "./rollback.js";
import { unknownRun, unknownState, versionMismatch } from "./run-errors.js";
import { requireRunId } from "./run-id.js";
import { askTrace, storing } from "./unwatched.js";

/** A run that was taken over. */
interface Taken {
  readonly claim: Claim;
  /** As it was before. */
  readonly before: RunRecord;
  readonly stored: StoredRun;
  readonly point: Rehydrated;
  /** Who drove it before, as far as is known. */
  readonly formerly: string | undefined;
}

/** See the file's first line. */
export class DurableEngine<R extends object, I, Result> {
  constructor(
    readonly engine: Engine<R, I, Result>,
    readonly store: CheckpointStore,
    private readonly version: number,
    private readonly totalTimeout: number | undefined,
    private readonly migrations: Migrations,
  ) {}

  get workflow(): string {
    return this.engine.home.graph.name;
  }

  /** Throws `configuration` when it cannot be the id of a run. */
  nameOf(runId: string): RunName {
    requireRunId(runId);
    return { workflow: this.workflow, runId };
  }

  /** Begins the run that `request` asks for; of a run that is there already, what it came to. */
  async begin(request: FiredRequest | undefined, ...lease: Lease<R>): Promise<Result> {
    const run = prepareRun(this.engine, request, ...lease) as DurableRun<R, I>;
    const name = this.nameOf(run.id);
    // Before anything is stored, as below.
    requireSignal(request?.signal);
    if (request?.isFired === true) run.stay();
    // Nothing is stored of a run that was cancelled before it began.
    if (request?.signal?.aborted !== true) {
      const { input, start } = run;
      const payload = input === undefined ? undefined : run.encode(`the input of run \`${run.id}\``, input);
      const row = { sequence: 0, visit: 0, count: 0, version: this.version, undo: undefined, due: undefined, at: run.epoch() };
      const first = { ...row, kind: "entry", state: String(run.label(start)), payload } as const;
      const begun = { ...name, version: this.version, trace: askTrace(run) };
      let claim: Claim | undefined;
      while ((claim = await storing(run, start, () => this.store.begin(begun, first, run))) === undefined) {
        const there = await this.store.load(name);
        if (there !== undefined) return this.recall(there);
        // It has ended in the meantime, and is forgotten.
      }
      run.open(this.journalOf(run, claim, { last: 0, visit: 0, version: this.version }));
    }
    return await this.drive(run, request?.signal, () => run.begin());
  }

  /** Goes on with a run. */
  async resume(runId: string, signal: AbortSignal | undefined, ...lease: Lease<R>): Promise<Result> {
    const name = this.nameOf(runId);
    requireSignal(signal);
    const found = await this.load(name);
    if (!RESUMABLE.includes(found.run.status)) return this.recall(found);
    if (found.run.owner === undefined) this.requireWay(found);
    return await this.takeOver(found.run, lease, async (run, taken) => {
      const { claim, stored, point } = taken;
      if (!goesForward(stored.run)) throw await this.undoStored(run, taken, taken.before.cancelling ? CANCEL : UNDO);
      const from = this.wayForward(stored, point);
      run.reopen(this.journalOf(run, claim, { ...from, version: stored.run.version }), from);
      if (from.isNew) run.moveOn();
      return await this.drive(run, signal, () => {
        tellResume(run, from, taken);
        run.begin();
      });
    });
  }

  /** Undoes a run that nobody drives. Resolves to the error that it ends with; undefined when it had ended before. Rejects when that cannot be stored. */
  async rollBack(runId: string, rollback: Rollback, ...lease: Lease<R>): Promise<CanoError | undefined> {
    const stored = await this.load(this.nameOf(runId));
    if (!rollback.statuses.includes(stored.run.status)) return undefined;
    if (stored.run.owner === undefined) this.rehydrate(stored);
    return await this.takeOver(stored.run, lease, (run, taken) => this.undoStored(run, taken, rollback), rollback);
  }

  /** The error that a run has ended with; undefined where it has reached an exit. Rejects where it cannot be loaded, and while it has not ended. */
  async failure(name: RunName): Promise<Failure | undefined> {
    const stored = await this.load(name);
    try {
      this.recall(stored);
      return undefined;
    } catch (error) {
      if (!hasEnded(stored.run.status)) throw error;
      return { error };
    }
  }

  async find(name: RunName): Promise<RunRecord> {
    const record = await this.store.find(name);
    if (record === undefined) throw unknownRun(name);
    return record;
  }

  /** Takes over a run that nobody drives, for a rollback where one is given, and lets go of it in the end, however `go` ends. */
  private async takeOver<T>(
    { workflow, runId, state }: RunRecord,
    lease: Lease<R>,
    go: (run: DurableRun<R, I>, taken: Taken) => Promise<T>,
    rollback?: Rollback,
  ): Promise<T> {
    const { home } = this.engine;
    const name = { workflow, runId };
    const run = prepareRun(this.engine, { runId }, ...lease) as DurableRun<R, I>;
    if (isNamedAsFired(runId)) run.stay();
    const statuses = rollback?.statuses ?? RESUMABLE;
    // Who goes on with it, should this process end, must not take it forward.
    const as = rollback && "compensating";
    const claimed = await storing(run, numberOf(home, state), () =>
      this.store.claim(name, statuses, clockOf(home).epoch(), run, as),
    );
    if (claimed.kind === "unknown") throw unknownRun(name);
    if (claimed.kind !== "claimed")
      throw runConflict(
        name,
        claimed.kind === "driven" ? `is driven by ${claimed.run.owner ?? "somebody else"}` : "has ended meanwhile",
      );
    try {
      // Others may have gone on with it since it was looked at.
      const stored = await this.load(name);
      const { trace } = stored.run;
      if (trace !== undefined) run.trace = { text: trace };
      const { claim, formerly, run: before } = claimed;
      return await go(run, { claim, before, formerly, stored, point: this.rehydrate(stored) });
    } finally {
      await letGo(this.store, claimed.claim, home.log);
    }
  }

  /** What a run that is there already came to. */
  private recall(stored: StoredRun): Result {
    // The exits of the workflow are those of its generated module, which knows their types.
    return recall(this.engine.home, stored) as Result;
  }

  /** Throws where a run would go no way once it is claimed. A claim is a row: it would grow with every try, and come no further. */
  private requireWay(stored: StoredRun): void {
    const point = this.rehydrate(stored);
    if (statusAfterClaim(stored.run) === "running") this.wayForward(stored, point);
  }

  private rehydrate(stored: StoredRun): Rehydrated {
    const { home } = this.engine;
    return rehydrate(home, stored, (version, label, undo) => {
      const migration = version === this.version ? undefined : this.migrations[version];
      return migration ? migrateUndo(home, migration, stored.run, label, undo) : undo;
    });
  }

  /** Where a run goes forward. Throws when it does not. */
  private wayForward({ run }: StoredRun, point: Rehydrated): Migrated {
    const { home } = this.engine;
    if (point.fault !== undefined) throw point.fault;
    if (run.version === this.version) {
      if (point.state < 0) throw unknownState(run, point.label);
      return { ...point, input: point.readInput(), isNew: false };
    }
    const migration = this.migrations[run.version];
    if (!migration) throw versionMismatch(run, this.version);
    return migrate(home, migration, run, this.version, point);
  }

  private drive(run: DurableRun<R, I>, signal: AbortSignal | undefined, begin: () => void): Promise<Result> {
    return guardSaga(this.engine, run, signal, this.totalTimeout, begin);
  }

  /** Undoes a run: one that has failed since it has, any other because of `rollback`. Resolves to the error that it ends with. */
  private async undoStored(run: DurableRun<R, I>, taken: Taken, rollback: Rollback): Promise<CanoError> {
    const { claim, before, stored, point } = taken;
    // Who was to undo it may have gone before anything was stored of why.
    const known = before.status === "running" ? undefined : point.failure;
    const undoing = { hasFailed: known !== undefined, isFinal: rollback.isFinal };
    run.reopen(this.journalOf(run, claim, { ...point, version: stored.run.version }), point, undoing);
    watchRun(this.engine, run, undefined);
    tellResume(run, point, taken);
    const end = await run.conclude(point.state, known ?? rolledBack(stored.run, rollback));
    run.watch?.ended(end);
    // The store has failed, or somebody else has taken it: it is not undone.
    if (run.stopped !== undefined) throw end;
    return end;
  }

  private async load(name: RunName): Promise<StoredRun> {
    const stored = await this.store.load(name);
    if (stored === undefined) throw unknownRun(name);
    return stored;
  }

  private journalOf(run: AnyDurableRun, claim: Claim, at: Position): Journal {
    return new Journal(this.store, claim, this.version, () => run.epoch(), at);
  }
}

function goesForward({ status }: RunRecord): boolean {
  return status !== "compensating" && status !== "stuck";
}

function tellResume(run: AnyDurableRun, { state, path, last }: Rehydrated, { stored, formerly }: Taken): void {
  for (const { state: passed, sequence, label } of path)
    if (passed < 0) run.watch?.tell(state, ["unknownResumeState", { sequence, label }]);
  // The row that takes the run over is told of once its state is entered.
  run.watch?.tell(state, ["resume", { sequence: last - 1, owner: stored.run.owner, formerly }]);
}
