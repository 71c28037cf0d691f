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
 * Breaks it: a `StreamTask` with a `breaker`, a `retryBudget` without `retry`, `{ hedge: { after: 500 }, attemptTimeout: 300 }`, a hedge beside
 * `bulkhead({ limit: 1 })`.
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

function whyUseless(draft: Draft, { task, state }: BoundTask, guard: GuardReading): string | undefined {
  const { key } = guard;
  const { retry, attemptTimeout } = task.config ?? {};
  if (key === "retryBudget" && (retry === undefined || retry.policy === "none")) return "nothing is retried";
  if (key !== "hedge") return undefined;
  if (task.method?.mayBePromise === false) return "an attempt returns no promise: it is over before anything could be slow";
  const bulkhead = task.config?.guards.find((other) => other.key === "bulkhead");
  const places = numberAt(bulkhead, "limit");
  if (places === 1)
    return "its bulkhead has one place, which the attempt itself holds: a copy is not started where it has to wait";
  const after = numberAt(guard, "after");
  if (after === undefined) return undefined;
  if (attemptTimeout?.value !== undefined && attemptTimeout.value <= after)
    return `the attempt timeout of ${attemptTimeout.value} ms ends an attempt before it counts as slow, after ${after} ms`;
  const limit = limitAround(draft, state);
  if (limit !== undefined && limit.value <= after)
    return `the ${limit.around} of ${limit.value} ms is over before an attempt counts as slow, after ${after} ms`;
  return undefined;
}

function numberAt(guard: GuardReading | undefined, path: string): number | undefined {
  return guard?.numbers.find((read) => read.path === path)?.number.value;
}

/**
 * What returns no promise is over before any timer could fire. A config that several tasks share is for those of them that it serves, and one of
 * another file may be for other workflows.
 *
 * Breaks it: `class A { readonly config = { attemptTimeout: 50 }; run() { return S.Done; } }`.
 */
export const checkUselessTimeouts: Check = (draft, report) => {
  const bounded = listTasks(draft).flatMap((bound) => {
    const { config, method } = bound.task;
    const { value, span } = config?.attemptTimeout ?? {};
    if (value === undefined || span === undefined || span.file !== method?.span.file) return [];
    return [{ bound, span, place: `${span.file}:${span.start}`, serves: method.mayBePromise }];
  });
  const settled = new Set(bounded.filter(({ serves }) => serves).map(({ place }) => place));
  const why = "an attempt returns no promise: it is over before any time could run out";
  for (const { bound, span, place } of bounded) {
    if (settled.has(place)) continue;
    settled.add(place);
    report(uselessOption(span, { option: "attemptTimeout", of: subject(subjectOf(bound)), why, cure: "return a promise" }));
  }
};

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
