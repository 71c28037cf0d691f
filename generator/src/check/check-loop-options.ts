/** Checks the options of polls, batches and streams, where they are literals; the runtime checks the others when it starts. */

import { badCount, uselessRetry } from "../diagnostics/catalogue/policies.js";
import { badTimeout } from "../diagnostics/catalogue/timeouts.js";
import { listTasks } from "../model/bindings.js";
import { type Check, subjectOf } from "./check.js";
import { isCount, isTimeout } from "./numbers.js";

// How little each of them may be; what is not here is a time.
const LEAST: Readonly<Record<string, number>> = {
  concurrency: 1,
  "window.count": 1,
  "itemErrors.tolerate": 0,
  "pollErrors.tolerate": 0,
};

/**
 * A batch that may work on no item, a window that is full before it begins and a negative tolerance mean nothing, and a stream is not
 * retried.
 *
 * Breaks it: `readonly concurrency = 0`, `readonly window = { duration: 0 }`, `readonly itemErrors = { tolerate: -1 }`, and a stream with
 * `readonly config = { retry: exponential() }`.
 */
export const checkLoopOptions: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    const { options, config, shapes } = bound.task;
    for (const { path, number } of options) {
      const { value, span } = number;
      const least = LEAST[path];
      if (value === undefined) continue;
      if (least === undefined && !isTimeout(value)) report(badTimeout(span, { option: path, value }));
      if (least !== undefined && (!isCount(value) || value < least)) report(badCount(span, { option: path, value, least }));
    }
    const retry = config?.retry;
    if (shapes[0]?.kind === "stream" && retry !== undefined && retry.policy !== "none" && retry.policy !== "unknown")
      report(uselessRetry(retry.span, subjectOf(bound)));
  }
};
