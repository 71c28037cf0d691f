/** Takes over runs that nobody drives. The `resume` row is what decides between two that want the same run: only one of them can add it. */

import type { Claim, Claiming, RunName, RunRecord, RunStatus } from "../checkpoint-store.js";
import { resumeRow, statusAfterClaim } from "../stored-rows.js";
import type { Liveness } from "./liveness.js";
import type { Queries } from "./queries/index.js";
import { ask, type Steps } from "./query.js";
import { LostRace } from "./race.js";
import { type FoundRun, newestOf, recordOf } from "./runs.js";
import { columnsOf } from "./writing.js";

/** Who wants to go on with which run. */
export interface Candidate {
  readonly run: RunName;
  readonly statuses: readonly RunStatus[];
  readonly at: number;
  /** The key of the store object that wants to drive it. */
  readonly owner: number;
  /** What it is claimed as, where that does not follow from its status. */
  readonly as: "compensating" | undefined;
}

/** What an attempt was about to write: the next one may find it written, when only the answer was lost. */
export interface Attempted {
  readonly claim: Claim;
  readonly run: RunRecord;
  readonly formerly: string | undefined;
}

/** Finds a run and takes it over if that may be. `attempt` is told before anything is written, and `attempted` is what it was told the last time. */
export function* claimRun(
  queries: Queries,
  { run: name, statuses, at, owner, as }: Candidate,
  liveness: Liveness,
  attempted: Attempted | undefined,
  attempt: (attempted: Attempted) => void,
): Steps<Claiming> {
  const [found] = yield* ask(queries.findRun, { workflow: name.workflow, runId: name.runId });
  if (found === undefined) return { kind: "unknown" };
  const driver = liveness.ownerOf(found);
  if (attempted !== undefined && driver === undefined && isOurs(found, attempted, owner))
    return { kind: "claimed", ...attempted };
  const run = recordOf(found, driver);
  if (!statuses.includes(run.status)) return { kind: "refused", run };
  if (driver !== undefined) return { kind: "driven", run };
  const claim = { workflow: run.workflow, runId: run.runId, key: run.key, fence: found.fence + 1 };
  const formerly = liveness.lastOwnerOf(found);
  attempt({ claim, run, formerly });
  yield* take(queries, found, claim, { owner, at, status: statusAfterClaim(run, as) });
  return { kind: "claimed", claim, run, formerly };
}

function isOurs(found: FoundRun, { claim }: Attempted, owner: number): boolean {
  return found.owner === owner && found.key === claim.key && found.fence === claim.fence;
}

/**
 * The row first and the run after it, in the order in which the row of one who still drives the run and its change are written: two
 * transactions that lock the same things in the same order never wait for each other.
 */
function* take(
  queries: Queries,
  found: FoundRun,
  { key, fence }: Claim,
  { owner, at, status }: Pick<Candidate, "owner" | "at"> & { readonly status: RunStatus },
): Steps<void> {
  const added = yield* ask(queries.insertRow, columnsOf(key, fence, resumeRow(newestOf(found), at)));
  if (added.length === 0) throw new LostRace();
  const taken = yield* ask(queries.takeRun, { key, before: found.fence, fence, status, owner });
  if (taken.length === 0) throw new LostRace();
}
