/** What observers are made with: several as one, and filters. What they observe is in `cano`, observers for pino and OpenTelemetry have doors of their own. */

export { combine } from "./combine.js";
export type { EventOf, Hook } from "./hooks.js";
export type { Observer, RunEvent, RunOutcome, RunTrace, Surroundings, TaskEnd, TaskEvent } from "./observer.js";
export { type EventFilter, only } from "./only.js";
