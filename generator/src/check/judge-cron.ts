/** Tells what is wrong with a cron expression or a time zone, wherever it was written: in a schedule, or on the command line. */

import { findCronProblem } from "../cron/find-cron-problem.js";
import { findNearestZone, isZone } from "../cron/zones.js";
import { badCron, neverComes, unknownZone } from "../diagnostics/catalogue/schedules.js";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";

/** Where it was written, if in a source: the argument, and the text itself inside its quotes. */
export interface Place {
  readonly span: Span | undefined;
  readonly literal: Span | undefined;
}

/** What a cron expression is refused for; undefined where it is right. */
export function judgeCron(expression: string, { span, literal }: Place): Diagnostic | undefined {
  const problem = findCronProblem(expression);
  if (problem === undefined) return undefined;
  if (problem.kind === "never") return neverComes(span, { expression });
  const part = literal && "start" in problem ? partOf(literal, problem.start, problem.text.length) : span;
  return badCron(part, { expression, problem }, problem.kind === "name" ? fixOf(literal, problem.meant) : {});
}

/** What a time zone is refused for; undefined where it is right. */
export function judgeZone(zone: string, { span, literal }: Place): Diagnostic | undefined {
  if (isZone(zone)) return undefined;
  const meant = findNearestZone(zone);
  return unknownZone(span, { zone, meant }, fixOf(literal, meant));
}

function partOf({ file, start }: Span, offset: number, length: number): Span {
  return { file, start: start + offset, end: start + offset + length };
}

function fixOf(literal: Span | undefined, meant: string | undefined): NonNullable<Parameters<typeof unknownZone>[2]> {
  return literal && meant !== undefined ? { fix: { title: `write \`${meant}\``, span: literal, text: meant } } : {};
}
