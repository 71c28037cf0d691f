/** Makes a workflow object of a generated dispatcher whose states can be undone. */

import { requirePositive } from "../resilience/require.js";
import { objectOf } from "../run/create-workflow.js";
import { createEngine, type Definition, type MakeRun } from "../run/engine.js";
import type { Options, Orchestrator } from "../run/options.js";
import { AnySagaRun, type Saga } from "./any-saga-run.js";
import type { Compensator } from "./compensator.js";
import { guardSaga } from "./guard-saga.js";
import type { SagaRun } from "./saga-run.js";

/** A {@link Definition} of a machine whose states can be undone. */
export interface SagaDefinition<R extends object, I, Result> extends Omit<Definition<R, I, Result>, "drive" | "totalTimeout"> {
  readonly drive: (run: SagaRun<R, I>, start: number) => Promise<Result>;
  /** By the dispatcher's numbers of their states. */
  readonly compensators?: Readonly<Record<number, Compensator>>;
  /** Milliseconds. */
  readonly totalTimeout?: number;
  readonly compensationTimeout?: number;
}

/** Makes a workflow object. `Q` is what its `orchestrate` takes. Throws `configuration` when a timeout is out of range. */
export function createSaga<Q, R extends object, I, Result>(
  definition: SagaDefinition<R, I, Result>,
  options: Options = {},
): Orchestrator<Q, Result> {
  const { drive, totalTimeout, ...machine } = definition;
  const saga = sagaOf(definition);
  // Every run of this engine is made here.
  const makeRun: MakeRun = (...run) => new AnySagaRun(...run, saga) as never;
  const engine = createEngine<R, I, Result>({ ...machine, makeRun, drive: (run, s) => drive(run as SagaRun<R, I>, s) }, options);
  engine.guard = (of, run, signal) => guardSaga(of, run as never, signal, totalTimeout);
  return objectOf(engine);
}

// The most that is taken of a total timeout for undoing what it has ended, in milliseconds.
const LONGEST_SHARE = 30_000;

/** What the runs of a machine go by. Throws `configuration` when a timeout is out of range. */
export function sagaOf(
  machine: Pick<SagaDefinition<object, unknown, unknown>, "compensators" | "totalTimeout" | "compensationTimeout">,
): Saga {
  const { compensators = {}, totalTimeout, compensationTimeout } = machine;
  if (totalTimeout !== undefined) requirePositive("totalTimeout", totalTimeout);
  if (compensationTimeout !== undefined) requirePositive("compensationTimeout", compensationTimeout);
  const share = totalTimeout === undefined ? undefined : Math.min(totalTimeout / 2, LONGEST_SHARE);
  return { compensators, compensationTimeout: compensationTimeout ?? share };
}
