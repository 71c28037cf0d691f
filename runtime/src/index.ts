/** The authoring door: what workflows and their tasks are written with. */

export type { Context, Log } from "./context.js";
export { dead, type Dead, type LeftBehind, type Migrate, type Migration, same, type Same } from "./durable/migration.js";
export type {
  Cancelling,
  DurableOptions,
  DurableOrchestrator,
  ResumeAllOptions,
  Resumed,
  ResumeOptions,
  RunFilter,
  Runs,
  Undoing,
} from "./durable/options.js";
export type { Orchestrator, SyncOrchestrator, WorkflowHealth } from "./engine/options.js";
export { CanoError, type Category, FatalError, isCanoError } from "./errors/cano-error.js";
export { type Checkable, healthOf, type HealthOptions, type HealthReport } from "./health/health-of.js";
export { type ListKeys, MemoryStore } from "./memory-store.js";
export type { Observer, RunEvent, RunOutcome, RunTrace, Surroundings, TaskEnd, TaskEvent } from "./observe/observer.js";
export { bigints, type Codec, codec, dates, maps, sets } from "./payload/codec.js";
export type { BreakerOptions } from "./resilience/breaker-options.js";
export { type Bulkhead, bulkhead, type BulkheadOptions, type Place } from "./resilience/bulkhead.js";
export { type CircuitBreaker, circuitBreaker } from "./resilience/circuit-breaker.js";
export type { RateOptions } from "./resilience/failure-rate.js";
export type { BreakerChange, BreakerState, BreakerWatcher, LimiterWatcher } from "./resilience/gate-watcher.js";
export { all, any, type Join, partialResults, partialTimeout, percentage, quorum, type Tally } from "./resilience/join.js";
export { fixedWindow, type Tier, tiered, tokenBucket } from "./resilience/limiters.js";
export type { BucketOptions, Meter, MeterSnapshot, WindowOptions } from "./resilience/meters.js";
export type { Permit } from "./resilience/permit.js";
export type { Demand, LimiterOptions, RateLimiter, Reservation } from "./resilience/rate-limiter.js";
export { retryAfter } from "./resilience/retry-after.js";
export { type RetryBudget, retryBudget, type RetryBudgetOptions } from "./resilience/retry-budget.js";
export {
  custom,
  decorrelated,
  type DecorrelatedOptions,
  exponential,
  type ExponentialOptions,
  fixed,
  type FixedOptions,
  none,
  type Retry,
  type RetryOptions,
} from "./resilience/retry.js";
export type { Hedge, TaskConfig } from "./resilience/task-config.js";
export type { LineOptions } from "./resilience/waiting-line.js";
export { type Health, type PerRun, perRun, type Resource, type Supply } from "./resource.js";
export type { Exit } from "./run/exit.js";
export type { AnyBranch } from "./task/any-branch.js";
export type { BatchTask, ItemOutcome } from "./task/batch-task.js";
export type { CompensatableTask, CompensateConfig } from "./task/compensatable-task.js";
export type { Backoff, PollErrors, PollTask } from "./task/poll-task.js";
export {
  type BranchFactory,
  type BranchFailure,
  type BranchList,
  type Joined,
  type Split,
  split,
  type SplitOptions,
} from "./task/split.js";
export type { SteppedTask } from "./task/stepped-task.js";
export type { CloseReason, ItemErrors, StreamTask, Window } from "./task/stream-task.js";
export type { Branch, RouterTask, Task } from "./task/task.js";
export type { Due, TimerContext, TimerTask } from "./task/timer-task.js";
export type { Clock, Effect } from "./time/clock.js";
export {
  type Awaitable,
  type More,
  more,
  type Next,
  type Pending,
  pending,
  type To,
  to,
  type Undoable,
  undoable,
} from "./transition.js";
export {
  type AnyTask,
  type Binding,
  type StateOf,
  type States,
  type Workflow,
  workflow,
  type WorkflowOptions,
} from "./workflow.js";
