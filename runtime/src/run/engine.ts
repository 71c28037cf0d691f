/** Starts the runs of a workflow object, and has those watched that somebody is told of or may end. */

import type { Graph } from "../graph.js";
import type { Budget } from "./budget.js";
import { CanoError } from "./errors.js";
import { textOf } from "./failure.js";
import type { Home } from "./home.js";
import type { Options, RunOptions } from "./options.js";
import type { Resources } from "./resources.js";
import { createRun, type Run } from "./run.js";
import { SignalHub } from "./signal-hub.js";
import { Watch } from "./watch.js";

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

/** What a workflow object has of its own. */
export interface Engine<R extends object, I, Result> {
  readonly definition: Definition<R, I, Result>;
  readonly home: Home;
  readonly signals: SignalHub;
  closing: Promise<void> | undefined;
}

/** An engine for `definition`. */
export function createEngine<R extends object, I, Result>(
  definition: Definition<R, I, Result>,
  { observers = [], log = console, clock, random = Math.random }: Options,
): Engine<R, I, Result> {
  const { graph, states, resources } = definition;
  let silent = false;
  const observerFault = (fault: unknown): void => {
    if (!silent) log.warn(`an observer of workflow \`${graph.name}\` failed, which changes nothing: ${textOf(fault)}`);
    silent = true;
  };
  resources?.useLog(log);
  const home = { graph, states, clock, random, log, observers, observerFault };
  return { definition, home, signals: new SignalHub(), closing: undefined };
}

/** The run that `request` asks for. Throws `configuration`. */
export function prepareRun<R extends object, I, Result>(
  engine: Engine<R, I, Result>,
  request: AnyRequest,
  resources: R,
): Run<R, I> {
  const { home, closing } = engine;
  const { initial, name } = home.graph;
  if (closing !== undefined) throw new CanoError("configuration", `workflow \`${name}\` is closed`, { code: "CANO7011" });
  const state = request.state ?? initial[0];
  if (state === undefined || !initial.includes(state)) {
    throw new CanoError("configuration", `\`${textOf(state)}\` is not an initial state of workflow \`${name}\``, {
      code: "CANO7012",
    });
  }
  return createRun<R, I>(home, resources, request.input, home.states.indexOf(state), request.runId);
}

/** Has `run` watched by the observers, and by `signal` until the returned function is called. */
export function watchRun<R extends object, I, Result>(
  engine: Engine<R, I, Result>,
  run: Run<R, I>,
  signal: AbortSignal | undefined,
  onStop?: (error: CanoError) => void,
): (() => void) | undefined {
  const watch = new Watch(run, onStop);
  run.watch = watch;
  if (signal === undefined) return undefined;
  const cancel = (): void => {
    watch.interrupt("cancelled", "was cancelled", { code: "CANO7005", cause: signal.reason }, (error) => [
      "cancelled",
      { error },
    ]);
  };
  const unlisten = engine.signals.listen(signal, cancel);
  if (signal.aborted) cancel();
  return unlisten;
}

/** Begins the run that `request` asks for. */
export function beginRun<R extends object, I, Result>(
  engine: Engine<R, I, Result>,
  request: AnyRequest,
  resources: R,
): Promise<Result> {
  const { drive, totalTimeout } = engine.definition;
  try {
    const run = prepareRun(engine, request, resources);
    if (request.signal !== undefined || totalTimeout !== undefined) return guardRun(engine, run, request.signal);
    if (engine.home.observers.length > 0) watchRun(engine, run, undefined);
    return drive(run, run.start);
  } catch (error) {
    return Promise.reject(error as Error);
  }
}

/** Drives a run that may be ended from outside: the caller is answered at once, whatever the task in flight does. */
function guardRun<R extends object, I, Result>(
  engine: Engine<R, I, Result>,
  run: Run<R, I>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const { drive, totalTimeout } = engine.definition;
  return new Promise((resolve, reject) => {
    const unwatch = watchRun(engine, run, signal, reject);
    const over = (): void => {
      unwatch?.();
      run.end();
    };
    if (run.stopped !== undefined) return over();
    totalTimeout?.(run);
    drive(run, run.start).finally(over).then(resolve, reject);
  });
}
