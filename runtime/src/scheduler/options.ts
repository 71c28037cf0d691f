/** What a scheduler and its schedules can be given. Times are milliseconds, points in time milliseconds since 1970 unless they are dates. */

import type { CheckpointStore } from "../checkpoint/checkpoint-store.js";
import type { Firing, FiringOutcome } from "../checkpoint/schedule-store.js";
import type { Log } from "../context.js";
import type { RunOptions } from "../engine/options.js";
import type { Health } from "../resource.js";
import type { Clock } from "../time/clock.js";
import type { BackoffOptions } from "./backoff.js";

/** A workflow object of any generated module. */
export interface AnyWorkflow {
  readonly graph: { readonly name: string };
  // What it takes is looked up where it is scheduled.
  orchestrate(...request: never[]): Promise<unknown>;
  start(): Promise<void>;
}

/** What `orchestrate` of a workflow takes beside what the scheduler itself gives it. */
export type Asked<W extends AnyWorkflow> = W extends { orchestrate(...request: infer Request): unknown }
  ? Given<NonNullable<Request[0]>>
  : never;
// The run's id and its signal are the scheduler's.
type Given<Request> = Request extends unknown
  ? Omit<Request, keyof RunOptions> & { readonly [Own in keyof RunOptions]?: never }
  : never;

/** The input and the initial state of each run: the same every time, or made from its firing. */
export type RequestFor<W extends AnyWorkflow> = Asked<W> | ((firing: Firing) => Asked<W> | Promise<Asked<W>>);

/** What becomes of a due time that comes while a run of the schedule is in progress. */
export type Overlap =
  /** Nothing. */
  | "skip"
  /** It fires when the run has ended; one waits at the most, and others are skipped. */
  | "queue"
  /** The run is cancelled, and it fires when that has ended; of several that wait, the newest. */
  | "cancel"
  /** It fires as well, as long as so many runs are in progress at the most; else it is skipped. 2 or more. */
  | { readonly allow: number };

/** What becomes of due times that have passed while nobody could fire: no process was running, or the machine was asleep. */
export type Misfire =
  /** Nothing, but for the newest where that is no later than `grace`. */
  | "skip"
  /** It fires once, for the newest of them. */
  | "once"
  /** It fires for each, one after the other, but for so many of the newest at the most. 1 or more. */
  | { readonly catchUp: number };

/** A schedule that fires no more. */
export interface Trip {
  readonly schedule: string;
  /** Failures in a row. */
  readonly streak: number;
  /** The last one. */
  readonly error: string;
}

/** What every schedule can be given. */
export interface CommonOptions {
  /** Default: `"skip"`. */
  readonly overlap?: Overlap;
  /** How long to wait after a failure, and after how many to stop. */
  readonly backoff?: BackoffOptions;
  /** Called when the schedule stops firing, since it has failed too often. */
  readonly onTrip?: (trip: Trip) => void;
}

/** What a schedule with due times can be given. */
export interface TimedOptions extends CommonOptions {
  /** Default: `"once"` for a fixed delay and for `at`, else `"skip"`. */
  readonly misfire?: Misfire;
  /** So late a due time still counts as met; of several, the newest does, and the others are missed. 0 or more. Default: 60,000. */
  readonly grace?: number;
  /** Each firing comes up to so much later than its due time, so that not all come at once; always the same for one due time. 0 or more. Default: 0. */
  readonly jitter?: number;
  /** No due time lies before; a fixed rate is counted from there. */
  readonly from?: Date | number;
  /** No due time lies after. */
  readonly until?: Date | number;
}

/** What `every` can be given. */
export interface EveryOptions extends TimedOptions {
  /** `"delay"`: the interval lies between the end of a run and the next due time; `"rate"`: between due times. Default: `"delay"`. */
  readonly mode?: "delay" | "rate";
}

/** What `cron` can be given. */
export interface CronOptions extends TimedOptions {
  /**
   * The IANA time zone that the expression is read in. A local time that does not exist fires once, moved forward by as much as the clocks were; one that exists
   * twice fires once, the first time. An expression with all 24 hours goes on through both, as time does. Default: `"UTC"`.
   */
  readonly timeZone?: string;
}

/** Options, which must be given where a run cannot do without a request. */
export type OptionsFor<W extends AnyWorkflow, Options> =
  object extends Asked<W>
    ? [options?: Options & { readonly request?: RequestFor<W> }]
    : [options: Options & { readonly request: RequestFor<W> }];

/**
 * A due time for which nothing is fired: a run is in progress, and no other due time may wait, or a later one waits instead; the schedule has failed lately,
 * and backs off; or it was paused, or has failed too often, while this one waited.
 */
export interface Skipped {
  readonly schedule: string;
  /** Milliseconds since 1970. */
  readonly due: number;
  readonly reason: "running" | "backoff" | "paused" | "tripped";
}

/** What can be watched of a scheduler. Every hook is optional, synchronous and guarded. */
export interface ScheduleObserver {
  /** A run is about to begin, since its due time has come or somebody asked for it. */
  fired?(firing: Firing): void;
  /** The process that looked after it is gone, and this one goes on. */
  adopted?(firing: Firing): void;
  /** A due time has come, and nothing is fired for it, also of one that has waited for a run to end. */
  skipped?(event: Skipped): void;
  /** Due times have passed unnoticed, and nothing is fired for them: from `first` on, all before `next`, which is undefined where none follows. */
  missed?(event: { readonly schedule: string; readonly first: number; readonly next: number | undefined }): void;
  /**
   * A run has ended: what it came to and, if it failed, the text of its error. One that the store did not hear of before the scheduler was stopped is told
   * again by the process that takes it over; it is `lost` here where it is not known what it came to.
   */
  ended?(event: Firing & { readonly outcome: FiringOutcome; readonly error: string | undefined }): void;
  /** A run has failed, and nothing is due again before `until`; `streak` counts the failures in a row. */
  backoff?(event: Trip & { readonly until: number }): void;
  /** The schedule fires no more, since it has failed too often, until it is reset. */
  tripped?(event: Trip): void;
}

/** What a scheduler can be given. */
export interface SchedulerOptions {
  /**
   * Where schedules are kept, so that they outlive the process, and several processes share them: each due time fires once. Closing the store is
   * up to who made it. Default: they are kept in memory, and begin anew with each process.
   */
  readonly checkpoints?: CheckpointStore;
  /** Told of every event, in this order. Default: nobody. */
  readonly observers?: readonly ScheduleObserver[];
  /** Where failures, missed times and the like are logged. Default: `console`. */
  readonly log?: Log;
  /** Default: the process's clock. */
  readonly clock?: Clock;
  /** Numbers from 0 up to, but not including, 1. Default: `Math.random`. */
  readonly random?: () => number;
  /** How long `stop` waits for runs that it has cancelled. Above 0. Default: 30,000. */
  readonly stopTimeout?: number;
  /** A store that has not answered `health()` after so many milliseconds, above 0, is unhealthy. Default: 5,000. */
  readonly healthTimeout?: number;
  /** How long firings that have ended are remembered in `checkpoints`. Above 0. Default: 30 days. */
  readonly history?: number;
}

/** How a scheduler is doing. */
export interface SchedulerHealth {
  /** The worst of all; unhealthy where it does not run. */
  readonly status: Health["status"];
  /** Why it does not run: it is not started, or it is stopped. */
  readonly reason?: string;
  /** The schedules that it has taken up, by name: degraded where one is tripped. */
  readonly schedules: Readonly<Record<string, Health>>;
  /** Its store, where schedules are stored: unhealthy when it cannot be reached, degraded when the last look into it failed. */
  readonly checkpoints?: Health;
}

/** How a scheduler is stopped. */
export interface StopOptions {
  /**
   * What becomes of runs in progress: `"cancel"` cancels them at once, and what they have done is undone; `"finish"` first gives them `stopTimeout` to end
   * by themselves. Default: `"cancel"`.
   */
  readonly running?: "cancel" | "finish";
}

/** How a schedule is doing. */
export interface ScheduleStatus {
  /** The name that it was registered under. */
  readonly schedule: string;
  /** The name of the workflow that it runs. */
  readonly workflow: string;
  /** The method that registered it. */
  readonly kind: "every" | "cron" | "at" | "manual";
  /**
   * `running`, else `tripped`: nothing fires until it is reset, else `backoff`: a run has failed, and none has completed and nothing was reset since; it is
   * not due before `eligible`; else `completed`: the last run has; else `idle`.
   */
  readonly status: "idle" | "running" | "completed" | "backoff" | "tripped";
  /** Whether it was paused, in this process or another: nothing fires but by `trigger` and `backfill`. */
  readonly paused: boolean;
  /** The ids of the runs in progress, in this process and others. */
  readonly running: readonly string[];
  /** The next due time; undefined when there is none, or none before a run has ended. */
  readonly next: number | undefined;
  /** A due time that has come, and fires when a run has ended. */
  readonly waiting: number | undefined;
  /** How often it has fired. */
  readonly fired: number;
  /** How often it was due and did not fire, but for due times that were missed. */
  readonly skipped: number;
  /** Failures in a row. */
  readonly streak: number;
  /** Before this time, milliseconds since 1970, it is not due again, since its last run has failed; undefined where it may be at once. */
  readonly eligible: number | undefined;
  /** The last run that has ended. */
  readonly last: { readonly due: number; readonly outcome: FiringOutcome; readonly error?: string } | undefined;
}
