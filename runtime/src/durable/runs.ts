/** What can be asked of the stored runs of a workflow, whoever drives them. */

import type { RunStatus } from "../checkpoint/checkpoint-store.js";
import { hasEnded } from "../checkpoint/stored-rows.js";
import type { Lease } from "../engine/resources.js";
import { outOfRange, requireCount, requireTime } from "../errors/require.js";
import { requireList, requireOptions } from "../errors/require-shape.js";
import type { DurableEngine } from "./durable-engine.js";
import type { RunFilter, Runs } from "./options.js";
import { CANCEL } from "./rollback.js";

// What a stuck run has done is still there, and its rows are all that says so.
const DONE_WITH: readonly RunStatus[] = ["completed", "failed", "cancelled", "compensated"];
const STATUSES: readonly RunStatus[] = ["running", "compensating", ...DONE_WITH, "stuck"];

const FILTERS: Readonly<Record<keyof RunFilter, 1>> = {
  runId: 1,
  statuses: 1,
  abandoned: 1,
  endedBefore: 1,
  after: 1,
  before: 1,
  limit: 1,
  newest: 1,
};

/** The runs of the workflow of `durable`. `use` calls back with its resources. */
export function runsOf<R extends object, I, Result>(
  durable: DurableEngine<R, I, Result>,
  use: <T>(begin: (...lease: Lease<R>) => Promise<T>) => Promise<T>,
): Runs {
  const { store, workflow } = durable;
  return {
    get: async (runId) => await store.find(durable.nameOf(runId)),
    async list(asked = {}) {
      requireFilter("list", asked);
      const { limit = 100, ...filter } = asked;
      requireInRange(limit, filter);
      return await store.list({ ...filter, workflow, limit });
    },
    async history(runId, { after = -1, limit = 1_000 } = {}) {
      requireInRange(limit, { after });
      return await store.history(durable.nameOf(runId), after, limit);
    },
    async cancel(runId) {
      const name = durable.nameOf(runId);
      const { status } = await durable.find(name);
      if (hasEnded(status) && status !== "stuck") return "ended";
      if (await store.requestCancel(name)) return "cancelling";
      const error = await use((...lease) => durable.rollBack(runId, CANCEL, ...lease));
      if (error?.category === "compensation_failed") throw error;
      // One that had failed before ends with that.
      return error?.category === "cancelled" ? "cancelled" : "ended";
    },
    async prune(asked) {
      requireFilter("prune", asked);
      const { limit = 1_000, statuses = DONE_WITH, ...filter } = asked;
      requireInRange(limit, filter);
      return await store.prune({ ...filter, statuses, workflow, limit });
    },
  };
}

/** A filter that is misspelt would let all runs pass, and all would be removed. */
function requireFilter(method: string, filter: RunFilter): void {
  requireOptions(method, filter, FILTERS);
  const { statuses } = filter;
  if (statuses === undefined) return;
  requireList("statuses", statuses);
  for (const status of statuses)
    if (!STATUSES.includes(status)) throw outOfRange("statuses", `a list of \`${STATUSES.join("`, `")}\``, status);
}

/** What is no number would be more than any other to one database, less to the next: one of them would remove all runs. */
function requireInRange(limit: number, { after, before, endedBefore }: RunFilter): void {
  requireCount("limit", limit, 1);
  if (after !== undefined) requireCount("after", after, -1);
  if (before !== undefined) requireCount("before", before, -1);
  if (endedBefore !== undefined) requireTime("endedBefore", endedBefore);
}
