/** Checks that what a config declares can have an effect, and does not work against the rest of it. */

import { unsafeHedge, uselessOption } from "../diagnostics/catalogue/guards.js";
import { subject } from "../diagnostics/catalogue/wording.js";
import { type BoundTask, listTasks } from "../model/bindings.js";
import type { Draft } from "../model/draft.js";
import type { GuardReading } from "../read/config-reading.js";
import { type Check, subjectOf } from "./check.js";
import { limitAround } from "./limits.js";

/**
 * An option that can have no effect is one that somebody relies on in vain.
 *
 * Breaks it: a `StreamTask` with a `breaker`, a `retryBudget` without `retry`, `{ hedge: { after: 500 }, attemptTimeout: 300 }`.
 */
export const checkUselessGuards: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    const { shapes, config } = bound.task;
    for (const guard of config?.guards ?? []) {
      // A config that cannot be read may have anything.
      if (guard.span === config?.span) continue;
      const why =
        shapes[0]?.kind === "stream"
          ? "a stream is one attempt that runs as long as its source"
          : whyUseless(draft, bound, guard);
      if (why !== undefined) report(uselessOption(guard.span, { option: guard.key, of: subject(subjectOf(bound)), why }));
    }
  }
};

function whyUseless(draft: Draft, { task, state }: BoundTask, { key, numbers }: GuardReading): string | undefined {
  const { retry, attemptTimeout } = task.config ?? {};
  if (key === "retryBudget" && (retry === undefined || retry.policy === "none")) return "nothing is retried";
  if (key !== "hedge") return undefined;
  if (task.method?.mayBePromise === false) return "an attempt returns no promise: it is over before anything could be slow";
  const after = numbers.find(({ path }) => path === "after")?.number.value;
  if (after === undefined) return undefined;
  if (attemptTimeout?.value !== undefined && attemptTimeout.value <= after)
    return `the attempt timeout of ${attemptTimeout.value} ms ends an attempt before it counts as slow, after ${after} ms`;
  const limit = limitAround(draft, state);
  if (limit !== undefined && limit.value <= after)
    return `the ${limit.around} of ${limit.value} ms is over before an attempt counts as slow, after ${after} ms`;
  return undefined;
}

/**
 * A hedge starts the same thing a second time while the first is under way, and forgets one of the two.
 *
 * Breaks it: a task with `compensate` and `config = { hedge: { after: 50 } }`; a `BatchTask` with a hedge.
 */
export const checkHedges: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    const hedge = bound.task.config?.guards.find(({ key, span }) => key === "hedge" && span !== bound.task.config?.span);
    const why = hedge && whyUnsafe(bound);
    if (hedge !== undefined && why !== undefined) report(unsafeHedge(hedge.span, { ...subjectOf(bound), why }));
  }
};

function whyUnsafe({ task }: BoundTask): string | undefined {
  const kind = task.shapes[0]?.kind;
  if (kind === "compensatable") return "what it does may have to be undone";
  // A stream is told that a hedge has no effect.
  return kind === undefined || kind === "task" || kind === "router" || kind === "stream" ? undefined : `it is a ${kind} task`;
}
