/**
 * Decides about schedules in one transaction: reads what is there, asks what is to be kept, and keeps it. Whatever is kept of a schedule changes its
 * row, which is locked from the start; where there is none yet, who adds it first has decided, and the other looks again.
 */

import type { Decided, Decision, OpenFiring, ScheduleView } from "../schedule-store.js";
import type { FiringPlace } from "./held-firings.js";
import type { Liveness } from "./liveness.js";
import type { Queries } from "./queries/index.js";
import type { Input } from "./queries/schedules.js";
import { ask, type Query, type Steps } from "./query.js";
import { LostRace } from "./race.js";
import { openFiringOf, rowOfSchedule, scheduleOf } from "./schedule-codec.js";
import type { SchedulesTable } from "./schema.js";

/** Who decides about which schedules. */
export interface Decider {
  readonly names: readonly string[];
  readonly decide: (name: string, view: ScheduleView) => Decision;
  /** The key of the store object that looks after what it begins and adopts. */
  readonly owner: number;
}

/** What an attempt was about to keep: the next one may find it kept, when only the answer was lost. */
export interface AttemptedDecisions {
  readonly decided: readonly Decided[];
  /** Of its transaction. */
  readonly mark: number;
  /** One of the schedules that it changed. */
  readonly changed: string;
  /** The mark that this had before; undefined where it was not there. */
  readonly before: number | undefined;
  /** The firings that are looked after from then on. */
  readonly held: readonly FiringPlace[];
  /** The firings that end. */
  readonly ended: readonly FiringPlace[];
}

/** A decision that keeps something. */
interface Kept {
  readonly name: string;
  readonly view: ScheduleView;
  readonly decision: Decision;
}

/**
 * See the file's first line. `attempt` is told when all but the commit is done, of nothing if that has nothing to keep; and `attempted` is what it was
 * told the last time.
 */
export function* decideSchedules(
  queries: Queries,
  { names, decide, owner }: Decider,
  liveness: Liveness,
  attempted: AttemptedDecisions | undefined,
  attempt: (attempted: AttemptedDecisions | undefined) => void,
): Steps<readonly Decided[]> {
  const input = JSON.stringify(names.map((name) => ({ name })));
  const rows = new Map((yield* ask(queries.lockSchedules, { input })).map((row) => [row.name, row]));
  if (attempted !== undefined && (yield* isKept(queries, rows.get(attempted.changed), attempted))) return attempted.decided;
  const { open, mark } = yield* findOpen(queries, input, liveness);
  const decisions = names.map((name) => {
    const row = rows.get(name);
    const view = { record: row && scheduleOf(row), open: open.get(name) ?? [] };
    return { name, view, decision: decide(name, view) };
  });
  const kept = decisions.filter(({ decision }) => keepsAnything(decision));
  const begun = yield* keep(queries, kept, rows, owner, mark);
  const decided = decisions.map(({ name, view, decision }) => ({
    record: decision.record ?? view.record,
    begun: begun.has(name),
  }));
  const [changed] = kept;
  const before = changed && rows.get(changed.name)?.mark;
  attempt(changed && { decided, mark, changed: changed.name, before, ...placesOf(kept, begun) });
  return decided;
}

/**
 * Whether an attempt was committed after all. A row that is as it was before tells that it was not; else the database does, whose numbers for transactions
 * may be given again after a crash, and would not do alone. Whether a mark is lower tells nothing: a transaction has its number from its first lock on, and
 * may have waited for this row since.
 */
function* isKept(queries: Queries, row: SchedulesTable | undefined, { mark, before }: AttemptedDecisions): Steps<boolean> {
  if (row?.mark === before) return false;
  const [answer] = yield* ask(queries.isCommitted, { mark });
  return answer?.committed === 1;
}

/** The open firings by their schedules, and the mark of this transaction. */
function* findOpen(
  queries: Queries,
  input: string,
  liveness: Liveness,
): Steps<{ readonly open: ReadonlyMap<string, readonly OpenFiring[]>; readonly mark: number }> {
  const open = new Map<string, OpenFiring[]>();
  const found = yield* ask(queries.openOf, { input });
  for (const { name: schedule, due, cause, run_id, at, owner, identity, expires } of found) {
    // A name without open firings.
    if (due === null || cause === null || run_id === null || at === null) continue;
    const firing = openFiringOf({ schedule, due, cause, run_id, at, owner, identity, expires }, liveness);
    const others = open.get(schedule);
    if (others === undefined) open.set(schedule, [firing]);
    else others.push(firing);
  }
  for (const firings of open.values()) firings.sort((a, b) => a.due - b.due);
  return { open, mark: found[0]?.mark ?? 0 };
}

function keepsAnything({ record, end, begin, adopt }: Decision): boolean {
  return record !== undefined || end !== undefined || begin !== undefined || adopt !== undefined;
}

/** Keeps what was decided, each kind at once, and returns the names of the schedules that have fired. */
function* keep(
  queries: Queries,
  kept: readonly Kept[],
  rows: ReadonlyMap<string, SchedulesTable>,
  owner: number,
  mark: number,
): Steps<ReadonlySet<string>> {
  // In one order everywhere: two that add the same schedules would else wait for each other.
  const sorted = kept.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const changed = sorted.map(({ name, view, decision }) => rowOfSchedule(name, decision.record ?? view.record, mark));
  const added = changed.filter(({ name }) => !rows.has(name));
  if ((yield* askAll(queries.insertSchedules, added)).length < added.length) throw new LostRace();
  const updated = changed.filter(({ name }) => rows.has(name));
  yield* askAll(queries.updateSchedules, updated);
  const ended = sorted.flatMap(({ name: schedule, decision: { end } }) =>
    end === undefined ? [] : [{ schedule, due: end.due, outcome: end.outcome, ended: end.at }],
  );
  yield* askAll(queries.endFirings, ended);
  const begun = sorted.flatMap(({ name: schedule, decision: { begin } }) =>
    begin === undefined ? [] : [{ schedule, due: begin.due, cause: begin.cause, run_id: begin.runId, at: begin.at, owner }],
  );
  const fired = yield* askAll(queries.beginFirings, begun);
  const adopted = sorted.flatMap(({ name: schedule, decision: { adopt: due } }) =>
    due === undefined ? [] : [{ schedule, due }],
  );
  if (adopted.length > 0) yield* ask(queries.adoptFirings, { input: JSON.stringify(adopted), owner });
  return new Set(fired.map(({ schedule }) => schedule));
}

/** Asks a query about rows, if there are any. */
function* askAll<R>(query: Query<Input, R>, rows: readonly object[]): Steps<readonly R[]> {
  return rows.length === 0 ? [] : yield* ask(query, { input: JSON.stringify(rows) });
}

function placesOf(kept: readonly Kept[], begun: ReadonlySet<string>): Pick<AttemptedDecisions, "held" | "ended"> {
  const held: FiringPlace[] = [];
  const ended: FiringPlace[] = [];
  for (const { name: schedule, view, decision } of kept) {
    const { begin, end, adopt } = decision;
    if (begin !== undefined && begun.has(schedule)) held.push({ schedule, due: begin.due });
    const adopted = view.open.find(({ due }) => due === adopt);
    if (adopted !== undefined) held.push({ schedule, due: adopted.due });
    if (end !== undefined) ended.push({ schedule, due: end.due });
  }
  return { held, ended };
}
