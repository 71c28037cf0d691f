/** What undoes a state: a task's `compensate`, with the policies that it is attempted by. */

import { CanoError } from "../errors/cano-error.js";
import { requirePositive } from "../errors/require.js";
import { textOf } from "../errors/thrown.js";
import { none, type Retry } from "../resilience/retry.js";
import type { CompensatableTask, CompensateConfig } from "../task/compensatable-task.js";

/** A task that can undo what it did. */
export type AnyCompensatable = CompensatableTask<unknown, unknown>;

/** See the file's first line. */
export interface Compensator {
  readonly retry: Retry;
  readonly attemptTimeout: number | undefined;
  /** Makes one attempt. */
  readonly compensate: (resources: unknown, output: unknown, context: unknown) => unknown;
}

/** Makes the compensation of `task`, called `name` in errors, ready. Throws `configuration` when an option is out of range. */
export function compensator(name: string, task: AnyCompensatable): Compensator {
  const { retry = none, attemptTimeout } = readConfig(name, task);
  if (attemptTimeout !== undefined) requirePositive(`compensateConfig.attemptTimeout\` of \`${name}`, attemptTimeout);
  return {
    retry,
    attemptTimeout,
    // The generator has proved that it takes these resources, and what `run` leaves.
    compensate: (resources, output, context) => task.compensate(resources as never, output, context as never),
  };
}

// A config may be a getter, and a getter may throw.
function readConfig(name: string, task: AnyCompensatable): CompensateConfig {
  try {
    return task.compensateConfig ?? {};
  } catch (cause) {
    const message = `the compensateConfig of \`${name}\` cannot be read: ${textOf(cause)}`;
    throw new CanoError("configuration", message, { code: "CANO7009", cause });
  }
}
