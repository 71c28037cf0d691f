/** Reads a task's `config` once, when the workflow object is created, and refuses values that are out of range. */

import { CanoError } from "../errors/cano-error.js";
import { requirePositive } from "../errors/require.js";
import { requireMethod } from "../errors/require-shape.js";
import { textOf } from "../errors/thrown.js";
import type { Attempting } from "./attempting.js";
import { none, type Retry } from "./retry.js";
import type { Configured, TaskConfig } from "./task-config.js";

/** A config that is complete and in range. */
export interface Policies {
  readonly retry: Retry;
  readonly attemptTimeout: number | undefined;
  /** All that is declared. */
  readonly config: TaskConfig;
  /** Makes all attempts, by calls of `work`, where the config has more than these two: see `guarded.ts`. Undefined where it has not. */
  readonly attempts: ((scope: Attempting, s: number, work: (attempt: number) => unknown) => Promise<unknown>) | undefined;
}

/** The policies of `task`, called `name` in errors. Throws `configuration` when a value is out of range. */
export function policies(name: string, task: Configured): Policies {
  const config = readConfig(name, task);
  const { retry = none, attemptTimeout } = config;
  requireMethod(`retry\` of \`${name}`, retry, "delay", "what `fixed`, `exponential`, `decorrelated` or `custom` makes");
  if (attemptTimeout !== undefined) requirePositive(`attemptTimeout\` of \`${name}`, attemptTimeout);
  return { retry, attemptTimeout, config, attempts: undefined };
}

// A config may be a getter, and a getter may throw.
function readConfig(name: string, task: Configured): TaskConfig {
  try {
    return task.config ?? {};
  } catch (cause) {
    throw new CanoError("configuration", `the config of \`${name}\` cannot be read: ${textOf(cause)}`, {
      code: "CANO7009",
      cause,
    });
  }
}
