/** Reads a task's `config` once, when the workflow object is created, and refuses values that are out of range. */

import { CanoError } from "../run/errors.js";
import { textOf } from "../run/failure.js";
import type { Configured, TaskConfig } from "../task/task.js";
import { none, type Retry } from "./retry.js";

/** A config that is complete and in range. */
export interface Policies {
  readonly retry: Retry;
  readonly attemptTimeout: number | undefined;
}

/** The policies of `task`, called `name` in errors. Throws `configuration` when a value is out of range. */
export function policies(name: string, task: Configured): Policies {
  const { retry = none, attemptTimeout } = readConfig(name, task);
  if (attemptTimeout !== undefined) requirePositive(`attemptTimeout\` of \`${name}`, attemptTimeout);
  return { retry, attemptTimeout };
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

/** Throws `configuration` unless `value` is a finite number above 0. `option` is the option's name. */
export function requirePositive(option: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new CanoError("configuration", `\`${option}\` must be a finite number of milliseconds above 0, not ${String(value)}`, {
    code: "CANO7009",
  });
}

/** Throws `configuration` unless `value` is a whole number, `least` or more. `option` is the option's name. */
export function requireCount(option: string, value: number, least = 0): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new CanoError("configuration", `\`${option}\` must be a whole number, ${least} or more, not ${String(value)}`, {
    code: "CANO7009",
  });
}
