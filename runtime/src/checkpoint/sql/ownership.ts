/**
 * Keeps a store object alive in the eyes of others, for as long as it drives runs or looks after firings: renews its lease, hears of runs that are
 * to be cancelled, and gives up what it has no longer. One timer does all of it.
 */

import type { Clock } from "../../time/clock.js";
import type { Claim, Driver, RunName } from "../checkpoint-store.js";
import { storeClosed, takenOver } from "../store-errors.js";
import { DrivenRuns } from "./driven.js";
import { disownUnheld, HeldFirings } from "./held-firings.js";
import { Liveness } from "./liveness.js";
import { ownIdentity } from "./process-identity.js";
import { ask } from "./query.js";
import { FIRST_FENCE } from "./schema.js";
import type { SqlDatabase } from "./sql-database.js";
import { nameOf, Turns } from "./turns.js";

/** Cancel requests are looked for so often, in milliseconds. */
const LOOK = 2_000;

/** See the file's first line. */
export class Ownership {
  readonly driven = new DrivenRuns();
  readonly held = new HeldFirings();
  readonly turns = new Turns();
  private readonly process = ownIdentity();
  private readonly identity = JSON.stringify(this.process);
  private key: number | undefined;
  private renewal: Promise<number> | undefined;
  private renewedAt = Number.NEGATIVE_INFINITY;
  private expires = Number.POSITIVE_INFINITY;
  /** Whether the lease had run out before it was renewed, and nobody has looked yet at what that has led to. */
  private hasLapsed = false;
  private stopTimer: (() => void) | undefined;
  private isClosed = false;
  private readonly doubtful = new Map<string, RunName>();

  constructor(
    private readonly database: () => Promise<SqlDatabase>,
    private readonly clock: Clock,
    /** Milliseconds. */
    private readonly lease: number,
  ) {}

  /** The store object's key, with a lease that lasts. */
  async ready(): Promise<number> {
    if (this.key !== undefined && this.isRenewed) return this.key;
    this.renewal ??= this.renew().finally(() => (this.renewal = undefined));
    return await this.renewal;
  }

  /** What is known at this moment of who is alive. */
  liveness(): Liveness {
    return new Liveness(this.key, this.process, this.driven, this.held, this.clock.epoch());
  }

  /** Drives a run from now on, and is seen to be alive. */
  drive(claim: Claim, driver: Driver): void {
    this.driven.add(claim, driver);
    this.watch();
  }

  /** A run that is there already may have been begun by this very call, when only the answer was lost: then nobody drives it whom we do not know. */
  async begun(run: RunName): Promise<Claim | undefined> {
    const { workflow, runId } = run;
    const database = await this.database();
    const [found] = await database.read(() => ask(database.queries.findRun, { workflow, runId }));
    if (found === undefined || found.owner !== this.key || found.fence !== FIRST_FENCE) return undefined;
    if (this.driven.has(found.key) || this.doubtful.has(nameOf(run))) return undefined;
    return { workflow, runId, key: found.key, fence: FIRST_FENCE };
  }

  /** Remembers a run that may count as driven by this store object in the database, though it is not. */
  doubt({ workflow, runId }: RunName): void {
    this.doubtful.set(nameOf({ workflow, runId }), { workflow, runId });
    this.watch();
  }

  /** Lets others have a run that is no longer driven. What fails is tried again later, and `false`. */
  async giveUp(run: RunName): Promise<boolean> {
    this.doubt(run);
    try {
      await this.turns.take(run, () => this.disown(run));
      this.doubtful.delete(nameOf(run));
      return true;
    } catch {
      // It stays among the doubtful ones.
      return false;
    }
  }

  /** Lets others have the runs that count as driven by this store object in the database, though they are not. Stops where that fails. */
  async giveUpDoubtful(): Promise<void> {
    for (const run of this.doubtful.values()) if (!(await this.giveUp(run))) break;
  }

  /** Gives up everything. */
  async close(database: SqlDatabase | undefined): Promise<void> {
    this.isClosed = true;
    this.stopTimer?.();
    this.driven.loseAll(storeClosed());
    this.held.clear();
    const owner = this.key;
    if (owner === undefined || database === undefined) return;
    const { queries } = database;
    await database.write(function* () {
      yield* ask(queries.disownAll, { owner });
      yield* ask(queries.disownAllFirings, { owner });
      yield* ask(queries.deleteOwner, { key: owner });
    }, "last");
  }

  /** Is seen to be alive for as long as there is something that nobody else is to take. */
  watch(): void {
    if (this.stopTimer !== undefined || this.isClosed || !this.hasAny) return;
    this.stopTimer = this.clock.schedule(() => void this.tick(), Math.min(LOOK, this.lease / 3));
  }

  /** Whether the lease is in its first third. Where the date was put back it is not: others would wait for one who is gone until the date is again what it was. */
  private get isRenewed(): boolean {
    const since = this.clock.epoch() - this.renewedAt;
    return since >= 0 && since < this.lease / 3;
  }

  private get hasAny(): boolean {
    return this.driven.size > 0 || this.doubtful.size > 0 || this.held.size > 0 || this.held.isInDoubt;
  }

  private async disown({ workflow, runId }: RunName): Promise<void> {
    const database = await this.database();
    const { queries } = database;
    const { key: owner, driven } = this;
    await database.write(function* () {
      const [run] = yield* ask(queries.findRun, { workflow, runId });
      if (owner === undefined || run?.owner !== owner || driven.has(run.key)) return;
      yield* ask(queries.disown, { key: run.key, fence: run.fence, owner });
    }, "once");
  }

  /** Lets others have the firings that count as looked after by this store object in the database, though they are not. */
  private async giveUpFirings(): Promise<void> {
    const { key: owner, held } = this;
    if (owner === undefined) return;
    held.isInDoubt = false;
    try {
      const database = await this.database();
      await database.write(() => disownUnheld(database.queries, owner, held), "once");
    } catch {
      // To be tried again with the next look.
      held.isInDoubt = true;
    }
  }

  private async renew(): Promise<number> {
    const database = await this.database();
    const { queries } = database;
    const now = this.clock.epoch();
    const expires = now + this.lease;
    const { key, identity } = this;
    const renewed = await database.write(function* () {
      if (key !== undefined) {
        yield* ask(queries.renewOwner, { key, identity, expires });
        return key;
      }
      yield* ask(queries.deleteExpired, { now });
      const [owner] = yield* ask(queries.insertOwner, { identity, expires });
      return owner?.key;
    });
    if (renewed === undefined) throw new Error("the database gave the store no key");
    this.key = renewed;
    this.renewedAt = now;
    this.hasLapsed ||= now >= this.expires;
    this.expires = expires;
    return renewed;
  }

  /**
   * Tells the drivers of runs that others have claimed while the lease had run out, as in a process that was asleep. With its next row each would hear of it anyway;
   * but what waits for a time, or for its next attempt, would go on beside the others first.
   */
  private async loseTaken(database: SqlDatabase): Promise<void> {
    for (const claim of this.driven.claims) {
      const { workflow, runId } = claim;
      const [run] = await database.read(() => ask(database.queries.findRun, { workflow, runId }));
      if (run?.key === claim.key && run.fence !== claim.fence) this.driven.lose(claim, takenOver(claim));
    }
    this.hasLapsed = false;
  }

  private async tick(): Promise<void> {
    let cancelled: readonly { readonly key: number }[] = [];
    try {
      const owner = await this.ready();
      const database = await this.database();
      cancelled = await database.read(() => ask(database.queries.cancelled, { owner }));
      if (this.hasLapsed) await this.loseTaken(database);
    } catch {
      // The database cannot be reached, or is busy. A lease lasts three times as long as its renewal takes, and the fence holds without it.
    }
    for (const { key } of cancelled) this.driven.cancel(key);
    await this.giveUpDoubtful();
    if (this.held.isInDoubt) await this.giveUpFirings();
    this.stopTimer = undefined;
    this.watch();
  }
}
