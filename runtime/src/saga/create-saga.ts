/** Makes a workflow object of a generated dispatcher whose states can be undone. */

import { objectOf } from "../engine/create-workflow.js";
import { createEngine, type Definition, type MakeRun } from "../engine/engine.js";
import type { Options, Orchestrator } from "../engine/options.js";
import { AnySagaRun } from "./any-saga-run.js";
import type { Compensator } from "./compensator.js";
import { guardSaga } from "./guard-saga.js";
import { sagaOf } from "./saga-of.js";
import type { SagaRun } from "./saga-run.js";

/** A {@link Definition} of a machine whose states can be undone. */
export interface SagaDefinition<R extends object, I, Result> extends Omit<Definition<R, I, Result>, "drive" | "guard"> {
  readonly drive: (run: SagaRun<R, I>, start: number) => Promise<Result>;
  /** By the dispatcher's numbers of their states. */
  readonly compensators?: Readonly<Record<number, Compensator>>;
  /** Milliseconds. */
  readonly totalTimeout?: number;
  readonly compensationTimeout?: number;
}

/** Makes a workflow object. `Q` is what its `orchestrate` takes. Throws `configuration` when a timeout or the tick is out of range. */
export function createSaga<Q, R extends object, I, Result>(
  definition: SagaDefinition<R, I, Result>,
  options: Options = {},
): Orchestrator<Q, Result> {
  const { drive, totalTimeout, ...machine } = definition;
  const saga = sagaOf(definition, options);
  // Every run of this engine is made here.
  const makeRun: MakeRun = (...run) => new AnySagaRun(...run, saga) as never;
  const engine = createEngine<R, I, Result>({ ...machine, makeRun, drive: (run, s) => drive(run as SagaRun<R, I>, s) }, options);
  engine.guard = (of, run, signal) => guardSaga(of, run as never, signal, totalTimeout);
  return objectOf(engine, options);
}
