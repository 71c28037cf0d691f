/** Follows runs by looking again and again: tells what has happened since the last look. When it looks is left to others. */

import type { CheckpointRow } from "../checkpoint/checkpoint-row.js";
import type { CheckpointStore, RunQuery, RunRecord, RunStatus } from "../checkpoint/checkpoint-store.js";
import { readRows } from "./find-run.js";
import { Narrator, type Told } from "./narrator.js";

/** Something that has happened to a run. */
export type Happening = { readonly run: RunRecord; readonly at: number } & (
  | { readonly event: "row"; readonly row: CheckpointRow; readonly told: Told }
  | { readonly event: "standing" | "abandoned" | "removed" }
);

/** A run that is followed. */
interface Followed {
  readonly record: RunRecord;
  readonly narrator: Narrator;
  /** The sequence of the newest row that was read; undefined where none was, though there may be many. */
  readonly last: number | undefined;
}

/** What has not ended: stores find these without a look at all others. */
const OPEN: readonly RunStatus[] = ["running", "compensating"];

/** See the file's first line. */
export class RunFollower {
  private readonly followed = new Map<number, Followed>();
  /** The key of the newest run. */
  private newest = 0;

  constructor(
    private readonly store: CheckpointStore,
    private readonly workflow: string | undefined,
    private readonly now: () => number,
  ) {}

  /** Begins with what is in progress now. */
  async begin(): Promise<readonly Happening[]> {
    // Runs that begin meanwhile are told of with the first look.
    this.newest = (await this.store.list(this.queryOf({ newest: true, limit: 1 })))[0]?.key ?? 0;
    const standing = (await this.list({ statuses: OPEN })).filter(({ key }) => key <= this.newest);
    for (const record of standing) this.followed.set(record.key, { record, narrator: new Narrator(), last: undefined });
    return standing.map((run) => ({ event: "standing", run, at: run.updatedAt }));
  }

  /** What has happened since it was last called, in the order of time. */
  async look(): Promise<readonly Happening[]> {
    const begun = await this.list({ after: this.newest });
    const open = await this.list({ statuses: OPEN });
    const found = new Map([...begun, ...open].map((record) => [record.key, record]));
    const happenings: Happening[] = [];
    for (const { record } of this.followed.values()) {
      if (found.has(record.key)) continue;
      const ended = await this.store.find(record);
      if (ended?.key === record.key) found.set(record.key, ended);
      else happenings.push({ event: "removed", run: record, at: this.now() });
    }
    for (const record of found.values()) await this.follow(record, happenings);
    for (const { event, run } of happenings) if (event === "removed") this.followed.delete(run.key);
    // Not those that are open and newer still: others may have begun, and ended, before them.
    this.newest = begun.at(-1)?.key ?? this.newest;
    return happenings.sort((a, b) => a.at - b.at);
  }

  /** Adds to `happenings` what has happened to a run that is as `run` says now. */
  private async follow(run: RunRecord, happenings: Happening[]): Promise<void> {
    const before = this.followed.get(run.key);
    const narrator = before?.narrator ?? new Narrator();
    let last = before?.last;
    if (before === undefined || hasMoved(before.record, run)) {
      const begin = happenings.length;
      // One by one: a log may be longer than what fits on the stack, or in memory.
      for await (const row of readRows(this.store, run, last)) {
        const told = narrator.tell(row);
        const age = this.ageOf(row, run, before);
        if (age !== "next") happenings.length = begin;
        if (age !== "old") happenings.push({ event: "row", run, row, told, at: row.at });
        last = row.sequence;
      }
    }
    const isLeft = run.endedAt === undefined && run.owner === undefined && before?.record.owner !== undefined;
    if (isLeft) happenings.push({ event: "abandoned", run, at: this.now() });
    if (run.endedAt === undefined) this.followed.set(run.key, { record: run, narrator, last });
    else this.followed.delete(run.key);
  }

  /** Whether a row is news: it is the `next`, or the `first`, so that none before it is; `old` is the one that is none, nor any before it. */
  private ageOf({ kind, at }: CheckpointRow, run: RunRecord, before: Followed | undefined): "old" | "first" | "next" {
    if (before?.last !== undefined || run.key > this.newest) return "next";
    // It was in progress from the start: what was written until then was not read.
    if (before !== undefined) return at <= before.record.updatedAt ? "old" : "next";
    // It had ended, and was taken up again.
    return kind === "resume" ? "first" : "next";
  }

  /** All runs that match. */
  private list(query: Omit<RunQuery, "limit">): Promise<readonly RunRecord[]> {
    return this.store.list(this.queryOf({ ...query, limit: Number.POSITIVE_INFINITY }));
  }

  private queryOf(query: RunQuery): RunQuery {
    return this.workflow === undefined ? query : { ...query, workflow: this.workflow };
  }
}

function hasMoved(before: RunRecord, now: RunRecord): boolean {
  return (
    before.updatedAt !== now.updatedAt ||
    before.status !== now.status ||
    before.state !== now.state ||
    before.due !== now.due ||
    before.resumes !== now.resumes
  );
}
