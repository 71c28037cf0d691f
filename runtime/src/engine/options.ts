/** What the factory of a generated module and the calls on what it makes accept and give. */

/// <reference lib="esnext.disposable" preserve="true" />

import type { Log } from "../context.js";
import type { Graph } from "../graph.js";
import type { Observer } from "../observe/observer.js";
import type { Health } from "../resource.js";
import type { Clock } from "../time/clock.js";

/** What every workflow object can be given. */
export interface Options {
  /** Told of every event, in this order. Default: nobody. */
  readonly observers?: readonly Observer[];
  /** Where tasks and the engine's own few warnings are logged. Default: `console`. */
  readonly log?: Log;
  /** Default: the process's clock. */
  readonly clock?: Clock;
  /**
   * How late a timeout may be, in milliseconds, above 0; none is ever early. Coarser ticks wake a busy process less often. One that
   * is out of range is refused with `configuration`: when the workflow object is made if it is durable or has what undoes it, else with the first timeout. Default: 1.
   */
  readonly tick?: number;
  /** Numbers from 0 up to, but not including, 1. Default: `Math.random`. */
  readonly random?: () => number;
  /**
   * What has not answered `health()` after so many milliseconds, above 0, is unhealthy. `health()` fails with `configuration` when it is out of range.
   * Default: 5,000.
   */
  readonly healthTimeout?: number;
}

/** What every run can be given. */
export interface RunOptions {
  /** Names the run in events and errors. Default: a random UUID. */
  readonly runId?: string;
  /** Ends the run when it fires: the engine stops waiting at once, and the run rejects with `cancelled`. */
  readonly signal?: AbortSignal;
}

/** The call of `orchestrate` for a workflow with one initial state that takes `Input`. */
export type Request<Input> = RunOptions &
  ([Input] extends [void] ? unknown : undefined extends Input ? { readonly input?: Input } : { readonly input: Input });

/** The call of `orchestrate` for one of several initial states. */
export type RequestAt<State, Input> = { readonly state: State } & Request<Input>;

/** The arguments of `orchestrate`: nothing need be given where everything may be left out. */
export type Arguments<Q> = object extends Q ? [request?: Q] : [request: Q];

/** How a workflow and its resources are doing. */
export interface WorkflowHealth {
  /** The worst of what was asked. */
  readonly status: Health["status"];
  /** Why nothing was asked: the workflow object is closed. */
  readonly reason?: string;
  /** What all runs share, by name. What has no `health` is healthy. */
  readonly resources: Readonly<Record<string, Health>>;
  /** The circuit breakers of its tasks, by name: there for workflows that have some. One that is a resource, too, is among those. */
  readonly breakers?: Readonly<Record<string, Health>>;
  /** Whether the store can be reached: there for durable workflows. */
  readonly checkpoints?: Health;
}

/** A workflow object: runs a machine any number of times, also concurrently. Made by the factory of a generated module. */
export interface Orchestrator<Q, Result> extends AsyncDisposable {
  readonly graph: Graph;
  /**
   * Runs the machine from an initial state to an exit. Sets up the resources first if that has not been done.
   * Rejects with a `CanoError`: see its `category`.
   */
  orchestrate(...request: Arguments<Q>): Promise<Result>;
  /** Sets up the resources. Rejects with `resource`; may be called again then. */
  start(): Promise<void>;
  /** Refuses new runs, waits for those in progress where resources have hooks or are made per run, and tears the resources down. May be called twice. */
  close(): Promise<void>;
  /** Asks the resources and circuit breakers how they are, and a durable workflow's store whether it can be reached, all at once and for `healthTimeout` at the most. */
  health(): Promise<WorkflowHealth>;
}

/** A workflow object whose tasks are all synchronous. */
export interface SyncOrchestrator<Q, Result> extends Orchestrator<Q, Result> {
  /** Runs the machine at once. Throws what `orchestrate` rejects with, and `configuration` when resources must be set up first. */
  runSync(...request: Arguments<Q>): Result;
}
