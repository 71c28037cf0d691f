/** The instruments that runs and schedules are measured with: names, units, what they count. What is counted when is `otel-metrics.ts`. */

import type { Counter, Histogram, Meter, UpDownCounter } from "@opentelemetry/api";

// Seconds, from a quick task to a run of some minutes.
const BOUNDARIES = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];

const COUNTERS = {
  cano_state_enters_total: ["{state}", "states entered"],
  cano_observed_task_runs_total: ["{task}", "tasks and branches that have ended"],
  cano_task_retries_total: ["{retry}", "failed attempts that another follows"],
  cano_task_attempts_total: ["{attempt}", "attempts that have ended"],
  cano_circuit_open_events_total: ["{attempt}", "attempts refused by their circuit breaker, by task"],
  cano_circuit_rejections_total: ["{attempt}", "attempts refused by their circuit breaker"],
  cano_circuit_acquires_total: ["{call}", "calls that were let through by circuit breakers, or refused"],
  cano_circuit_outcomes_total: ["{call}", "calls that came back to circuit breakers, by what came of them"],
  cano_circuit_transitions_total: ["{transition}", "transitions of circuit breakers"],
  cano_checkpoints_observed_total: ["{row}", "rows stored"],
  cano_checkpoint_appends_total: ["{row}", "rows stored, or not, since the store failed"],
  cano_checkpoint_clears_total: ["{run}", "runs removed from their store when they ended, or not, since the store failed"],
  cano_resumes_total: ["{run}", "runs resumed"],
  cano_observed_workflow_timeouts_total: ["{run}", "runs that were out of time"],
  cano_observed_unknown_resume_states_total: ["{state}", "states of resumed runs that their workflow does not have"],
  cano_observed_cancellations_total: ["{run}", "runs cancelled while they were in progress"],
  cano_workflow_runs_total: ["{run}", "runs that have ended"],
  cano_split_branch_results_total: ["{branch}", "branches of splits that are over"],
  cano_poll_iterations_total: ["{poll}", "polls answered"],
  cano_batch_runs_total: ["{batch}", "batches that have ended, each attempt for itself"],
  cano_batch_items_total: ["{item}", "items of batches that have ended"],
  cano_stream_runs_total: ["{stream}", "streams that have ended"],
  cano_stream_windows_total: ["{window}", "windows of streams flushed"],
  cano_stream_items_total: ["{item}", "items of streams that have ended"],
  cano_step_iterations_total: ["{step}", "steps that have ended"],
  cano_compensations_run_total: ["{compensation}", "compensations that have ended"],
  cano_compensation_drains_total: ["{run}", "runs that were undone"],
  cano_rate_limiter_acquired_total: ["{call}", "calls that rate limiters let through"],
  cano_rate_limiter_throttled_total: ["{call}", "calls that rate limiters had wait, or refused"],
  cano_rate_limiter_tokens_consumed_total: ["{token}", "what was taken of rate limiters"],
  cano_multi_rate_limiter_throttled_total: ["{call}", "calls that tiers of rate limiters had wait, or refused"],
  cano_scheduler_flow_runs_total: ["{run}", "runs of schedules that have ended"],
  cano_scheduler_flow_backoff_total: ["{failure}", "failures of schedules that wait before they are due again"],
  cano_scheduler_flow_tripped_total: ["{trip}", "schedules that stopped since they had failed too often"],
} as const;

const HISTOGRAMS = {
  cano_workflow_duration_seconds: "how long runs took",
  cano_task_duration_seconds: "how long tasks and splits took, all attempts included",
  cano_rate_limiter_wait_seconds: "how long calls waited for rate limiters",
  cano_observed_workflow_timeout_limit_seconds: "the total timeouts of runs that were out of time",
  cano_observed_workflow_timeout_elapsed_seconds: "how long runs took that were out of time",
  cano_scheduler_flow_duration_seconds: "how long runs of schedules took",
} as const;

const GAUGES = {
  cano_workflow_active: ["{run}", "runs in progress"],
  cano_scheduler_active_flows: ["{run}", "runs of schedules in progress"],
} as const;

/** The instruments, by their names. */
export type Instruments = Readonly<
  Record<keyof typeof COUNTERS, Counter> & Record<keyof typeof HISTOGRAMS, Histogram> & Record<keyof typeof GAUGES, UpDownCounter>
>;

/** Makes the instruments of `meter`. Durations are histograms in seconds. */
export function createInstruments(meter: Meter): Instruments {
  const entries = [
    ...Object.entries(COUNTERS).map(([name, [unit, description]]) => [name, meter.createCounter(name, { unit, description })]),
    ...Object.entries(HISTOGRAMS).map(([name, description]) => [
      name,
      meter.createHistogram(name, { unit: "s", description, advice: { explicitBucketBoundaries: BOUNDARIES } }),
    ]),
    ...Object.entries(GAUGES).map(([name, [unit, description]]) => [
      name,
      meter.createUpDownCounter(name, { unit, description }),
    ]),
  ];
  // The names are those of the tables.
  return Object.fromEntries(entries) as Instruments;
}
