/** What the runs of a machine with compensations go by, as its definition says. */

import type { Options } from "../engine/options.js";
import { requirePositive } from "../errors/require.js";
import type { Saga } from "./any-saga-run.js";
import type { SagaDefinition } from "./create-saga.js";

// The most that is taken of a total timeout for undoing what it has ended, in milliseconds.
const LONGEST_SHARE = 30_000;

/** See the file's first line. Throws `configuration` when a timeout or the tick is out of range. */
export function sagaOf(
  machine: Pick<SagaDefinition<object, unknown, unknown>, "compensators" | "totalTimeout" | "compensationTimeout">,
  { tick }: Options,
): Saga {
  const { compensators = {}, totalTimeout, compensationTimeout } = machine;
  if (totalTimeout !== undefined) requirePositive("totalTimeout", totalTimeout);
  if (compensationTimeout !== undefined) requirePositive("compensationTimeout", compensationTimeout);
  // The wheel would refuse it, too, but only with the first timeout: what was done by then would have to be undone.
  if (tick !== undefined) requirePositive("tick", tick);
  const share = totalTimeout === undefined ? undefined : Math.min(totalTimeout / 2, LONGEST_SHARE);
  return { compensators, compensationTimeout: compensationTimeout ?? share };
}
