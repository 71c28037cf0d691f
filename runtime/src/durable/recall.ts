/** What a run that has ended came to, from its stored rows. */

import type { StoredRun } from "../checkpoint/checkpoint-store.js";
import { runConflict } from "../checkpoint/store-errors.js";
import { hasEnded } from "../checkpoint/stored-rows.js";
import type { CanoError } from "../errors/cano-error.js";
import { decodePayload } from "../payload/payload.js";
import type { Exit } from "../run/exit.js";
import type { Home } from "../run/home.js";
import { corrupt, readText } from "./corrupt.js";
import { numberOf } from "./number-of.js";
import { recallError } from "./recorded-error.js";
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
    output: readText(run.runId, newest, newest.payload, (text) => decodePayload(home, text)),
  };
}

function failureOf({ run, rows }: StoredRun): CanoError {
  const told = rows.findLast(({ kind }) => kind === "end" || kind === "failure");
  const error = told && readText(run.runId, told, told.payload, recallError);
  if (error === undefined) throw corrupt(run.runId, told?.sequence, "there is no row with a failure");
  return error;
}
