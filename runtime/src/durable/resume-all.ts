/** Goes on with all the runs of a workflow that were left behind, so many at a time. */

import type { RunRecord } from "../checkpoint/checkpoint-store.js";
import { CanoError, isCanoError } from "../errors/cano-error.js";
import { requireCount } from "../errors/require.js";
import { requireOptions, requireSignal } from "../errors/require-shape.js";
import { textOf } from "../errors/thrown.js";
import type { Home } from "../run/home.js";
import { clockOf } from "../run/timers.js";
import type { Clock } from "../time/clock.js";
import type { DurableEngine } from "./durable-engine.js";
import type { ResumeAllOptions, Resumed } from "./options.js";

// Runs are listed so many at a time.
const PAGE = 200;
// A run that takes longer, in milliseconds, makes room for the next: it may be waiting for a month.
const LONGEST_TURN = 1_000;

/** See the file's first line. `resume` goes on with one of them. */
export async function resumeAll<Result>(
  {
    store,
    workflow,
    engine,
  }: Pick<DurableEngine<never, never, Result>, "store" | "workflow"> & { readonly engine: { readonly home: Home } },
  options: ResumeAllOptions,
  resume: (runId: string) => Promise<Result>,
): Promise<readonly Resumed<Result>[]> {
  requireOptions<ResumeAllOptions>("resumeAll", options, { concurrency: 1, signal: 1 });
  const { concurrency = 100, signal } = options;
  requireCount("concurrency", concurrency, 1);
  requireSignal(signal);
  const outcomes: Promise<Resumed<Result> | undefined>[] = [];
  const left = abandonedRuns(store, workflow);
  const clock = clockOf(engine.home);
  let workers = 0;
  const work = async (employ: () => void): Promise<void> => {
    for await (const { runId } of left) {
      if (signal?.aborted === true) return;
      // Another one looks for the next run, and none where this was the last: there may be room for more of them than memory has.
      if (workers < concurrency) employ();
      const outcome = outcomeOf(runId, resume);
      outcomes.push(outcome);
      await turnOf(clock, outcome);
    }
  };
  await new Promise<void>((resolve, reject) => {
    const employ = (): void => {
      workers++;
      work(employ).then(() => {
        if (--workers === 0) resolve();
      }, reject);
    };
    employ();
  });
  return (await Promise.all(outcomes)).filter((outcome) => outcome !== undefined);
}

/** Waits for `outcome`, but not for ever. */
function turnOf(clock: Clock, outcome: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const callOff = clock.schedule(resolve, LONGEST_TURN);
    outcome
      .then(() => {
        callOff();
        resolve();
      })
      .catch(reject);
  });
}

async function* abandonedRuns(
  store: DurableEngine<never, never, unknown>["store"],
  workflow: string,
): AsyncGenerator<RunRecord, void> {
  for (let after = 0; ;) {
    const page = await store.list({ workflow, statuses: ["running", "compensating"], abandoned: true, after, limit: PAGE });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.key ?? after;
  }
}

/** Undefined when somebody else goes on with it. */
async function outcomeOf<Result>(
  runId: string,
  resume: (runId: string) => Promise<Result>,
): Promise<Resumed<Result> | undefined> {
  try {
    return { runId, ok: true, result: await resume(runId) };
  } catch (thrown) {
    // That of another run, which this one had begun, is what it has failed with.
    if (isCanoError(thrown, "run_conflict") && (thrown.runId ?? runId) === runId) return undefined;
    const error = isCanoError(thrown)
      ? thrown
      : new CanoError("checkpoint_store", textOf(thrown), { code: "CANO7021", cause: thrown });
    return { runId, ok: false, error };
  }
}
