/** Tells what is wrong with a cron expression or a time zone, wherever it was written: in a schedule, or on the command line. */

import type { CronProblem } from "cano/cron";
import { loadCron } from "../cron/load-cron.js";
import { findNearestZone, isZone } from "../cron/zones.js";
import { badCron, neverComes, unknownZone } from "../diagnostics/catalogue/schedules.js";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import { findNearest } from "../text/slips.js";

/** Where it was written, if in a source: the argument, and the text itself inside its quotes. */
export interface Place {
  readonly span: Span | undefined;
  readonly literal: Span | undefined;
}

/** What a cron expression is refused for; undefined where it is right. */
export function judgeCron(expression: string, place: Place): Diagnostic | undefined {
  const { CRON_NAMES, findCronProblem } = loadCron();
  const problem = findCronProblem(expression);
  if (problem === undefined) return undefined;
  const { why, help } = problem;
  const part = partOf(problem, place);
  if (problem.kind === "never") return neverComes(part, { expression, why, help });
  const meant = problem.kind === "name" ? findNearest(expression.trim(), CRON_NAMES) : undefined;
  return badCron(part, { expression, why, help: meant === undefined ? help : `write \`${meant}\`` }, fixOf(place.literal, meant));
}

/** What a time zone is refused for; undefined where it is right. */
export function judgeZone(zone: string, { span, literal }: Place): Diagnostic | undefined {
  if (isZone(zone)) return undefined;
  const meant = findNearestZone(zone);
  return unknownZone(span, { zone, meant }, fixOf(literal, meant));
}

function partOf({ field, start, end }: CronProblem, { span, literal }: Place): Span | undefined {
  if (literal === undefined || field === undefined) return span;
  return { file: literal.file, start: literal.start + start, end: literal.start + end };
}

function fixOf(literal: Span | undefined, meant: string | undefined): NonNullable<Parameters<typeof unknownZone>[2]> {
  return literal && meant !== undefined ? { fix: { title: `write \`${meant}\``, span: literal, text: meant } } : {};
}
