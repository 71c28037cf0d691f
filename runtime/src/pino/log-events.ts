/** The closed list of what is logged of a run: its event names, with their levels and texts. */

import type { EventOf, Hook } from "../observe/hooks.js";
import type { LogLevel } from "./pino-logger.js";

/** How the events of a hook are logged. */
export interface LogEvent<K extends Hook = Hook> {
  /** The line's text. */
  readonly message: string;
  /** Its level; where it depends on the event, the highest that it may have. */
  readonly level: LogLevel;
  /** Its level, where that depends on the event. */
  readonly levelOf?: (event: EventOf<K>) => LogLevel;
}

/** By the hooks that the events are told to, whose names are the `event` of the lines. */
export const LOG_EVENTS: { readonly [K in Hook]: LogEvent<K> } = {
  runStart: { level: "info", message: "run started" },
  unknownResumeState: { level: "warn", message: "the run has passed a state that is none of the workflow's any more" },
  resume: { level: "info", message: "run resumed" },
  stateEnter: { level: "debug", message: "state entered" },
  checkpoint: { level: "debug", message: "row stored" },
  checkpointFailure: { level: "error", message: "row could not be stored" },
  taskStart: { level: "debug", message: "task started" },
  circuitOpen: { level: "warn", message: "attempt refused by its circuit breaker" },
  hedge: { level: "debug", message: "attempt is slow, another copy started" },
  retry: { level: "warn", message: "attempt failed, another follows" },
  attempt: { level: "debug", message: "another attempt started" },
  poll: { level: "trace", message: "polled" },
  step: { level: "trace", message: "step ended" },
  tolerated: { level: "warn", message: "failure passed over" },
  progress: { level: "trace", message: "item ended" },
  window: { level: "debug", message: "window flushed" },
  fallback: { level: "warn", message: "fallback stands in" },
  taskSuccess: { level: "info", message: "task succeeded" },
  // What a failed branch comes to is said by its join.
  taskFailure: { level: "error", message: "task failed", levelOf: ({ branch }) => (branch === undefined ? "error" : "warn") },
  taskCancelled: { level: "debug", message: "branch aborted" },
  join: { level: "warn", message: "split joined", levelOf: ({ met }) => (met ? "info" : "warn") },
  workflowTimeout: { level: "warn", message: "run out of time" },
  cancelled: { level: "warn", message: "run cancelled" },
  compensateStart: { level: "debug", message: "compensation started" },
  compensateSuccess: { level: "debug", message: "compensation succeeded" },
  compensateFailure: { level: "error", message: "compensation failed" },
  drain: { level: "error", message: "run undone", levelOf: ({ failed }) => (failed === 0 ? "info" : "error") },
  runEnd: { level: "error", message: "run ended", levelOf: ({ outcome }) => END_LEVELS[outcome] },
};

const END_LEVELS = { completed: "info", failed: "error", cancelled: "warn" } as const;
