/** Starts the runs of a workflow object. Those that somebody is told of, or may end, are driven by `guard-run.ts`. */

import { CanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import type { Graph } from "../graph.js";
import type { Breaking } from "../health/list-breakers.js";
import type { Home } from "../run/home.js";
import { createRun, type Run } from "../run/run.js";
import type { SignalHub } from "../run/signal-hub.js";
import { loadOnDemand } from "./load-on-demand.js";
import type { Options, RunOptions } from "./options.js";
import type { Resources } from "./resources.js";

/** What a generated module tells of its machine. */
export interface Definition<R extends object, I, Result> {
  readonly graph: Graph;
  /** The states by the dispatcher's numbers. */
  readonly states: readonly (string | number)[];
  /** Runs the machine from the state of number `start`. */
  readonly drive: (run: Run<R, I>, start: number) => Promise<Result>;
  readonly resources?: Resources<R>;
  /** Drives every run, since every run has a budget. Made by `budget()`. */
  readonly guard?: Guard;
  /** Where its tasks may have circuit breakers. */
  readonly breakers?: readonly Breaking[];
  /** Makes its runs, where they are of a kind of their own. */
  readonly makeRun?: MakeRun;
}

/** Makes the run that begins in state `start`. */
export type MakeRun = <R extends object, I>(
  home: Home,
  resources: R,
  input: unknown,
  start: number,
  id: string | undefined,
) => Run<R, I>;

/** What `orchestrate` may be given, whatever the machine. */
export interface AnyRequest extends RunOptions {
  readonly state?: string | number;
  readonly input?: unknown;
}

/** Drives a run that is watched. */
export type Guard = <R extends object, I, Result>(
  engine: Engine<R, I, Result>,
  run: Run<R, I>,
  signal: AbortSignal | undefined,
) => Promise<Result>;

/** What a workflow object has of its own. */
export interface Engine<R extends object, I, Result> {
  readonly definition: Definition<R, I, Result>;
  readonly home: Home;
  /** The resources of a machine that has none. */
  readonly none: R;
  /** Known from the first watched run on. */
  guard: Guard | undefined;
  signals?: SignalHub;
  closing?: Promise<void>;
}

/** An engine for `definition`. */
export function createEngine<R extends object, I, Result>(
  definition: Definition<R, I, Result>,
  { observers = [], log = console, clock, random = Math.random, tick }: Options,
): Engine<R, I, Result> {
  const { graph, states, resources, guard } = definition;
  resources?.useLog(log);
  return {
    definition,
    home: { graph, states, clock, random, log, observers, tick },
    none: {} as R,
    guard,
  };
}

/** The run that `request` asks for; `isLeased` is that its resources were set up for it, and runs could begin when it was asked for. Throws `configuration`. */
export function prepareRun<R extends object, I, Result>(
  { home, closing, definition: { makeRun = createRun } }: Engine<R, I, Result>,
  request: AnyRequest | undefined,
  resources: R,
  isLeased?: boolean,
): Run<R, I> {
  const { initial, name } = home.graph;
  if (closing && !isLeased) throw new CanoError("configuration", `workflow \`${name}\` is closed`, { code: "CANO7011" });
  const state = request?.state;
  // The first initial state has the number 0 in every generated module.
  const start = state === undefined ? 0 : home.states.indexOf(state);
  if (start !== 0 && !initial.includes(state as string | number)) {
    throw new CanoError("configuration", `\`${textOf(state)}\` is not an initial state of workflow \`${name}\``, {
      code: "CANO7012",
    });
  }
  return makeRun<R, I>(home, resources, request?.input, start, request?.runId);
}

/** Begins the run that `request` asks for: see {@link prepareRun}. Never throws: what goes wrong comes through the promise. */
export function beginRun<R extends object, I, Result>(
  engine: Engine<R, I, Result>,
  request: AnyRequest | undefined,
  resources: R,
  isLeased?: boolean,
): Promise<Result> {
  try {
    const run = prepareRun(engine, request, resources, isLeased);
    const signal = request?.signal;
    if (engine.guard !== undefined) return engine.guard(engine, run, signal);
    if (signal === undefined && engine.home.observers.length === 0) return engine.definition.drive(run, run.start);
    // What watches a run is loaded with the first run that is watched: a machine whose runs nobody watches does not carry it.
    return loadOnDemand().then(({ guardRun }) => (engine.guard = guardRun)(engine, run, signal));
  } catch (error) {
    return Promise.reject(error);
  }
}
