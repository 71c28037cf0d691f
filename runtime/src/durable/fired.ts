/**
 * Runs that a schedule has fired: they stay in the store until their firing is settled, also where `retention` is `"clear"`. Who takes a firing over
 * can tell so a run that was forgotten from one that was never begun.
 */

import type { AnyRequest } from "../engine/engine.js";

/** What the scheduler may ask for besides. */
export interface FiredRequest extends AnyRequest {
  readonly isFired?: boolean;
}

/** What the scheduler asks of a workflow object, and nobody else. */
export interface Firable {
  /** What a run that has ended came to. Rejects with the error that it ended with, and with `checkpoint_store` where there is no such run. */
  recallFired(runId: string): Promise<unknown>;
  /** Forgets a run whose firing is settled, if that is what `retention` says. Rejects when the store does. */
  forgetFired(runId: string): Promise<void>;
}

/** How the scheduler names runs: by the schedule and the due time. */
const NAME = /\/(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Whether a run that is resumed may be one: who does that, and did not fire it, knows nothing of it but its id. */
export function isNamedAsFired(runId: string): boolean {
  return NAME.test(runId);
}
