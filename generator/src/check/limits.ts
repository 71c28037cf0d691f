/** The times that are around what a task does: those of the run, of undoing it, and of a split. A timeout that is no time is told as that, and is around nothing. */

import type { Around } from "../diagnostics/catalogue/timeouts.js";
import type { Note, Span } from "../diagnostics/diagnostic.js";
import { type BoundTask, findBinding } from "../model/bindings.js";
import type { Draft, DraftState } from "../model/draft.js";
import type { NumberReading } from "../read/number-reading.js";
import { isTimeout } from "./numbers.js";

/** A timeout that is a literal, in milliseconds, and what is said of it beside what it ends. */
export interface Limit {
  readonly value: number;
  readonly around: Around;
  readonly note: Note & { readonly span: Span };
}

/** What undoing has at the most where no `compensationTimeout` is given, in milliseconds. */
const MOST = 30_000;

/** The total timeout. */
export function totalLimit({ totalTimeout }: Draft): Limit | undefined {
  return limitOf("total timeout", totalTimeout);
}

/** What undoing has: its own timeout or, as at run time, a share of the total one. */
export function undoingLimit(draft: Draft): Limit | undefined {
  if (draft.compensationTimeout) return limitOf("compensation timeout", draft.compensationTimeout);
  const total = totalLimit(draft);
  if (total === undefined) return undefined;
  const message = `it is half of the total timeout here, and at most ${MOST} ms`;
  return {
    value: Math.min(total.value / 2, MOST),
    around: "compensation timeout",
    note: { message, span: total.note.span },
  };
}

/** The timeout of the split that is bound to a state. */
export function splitLimit(state: DraftState): Limit | undefined {
  const binding = findBinding(state);
  return binding?.kind === "split" ? limitOf("split's timeout", binding.timeout) : undefined;
}

/** What ends first what a state does: its split's timeout or the total one. */
export function limitAround(draft: Draft, state: DraftState): Limit | undefined {
  return lowest(splitLimit(state), totalLimit(draft));
}

/** What ends first what a task does in an attempt: the attempt timeout, or what is around that. */
export function limitInside(draft: Draft, { task, state }: BoundTask): Limit | undefined {
  return lowest(limitOf("attempt timeout", task.config?.attemptTimeout), limitAround(draft, state));
}

function lowest(inner: Limit | undefined, outer: Limit | undefined): Limit | undefined {
  return inner && outer ? (outer.value < inner.value ? outer : inner) : (inner ?? outer);
}

function limitOf(around: Around, reading: NumberReading | undefined): Limit | undefined {
  const value = reading?.value;
  if (reading === undefined || value === undefined || !isTimeout(value)) return undefined;
  return { value, around, note: { message: `the ${around} is here`, span: reading.span } };
}
