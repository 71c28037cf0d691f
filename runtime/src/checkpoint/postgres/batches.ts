/** Does many writes with one statement for each kind. What stands in the way of one is left to the steps of `writing.ts`. */

import type { Kysely } from "kysely";
import { ask, type Query, type Steps } from "../sql/query.js";
import type { Queries } from "../sql/queries/index.js";
import { FIRST_FENCE, type Schema } from "../sql/schema.js";
import { together } from "../sql/together.js";
import { nameOf } from "../sql/turns.js";
import {
  type Append,
  appendRow,
  type Begin,
  beginRun,
  columnsOf,
  columnsOfChange,
  type Outcome,
  type Write,
} from "../sql/writing.js";
import { batchQueries } from "./batch-queries.js";

/** Characters. */
const LARGE = 100_000;

/** How batches reach the database: tried again, like everything, where a connection is lost. */
export interface BatchAccess {
  readonly queries: Queries;
  /** Takes steps, each in a transaction of its own. */
  take<T>(steps: () => Steps<T>): Promise<T>;
  /** Takes steps in one transaction. */
  write<T>(steps: () => Steps<T>): Promise<T>;
}

/** See the file's first line. */
export class Batches {
  private readonly queries: ReturnType<typeof batchQueries>;

  constructor(
    private readonly database: BatchAccess,
    db: Kysely<Schema>,
  ) {
    this.queries = batchQueries(db);
  }

  /** What came of each write. */
  async do(writes: readonly Write[]): Promise<readonly Outcome[]> {
    const begins: Begin[] = [];
    const appends: Append[] = [];
    const changes: Append[] = [];
    const ends: Append[] = [];
    const large: Write[] = [];
    for (const write of writes) {
      if (write.kind === "append" && write.change?.forget === true) ends.push(write);
      else if (isLarge(write)) large.push(write);
      else if (write.kind === "begin") begins.push(write);
      else (write.change === undefined ? appends : changes).push(write);
    }
    const kinds = [begins, appends, changes, ends, large];
    const done = await Promise.all([
      together(begins, (some) => this.begin(some)),
      together(appends, (some) => this.append(some)),
      together(changes, (some) => this.change(some)),
      together(ends, (some) => this.forget(some)),
      this.eachAlone(large, (write) => this.steps(write)),
    ]);
    const outcomes = new Map<Write, Outcome>();
    kinds.forEach((kind, which) => kind.forEach((write, at) => outcomes.set(write, done[which]?.[at])));
    return writes.map((write) => outcomes.get(write));
  }

  private async begin(begins: readonly Begin[]): Promise<readonly Outcome[]> {
    const rows = begins.map(({ run: { workflow, runId, version: runVersion, trace = null }, row, owner }) => {
      return { workflow, runId, runVersion, owner, trace, ...columnsOf(0, FIRST_FENCE, row) };
    });
    // In one order everywhere: two processes that begin the same runs would else wait for each other.
    const sorted = rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    const begun = await this.database.take(() => askAll(this.queries.begin, sorted));
    const keys = new Map(begun.map(({ key, workflow, run_id: runId }) => [nameOf({ workflow, runId }), key]));
    return rows.map(({ workflow, runId }) => {
      const key = keys.get(nameOf({ workflow, runId }));
      return key === undefined ? undefined : { workflow, runId, key, fence: FIRST_FENCE };
    });
  }

  private async append(appends: readonly Append[]): Promise<readonly Outcome[]> {
    const rows = appends.map(({ claim: { key, fence }, row }) => columnsOf(key, fence, row));
    const added = await this.database.take(() => askAll(this.queries.append, rows));
    return await this.lookAt(appends, added, (write) => this.steps(write));
  }

  private async change(changes: readonly Append[]): Promise<readonly Outcome[]> {
    const rows = changes.map(({ claim: { key, fence }, row, change }) => {
      const { status: newStatus, version: newVersion, ended } = columnsOfChange(row.at, change ?? {});
      return { ...columnsOf(key, fence, row), newStatus, newVersion, ended };
    });
    const added = await this.database.take(() => askAll(this.queries.change, rows));
    return await this.lookAt(changes, added, (write) => this.steps(write));
  }

  private async forget(ends: readonly Append[]): Promise<readonly Outcome[]> {
    const runs = ends.map(({ claim: { key: run, fence } }) => ({ run, fence }));
    let tries = 0;
    const gone = await this.database.take(() => {
      tries++;
      return askAll(this.queries.forget, runs);
    });
    const { queries } = this.database;
    return await this.lookAt(ends, gone, function* (write) {
      const [run] = yield* ask(queries.fenceOf, { key: write.claim.key });
      // If it was tried before, it was forgotten then, and only the answer was lost.
      return run === undefined && tries > 1 ? undefined : yield* appendRow(queries, write);
    });
  }

  private steps(write: Write): Steps<Outcome> {
    const { queries } = this.database;
    return write.kind === "begin" ? beginRun(queries, write) : appendRow(queries, write);
  }

  /** Does those that were not done alone, which tells what is in their way. */
  private async lookAt(
    writes: readonly Append[],
    done: readonly { readonly run: number }[],
    steps: (write: Append) => Steps<Outcome>,
  ): Promise<readonly Outcome[]> {
    const runs = new Set(done.map(({ run }) => run));
    const left = writes.filter(({ claim }) => !runs.has(claim.key));
    const outcomes = await this.eachAlone(left, steps);
    return writes.map((write) => outcomes[left.indexOf(write)]);
  }

  private async eachAlone<W extends Write>(
    writes: readonly W[],
    steps: (write: W) => Steps<Outcome>,
  ): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const write of writes)
      outcomes.push(...(await together([write], async () => [await this.database.write(() => steps(write))])));
    return outcomes;
  }
}

/** Whether a write is better done by itself: in a list every quote of a text is escaped, which takes ten times as long as the text itself. */
function isLarge({ row: { payload = "", undo = "" } }: Write): boolean {
  return payload.length + undo.length > LARGE;
}

/** Asks a query whose parameters are lists: one for each column, with the values of all rows. */
function* askAll<P extends object, T extends { readonly [K in keyof P]: unknown }, R>(
  query: Query<P, R>,
  rows: readonly T[],
): Steps<readonly R[]> {
  const lists = query.parameters.map((column) => rows.map((row) => row[column]));
  return (yield { query, values: lists }) as readonly R[];
}
