/** What a run that has ended came to, from its stored rows. */

import type { RunName, StoredRun } from "../checkpoint/checkpoint-store.js";
import { runConflict } from "../checkpoint/run-conflict.js";
import { hasEnded } from "../checkpoint/stored-rows.js";
import type { CanoError } from "../run/errors.js";
import { textOf } from "../run/failure.js";
import type { Home } from "../run/home.js";
import type { Exit } from "../run/options.js";
import { decodePayload } from "../run/payload.js";
import { recallError } from "./recorded-error.js";
import { corrupt, numberOf } from "./rehydrate.js";
import { unknownState } from "./run-errors.js";

/** The result of `stored`. Throws the error that it ended with, and `run_conflict` while it has not ended. */
export function recall(home: Home, stored: StoredRun): Exit<string | number, unknown> {
  const { run, rows } = stored;
  if (!hasEnded(run.status)) {
    const why =
      run.owner === undefined ? "was left behind in progress: it may be resumed" : `is in progress, driven by ${run.owner}`;
    throw runConflict(run, why);
  }
  const newest = rows.at(-1);
  if (newest?.kind !== "exit") throw failureOf(stored);
  const state = home.states[numberOf(home, newest.state)];
  if (state === undefined) throw unknownState(run, newest.state);
  return {
    state,
    output: parse(run, newest.sequence, () => (newest.payload === undefined ? undefined : decodePayload(home, newest.payload))),
  };
}

function failureOf({ run, rows }: StoredRun): CanoError {
  const told = rows.findLast(({ kind }) => kind === "end" || kind === "failure");
  if (told?.payload === undefined) throw corrupt(run.runId, told?.sequence, "there is no row with a failure");
  const { payload } = told;
  return parse(run, told.sequence, () => recallError(payload));
}

function parse<T>({ runId }: RunName, sequence: number, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw corrupt(runId, sequence, textOf(cause));
  }
}
