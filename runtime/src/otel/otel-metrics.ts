/** Metrics of runs and schedules with OpenTelemetry: which event counts where. The instruments are `instruments.ts`. */

import { type Attributes, type Meter, metrics } from "@opentelemetry/api";
import { isCanoError } from "../errors/cano-error.js";
import { requireList, requireMethod, requireOptions } from "../errors/require-shape.js";
import type { EventOf } from "../observe/hooks.js";
import type { Observer, RunEvent, TaskEvent } from "../observe/observer.js";
import { runKeyOf } from "../observe/run-key.js";
import type { ScheduleObserver } from "../scheduler/options.js";
import { type Gate, measureGates } from "./gate-metrics.js";
import { createInstruments, type Instruments } from "./instruments.js";
import { measureSchedules } from "./schedule-metrics.js";

/** What runs and schedules are measured with. */
export interface OtelMetrics {
  /** For `observers` of workflow objects. */
  readonly observer: Observer;
  /** For `observers` of schedulers. */
  readonly schedules: ScheduleObserver;
}

/** How things are measured. */
export interface MetricsOptions {
  /** Default: the global meter called `cano`. */
  readonly meter?: Meter;
  /** The date in milliseconds, by which runs of schedules are timed. Default: the process's. */
  readonly now?: () => number;
  /** The circuit breakers and rate limiters to be measured, whoever calls them: each in one `otelMetrics` only. Default: none. */
  readonly watch?: readonly Gate[];
}

/**
 * Measures runs and schedules, and the breakers and limiters that it is given. Labels are names that are written in the code: of workflows, states, tasks, schedules; what a branch is
 * called is without its index. Throws `configuration` when it is given something else to watch.
 */
export function otelMetrics(options: MetricsOptions = {}): OtelMetrics {
  requireOptions<MetricsOptions>("otelMetrics", options, { meter: 1, now: 1, watch: 1 });
  const { meter = metrics.getMeter("cano"), now = Date.now, watch = [] } = options;
  requireList("watch", watch);
  for (const gate of watch) requireMethod("watch", gate, "watch", "a list of circuit breakers and rate limiters");
  const instruments = createInstruments(meter);
  measureGates(instruments, watch);
  return {
    observer: new MetricsObserver(instruments),
    schedules: measureSchedules(instruments, now),
  };
}

class MetricsObserver implements Observer {
  /** Of each run the tasks and branches whose end is their fallback's. */
  private readonly stoodIn = new Map<string, Set<string>>();

  constructor(private readonly instruments: Instruments) {}

  runStart({ workflow }: RunEvent): void {
    this.instruments.cano_workflow_active.add(1, { workflow });
  }

  runEnd(event: EventOf<"runEnd">): void {
    const { workflow, outcome, elapsed } = event;
    // A filter may have let the beginning of a fallback pass, and not its end.
    this.stoodIn.delete(runKeyOf(event));
    this.instruments.cano_workflow_active.add(-1, { workflow });
    this.instruments.cano_workflow_runs_total.add(1, { workflow, outcome });
    this.instruments.cano_workflow_duration_seconds.record(elapsed / 1_000, { workflow, outcome });
  }

  resume({ workflow }: RunEvent): void {
    this.instruments.cano_resumes_total.add(1, { workflow });
  }

  unknownResumeState({ workflow }: RunEvent): void {
    this.instruments.cano_observed_unknown_resume_states_total.add(1, { workflow });
  }

  stateEnter({ workflow, state }: RunEvent): void {
    this.instruments.cano_state_enters_total.add(1, { workflow, state: String(state) });
  }

  checkpoint(event: EventOf<"checkpoint">): void {
    this.instruments.cano_checkpoints_observed_total.add(1, { workflow: event.workflow });
    this.countWrite(event, "ok");
  }

  checkpointFailure(event: EventOf<"checkpointFailure">): void {
    this.countWrite(event, "err");
  }

  circuitOpen(event: TaskEvent): void {
    this.instruments.cano_circuit_open_events_total.add(1, taskLabels(event));
    this.instruments.cano_circuit_rejections_total.add(1, { workflow: event.workflow });
  }

  retry(event: EventOf<"retry">): void {
    this.instruments.cano_task_retries_total.add(1, taskLabels(event));
    this.countAttempt(event, event);
  }

  fallback(event: EventOf<"fallback">): void {
    const places = this.stoodIn.get(runKeyOf(event)) ?? new Set();
    this.stoodIn.set(runKeyOf(event), places.add(placeOf(event)));
    this.countAttempt(event, event);
  }

  taskSuccess(event: EventOf<"taskSuccess">): void {
    this.instruments.cano_observed_task_runs_total.add(1, { ...taskLabels(event), outcome: "completed" });
    if (!this.forgetFallback(event)) this.countAttempt(event);
    this.countDuration(event);
    if (event.kind === "stream")
      this.instruments.cano_stream_runs_total.add(1, { workflow: event.workflow, outcome: "completed" });
  }

  taskFailure(event: EventOf<"taskFailure">): void {
    const { workflow, kind, error } = event;
    this.instruments.cano_observed_task_runs_total.add(1, { ...taskLabels(event), outcome: "failed" });
    // No longer wanted: the run is ended from outside, where it is. An error of another place came of a run inside of this one.
    const isCalledOff = isCanoError(error) && CALLED_OFF.has(error.category) && error.state === event.state;
    // With a fallback that has failed, too, the last attempt was counted before.
    if (!this.forgetFallback(event) && !isCalledOff) this.countAttempt(event, event);
    this.countDuration(event);
    const outcome = isCanoError(error, "cancelled") ? "cancelled" : "failed";
    if (kind === "stream") this.instruments.cano_stream_runs_total.add(1, { workflow, outcome });
  }

  taskCancelled(event: TaskEvent): void {
    this.forgetFallback(event);
  }

  join({ workflow, state, kind, successes, failures, cancelled, elapsed }: EventOf<"join">): void {
    for (const [result, count] of Object.entries({ success: successes, failure: failures, cancelled }))
      if (count > 0) this.instruments.cano_split_branch_results_total.add(count, { workflow, result });
    this.instruments.cano_task_duration_seconds.record(elapsed / 1_000, { workflow, state: String(state), kind });
  }

  poll({ workflow, ready }: EventOf<"poll">): void {
    this.instruments.cano_poll_iterations_total.add(1, { workflow, outcome: ready ? "ready" : "pending" });
  }

  step({ workflow, done }: EventOf<"step">): void {
    this.instruments.cano_step_iterations_total.add(1, { workflow, outcome: done ? "done" : "more" });
  }

  progress({ workflow, kind, ok }: EventOf<"progress">): void {
    const items = kind === "stream" ? this.instruments.cano_stream_items_total : this.instruments.cano_batch_items_total;
    items.add(1, { workflow, result: ok ? "ok" : "err" });
  }

  window({ workflow }: RunEvent): void {
    this.instruments.cano_stream_windows_total.add(1, { workflow });
  }

  workflowTimeout({ workflow, limit, elapsed }: EventOf<"workflowTimeout">): void {
    this.instruments.cano_observed_workflow_timeouts_total.add(1, { workflow });
    this.instruments.cano_observed_workflow_timeout_limit_seconds.record(limit / 1_000, { workflow });
    this.instruments.cano_observed_workflow_timeout_elapsed_seconds.record(elapsed / 1_000, { workflow });
  }

  cancelled({ workflow }: RunEvent): void {
    this.instruments.cano_observed_cancellations_total.add(1, { workflow });
  }

  compensateSuccess({ workflow }: RunEvent): void {
    this.instruments.cano_compensations_run_total.add(1, { workflow, result: "ok" });
  }

  compensateFailure({ workflow }: RunEvent): void {
    this.instruments.cano_compensations_run_total.add(1, { workflow, result: "err" });
  }

  drain({ workflow, failed }: EventOf<"drain">): void {
    this.instruments.cano_compensation_drains_total.add(1, { workflow, outcome: failed === 0 ? "clean" : "partial" });
  }

  /** What `event` is about has ended: whether its fallback stood in for it. */
  private forgetFallback(event: TaskEvent): boolean {
    const places = this.stoodIn.get(runKeyOf(event));
    const isFound = places?.delete(placeOf(event)) ?? false;
    if (places?.size === 0) this.stoodIn.delete(runKeyOf(event));
    return isFound;
  }

  private countWrite({ workflow, clears }: RunEvent & { readonly clears: boolean }, result: "ok" | "err"): void {
    const { cano_checkpoint_clears_total: cleared, cano_checkpoint_appends_total: appended } = this.instruments;
    (clears ? cleared : appended).add(1, { workflow, result });
  }

  /** Counts an attempt that has ended: with `failure`, or well. One that was refused has made none. */
  private countAttempt({ workflow, kind, task, branchKind }: TaskEvent, failure?: { readonly error: unknown }): void {
    const last = lastOf(failure?.error);
    if (isCanoError(last) && REFUSED.has(last.category)) return;
    // Those of compensations are none of the task's.
    if (task.endsWith(".compensate")) return;
    const outcome = failure === undefined ? "completed" : "failed";
    this.instruments.cano_task_attempts_total.add(1, { workflow, outcome });
    if (kind === "batch" || branchKind === "batch") this.instruments.cano_batch_runs_total.add(1, { workflow, outcome });
  }

  private countDuration({ workflow, state, kind, branch, elapsed }: EventOf<"taskSuccess">): void {
    // A split is timed as a whole.
    if (branch === undefined)
      this.instruments.cano_task_duration_seconds.record(elapsed / 1_000, { workflow, state: String(state), kind });
  }
}

const REFUSED: ReadonlySet<string> = new Set(["circuit_open", "bulkhead_full", "rate_limited"]);
const CALLED_OFF: ReadonlySet<string> = new Set(["cancelled", "workflow_timeout"]);

/** What the last of several attempts failed with. */
function lastOf(error: unknown): unknown {
  return isCanoError(error, "retry_exhausted") && error.cause instanceof AggregateError ? error.cause.cause : error;
}

function taskLabels({ workflow, task }: TaskEvent): Attributes {
  // The index of a branch has no bound where branches are computed.
  return { workflow, task: task.replace(/\[\d+\]$/, "") };
}

function placeOf({ state, branch = -1 }: TaskEvent): string {
  return `${state}/${branch}`;
}
