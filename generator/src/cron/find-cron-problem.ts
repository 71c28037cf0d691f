/** Finds what is wrong with a cron expression, and where in it. The words for it are in the catalogue. */

import { findNearest } from "../slips.js";
import { CRON_NAMES } from "./cron-names.js";
import { findCronTimes } from "./cron-times.js";

/** A field of a cron expression. */
export type CronField = "second" | "minute" | "hour" | "day of the month" | "month" | "day of the week";

/** Why a cron expression means nothing. */
export type CronProblem =
  /** It has neither five nor six fields. */
  | { readonly kind: "count"; readonly count: number }
  /** It is a name that there is not; `meant` is the nearest of those that there are. */
  | { readonly kind: "name"; readonly name: string; readonly meant: string | undefined }
  /** A field holds what it must not; `start` is where it begins, in the expression. */
  | { readonly kind: "field"; readonly field: CronField; readonly text: string; readonly start: number }
  /** A field goes by steps that are longer than all of its values, of which there are `size`: it would come once in that time, and not every `step`. */
  | {
      readonly kind: "step";
      readonly field: CronField;
      readonly text: string;
      readonly start: number;
      readonly step: number;
      readonly size: number;
    }
  /** Each field is right, but they never come together. */
  | { readonly kind: "never" };

const FIELDS: readonly CronField[] = ["second", "minute", "hour", "day of the month", "month", "day of the week"];

/** How many values each of them has. */
const SIZES: readonly number[] = [60, 60, 24, 31, 12, 7];

// A day like any other: what is found must not depend on when one looks.
const START = Date.UTC(2026, 0, 1);

/** Finds the first problem of `expression`; undefined when it has due times. */
export function findCronProblem(expression: string): CronProblem | undefined {
  const words = [...expression.matchAll(/\S+/g)];
  const [first] = words;
  if (first?.[0].startsWith("@")) {
    const name = expression.trim();
    return CRON_NAMES.includes(name) ? undefined : { kind: "name", name, meant: findNearest(name, CRON_NAMES) };
  }
  if (words.length !== 5 && words.length !== 6) return { kind: "count", count: words.length };
  const offset = FIELDS.length - words.length;
  for (const [place, { 0: text, index: start }] of words.entries()) {
    const problem = findFieldProblem(text, start, place + offset);
    if (problem) return problem;
  }
  return findCronTimes(expression.trim(), "UTC")?.after(START) === undefined ? { kind: "never" } : undefined;
}

function findFieldProblem(text: string, start: number, place: number): CronProblem | undefined {
  const field = FIELDS[place]!;
  const size = SIZES[place]!;
  if (!isAllowed(text, place)) return { kind: "field", field, text, start };
  const step = [...text.matchAll(/\/(\d+)/g)].map((found) => Number(found[1])).find((found) => found > size);
  return step === undefined ? undefined : { kind: "step", field, text, start, step, size };
}

// By itself, so that it is known which field it is.
function isAllowed(text: string, place: number): boolean {
  // cron-parser lets `H` stand for a value of its own choice, another one in every process.
  if (/(?<![A-Za-z])H(?![A-Za-z])/.test(text)) return false;
  return findCronTimes(FIELDS.map((_, other) => (other === place ? text : "*")).join(" "), "UTC") !== undefined;
}
