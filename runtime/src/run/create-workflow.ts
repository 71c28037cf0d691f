/** Makes a workflow object of a generated dispatcher: starts runs, guards them, and keeps the resources. */

import { systemClock } from "../clock.js";
import type { Graph } from "../graph.js";
import type { Health } from "../resource.js";
import type { AnyRun } from "./any-run.js";
import type { Budget } from "./budget.js";
import { CanoError } from "./errors.js";
import { textOf } from "./failure.js";
import type { Home } from "./home.js";
import type { Options, Orchestrator, RunOptions, WorkflowHealth } from "./options.js";
import type { Resources } from "./resources.js";
import { Run } from "./run.js";
import { SignalHub } from "./signal-hub.js";

/** What a generated module tells of its machine. */
export interface Definition<R extends object, I, Result> {
  readonly graph: Graph;
  /** The states by the dispatcher's numbers. */
  readonly states: readonly (string | number)[];
  /** Runs the machine from the state of number `start`. */
  drive(run: Run<R, I>, start: number): Promise<Result>;
  readonly resources?: Resources<R>;
  readonly totalTimeout?: Budget;
}

/** What `orchestrate` may be given, whatever the machine. */
export interface AnyRequest extends RunOptions {
  readonly state?: string | number;
  readonly input?: unknown;
}

/** Makes a workflow object. `Q` is what its `orchestrate` takes. */
export function createWorkflow<Q, R extends object, I, Result>(
  definition: Definition<R, I, Result>,
  options: Options = {},
): Orchestrator<Q, Result> {
  // The object takes any request; `Q` says which ones make sense for this machine.
  return new WorkflowObject<R, I, Result>(definition, options) as Orchestrator<unknown, Result> as Orchestrator<Q, Result>;
}

const NO_RESOURCES = {};

/** See {@link Orchestrator}. */
export class WorkflowObject<R extends object, I, Result> {
  readonly graph: Graph;
  protected readonly home: Home;
  protected readonly signals = new SignalHub();
  private readonly inProgress = new Set<Promise<unknown>>();
  private starting: Promise<void> | undefined = undefined;
  private closing: Promise<void> | undefined = undefined;

  constructor(
    protected readonly definition: Definition<R, I, Result>,
    options: Options,
  ) {
    const { observers = [], log = console, clock = systemClock, random = Math.random } = options;
    let reported = false;
    const observerFault = (fault: unknown): void => {
      if (!reported)
        log.warn(`an observer of workflow \`${definition.graph.name}\` failed, which changes nothing: ${textOf(fault)}`);
      reported = true;
    };
    this.graph = definition.graph;
    this.home = { graph: definition.graph, states: definition.states, clock, random, log, observers, observerFault };
    definition.resources?.useLog(log);
  }

  orchestrate(request: AnyRequest = {}): Promise<Result> {
    if (this.definition.resources?.ready ?? true) return this.launch(request);
    return this.start().then(() => this.launch(request));
  }

  start(): Promise<void> {
    const { resources } = this.definition;
    if (resources === undefined || resources.ready) return Promise.resolve();
    this.starting ??= resources.setUp().finally(() => (this.starting = undefined));
    return this.starting;
  }

  close(): Promise<void> {
    this.closing ??= this.finishAndTearDown();
    return this.closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async health(): Promise<WorkflowHealth> {
    const resources = (await this.definition.resources?.health()) ?? {};
    return { status: worst(Object.values(resources)), resources };
  }

  /** The run that `request` asks for, and the number of its initial state. Throws `configuration`. */
  protected prepare(request: AnyRequest, resources: R): { run: Run<R, I>; start: number } {
    if (this.closing !== undefined)
      throw new CanoError("configuration", `workflow \`${this.graph.name}\` is closed`, { code: "CANO7011" });
    const state = request.state ?? this.graph.initial[0];
    if (state === undefined || !this.graph.initial.includes(state)) {
      throw new CanoError("configuration", `\`${textOf(state)}\` is not an initial state of workflow \`${this.graph.name}\``, {
        code: "CANO7012",
      });
    }
    const start = this.home.states.indexOf(state);
    const run = new Run<R, I>(this.home, resources, request.input, start, request.runId);
    run.watched = run.observed || request.signal !== undefined || this.definition.totalTimeout !== undefined;
    return { run, start };
  }

  private launch(request: AnyRequest): Promise<Result> {
    const { resources } = this.definition;
    if (resources?.tracked !== true) return this.begin(request, resources?.values ?? (NO_RESOURCES as R));
    const run = this.lease(resources, request);
    this.inProgress.add(run);
    const forget = (): unknown => this.inProgress.delete(run);
    run.then(forget, forget);
    return run;
  }

  private async lease(resources: Resources<R>, request: AnyRequest): Promise<Result> {
    const lease = await resources.lease();
    try {
      return await this.begin(request, lease.values);
    } finally {
      await lease.release();
    }
  }

  private begin(request: AnyRequest, resources: R): Promise<Result> {
    try {
      const { run, start } = this.prepare(request, resources);
      const { totalTimeout } = this.definition;
      if (request.signal === undefined && totalTimeout === undefined) return this.definition.drive(run, start);
      return this.guard(run, start, request.signal, totalTimeout);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  /** Drives a run that may be ended from outside: the caller is answered at once, whatever the task in flight does. */
  private guard(
    run: Run<R, I>,
    start: number,
    signal: AbortSignal | undefined,
    totalTimeout: Budget | undefined,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      const cancel = (): void => cancelRun(run, signal);
      const unlisten = signal === undefined ? undefined : this.signals.listen(signal, cancel);
      const over = (): void => {
        unlisten?.();
        run.end();
      };
      run.onStop = (error) => {
        over();
        reject(error);
      };
      if (signal?.aborted === true) return cancel();
      totalTimeout?.(run);
      const settled = this.definition.drive(run, start).finally(over);
      settled.then(resolve, reject);
    });
  }

  private async finishAndTearDown(): Promise<void> {
    await this.starting?.catch(() => undefined);
    await Promise.allSettled(this.inProgress);
    if (this.definition.resources?.ready === true) await this.definition.resources.tearDown();
  }
}

/** Ends `run` because the caller's signal has fired. */
export function cancelRun(run: AnyRun, signal: AbortSignal | undefined): void {
  const error = new CanoError("cancelled", `workflow \`${run.home.graph.name}\` was cancelled`, {
    code: "CANO7005",
    cause: signal?.reason,
    state: run.label(run.at),
    attempt: 0,
    path: run.interruptedPath(),
  });
  run.interrupt(error, ["cancelled", { ...run.event(run.at), error }], false);
}

function worst(reports: readonly Health[]): Health["status"] {
  if (reports.some(({ status }) => status === "unhealthy")) return "unhealthy";
  return reports.some(({ status }) => status === "degraded") ? "degraded" : "healthy";
}
