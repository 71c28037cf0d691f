/** What the runs of a machine with compensations go by, as its definition says. */

import { requirePositive } from "../errors/require.js";
import type { Saga } from "./any-saga-run.js";
import type { SagaDefinition } from "./create-saga.js";

// The most that is taken of a total timeout for undoing what it has ended, in milliseconds.
const LONGEST_SHARE = 30_000;

/** See the file's first line. Throws `configuration` when a timeout is out of range. */
export function sagaOf(
  machine: Pick<SagaDefinition<object, unknown, unknown>, "compensators" | "totalTimeout" | "compensationTimeout">,
): Saga {
  const { compensators = {}, totalTimeout, compensationTimeout } = machine;
  if (totalTimeout !== undefined) requirePositive("totalTimeout", totalTimeout);
  if (compensationTimeout !== undefined) requirePositive("compensationTimeout", compensationTimeout);
  const share = totalTimeout === undefined ? undefined : Math.min(totalTimeout / 2, LONGEST_SHARE);
  return { compensators, compensationTimeout: compensationTimeout ?? share };
}
