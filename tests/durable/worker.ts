/** A process that does the runs it is told of, until all are done or somebody kills it: `<database> <schema> <file of effects> <start> <runs, as JSON>`. */

import { appendFileSync } from "node:fs";
import { once } from "node:events";
import { type Clock, isCanoError } from "cano";
import type { CheckpointStore } from "cano/checkpoints";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import type { Scenario } from "./scenario.js";

/** The workflow's time passes so many times as fast as ours: a day in 86 milliseconds. */
const HASTE = 1_000_000;

/** How the ids of runs begin that are to fail. */
export const FAILING = "bad";

/** Opens a SQLite file, or a schema of a PostgreSQL database. */
export function openPlace(database: string, schema: string): CheckpointStore {
  return database.startsWith("postgres:")
    ? postgresCheckpoints({ connectionString: database, schema })
    : sqliteCheckpoints(database);
}

/** Throws where a run that is to fail does so. */
export function failsIn(what: string, key: string): void {
  if (what === "pay cy" && key.includes(`/${FAILING}`)) throw new Error("cannot pay cy");
}

/** See the file's first line. Begins when it is sent a line. */
export async function work(scenario: Scenario): Promise<void> {
  const [database = "", schema = "", effects = "", start = "", runs = "[]"] = process.argv.slice(2);
  await using checkpoints = openPlace(database, schema);
  const workflow = scenario.create({ checkpoints, clock: hastyClock(Number(start)) }, async (what, key) => {
    appendFileSync(effects, `${JSON.stringify([what, key])}\n`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    failsIn(what, key);
  });

  // Opens the database: from here on it is the work that takes the time.
  await checkpoints.list({ limit: 1 });
  console.log("ready");
  await once(process.stdin, "data");
  process.stdin.destroy();

  for (let left = JSON.parse(runs) as readonly string[]; left.length > 0; left = await unfinished(left)) {
    const resumed = workflow.resumeAll();
    await Promise.all(left.map(begin));
    for (const outcome of await resumed) if (!outcome.ok) requireExpected(outcome.runId, outcome.error);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }

  async function begin(runId: string): Promise<void> {
    if ((await workflow.runs.get(runId)) !== undefined) return;
    await workflow.orchestrate({ ...scenario.request, runId }).catch((error: unknown) => requireExpected(runId, error));
  }

  async function unfinished(some: readonly string[]): Promise<readonly string[]> {
    const records = await Promise.all(some.map((runId) => workflow.runs.get(runId)));
    return some.filter((_, at) => records[at]?.endedAt === undefined);
  }
}

/** A run fails only if it is to; and somebody else may have been faster. */
function requireExpected(runId: string, error: unknown): void {
  const isExpected =
    isCanoError(error) &&
    (error.category === "run_conflict" || (error.category === "retry_exhausted" && runId.startsWith(FAILING)));
  if (!isExpected) throw error;
}

/** All processes see the same date, which is 1970 at `start`, in our milliseconds. */
function hastyClock(start: number): Clock {
  return {
    now: () => performance.now() * HASTE,
    epoch: () => (Date.now() - start) * HASTE,
    schedule(callback, delay) {
      const timer = setTimeout(callback, delay / HASTE);
      return () => clearTimeout(timer);
    },
  };
}
