/**
 * Runs that a schedule has fired: they stay in the store until their firing is settled, also where `retention` is `"clear"`. Who takes a firing over
 * can tell so a run that was forgotten from one that was never begun.
 */

import type { AnyRequest } from "../engine/engine.js";

/** What the scheduler may ask for besides. */
export interface FiredRequest extends AnyRequest {
  readonly isFired?: boolean;
}

/** The error that a run has ended with, which may be like one of the store's: that of a run inside of it. */
export interface Failure {
  readonly error: unknown;
}

/** What the scheduler asks of a workflow object, and nobody else. */
export interface Firable {
  /** What a run that has ended has failed with; undefined where it has reached an exit. Rejects where the store does, and where there is no such run. */
  failureOfFired(runId: string): Promise<Failure | undefined>;
  /** Forgets a run whose firing is settled, if that is what `retention` says. Rejects when the store does. */
  forgetFired(runId: string): Promise<void>;
}

/** How the scheduler names runs: by the schedule and the due time. */
const NAME = /\/(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Whether a run that is resumed may be one: who does that, and did not fire it, knows nothing of it but its id. */
export function isNamedAsFired(runId: string): boolean {
  return NAME.test(runId);
}
