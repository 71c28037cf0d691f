/** The numbered door: the only thing that generated code imports at run time. What is here stays as it is; a change makes a `v2`. */

export type { Graph } from "../graph.js";
export type { Admission } from "../resilience/admission.js";
export { within } from "../resilience/attempt-timeout.js";
export { guards } from "../resilience/guards.js";
export { retry } from "../resilience/retry-loop.js";
export { policies } from "../resilience/task-config.js";
export type { Supply } from "../resource.js";
export { budget } from "../run/budget.js";
export { createSyncWorkflow } from "../run/create-sync-workflow.js";
export { createWorkflow } from "../run/create-workflow.js";
export { exit, unexpectedTarget } from "../run/exit.js";
export { fail } from "../run/failure.js";
export type { Arguments, Exit, Options, Orchestrator, Request, RequestAt, SyncOrchestrator } from "../run/options.js";
export { Resources } from "../run/resources.js";
export type { Run } from "../run/run.js";
export { context } from "../run/task-context.js";
export { asBatch, batch, prepareBatch, type PreparedBatch } from "../task/batch.js";
export { asPoll, poll, preparePoll, type PreparedPoll } from "../task/poll.js";
export { steps } from "../task/steps.js";
export { prepareStream, type PreparedStream, stream } from "../task/stream.js";
export { asTimer, timer } from "../task/timer.js";
export { fork } from "../task/split-loop.js";
export { prepareSplit } from "../task/prepared-split.js";
export type { StateOf } from "../workflow.js";
export type { HandedTo, InputOf, JoinedOf, ResourcesOf, ReturnedBy } from "./types.js";
