/** Rows and drivers for the tests of stores. */

import type { CheckpointRow, CheckpointStore, Claim, Claiming, Driver, RunName } from "cano/checkpoints";

/** A row that enters a state. */
export function entry(sequence: number, more: Partial<CheckpointRow> = {}): CheckpointRow {
  return {
    sequence,
    kind: "entry",
    state: `s${sequence}`,
    visit: Math.max(0, sequence - 1),
    count: 0,
    version: 1,
    payload: `{"row":${sequence}}`,
    undo: undefined,
    due: undefined,
    at: 1_000 + sequence,
    ...more,
  };
}

/** A driver to whom it does not matter. */
export const idle: Driver = { cancel: () => undefined };

export function nameOf(runId: string, workflow = "order"): RunName {
  return { workflow, runId };
}

/** Begins a run that is not there. */
export async function begin(store: CheckpointStore, runId: string, driver: Driver = idle): Promise<Claim> {
  const claim = await store.begin({ ...nameOf(runId), version: 1 }, entry(0), driver);
  if (claim === undefined) throw new Error(`run ${runId} is there`);
  return claim;
}

/** Claims a run that is running, whatever comes of it. */
export function take(store: CheckpointStore, runId: string, driver: Driver = idle): Promise<Claiming> {
  return store.claim(nameOf(runId), ["running"], 5_000, driver);
}

/** The sequences of a run's rows. */
export async function sequencesOf(store: CheckpointStore, runId: string): Promise<readonly number[]> {
  return (await store.history(nameOf(runId), -1, 1_000_000)).map(({ sequence }) => sequence);
}

/** What a promise rejects with; undefined when it does not. */
export function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
