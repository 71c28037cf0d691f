/** The times of cron expressions, by cron-parser, as the runtime's scheduler has them. What is wrong with an expression is `find-cron-problem.ts`. */

import type { CronExpression } from "cron-parser";
import { cronParser } from "./cron-parser.js";

/** The times of one expression in one zone, in milliseconds since 1970. */
export interface CronTimes {
  /** The first time after `time`; undefined when there is none. */
  after(time: number): number | undefined;
  /** Whether the expression names the local time of `time`: of one that was moved, it does not. */
  names(time: number): boolean;
  /** The same times as six fields, each in its plainest form. */
  readonly plain: string;
}

/** Finds the times of `expression` in an IANA zone that is known; undefined when cron-parser refuses the expression. */
export function findCronTimes(expression: string, timeZone: string): CronTimes | undefined {
  const parsed = parse(expression, timeZone);
  return (
    parsed && {
      after: (time) => next(parsed, time),
      names: (time) => parsed.includesDate(new Date(time)),
      plain: parsed.stringify(true),
    }
  );
}

function parse(expression: string, timeZone: string): CronExpression | undefined {
  try {
    return cronParser().CronExpressionParser.parse(expression, { tz: timeZone });
  } catch {
    // It says what it has against the expression in words that name no field.
    return undefined;
  }
}

function next(parsed: CronExpression, time: number): number | undefined {
  parsed.reset(new Date(time));
  try {
    return parsed.next().getTime();
  } catch {
    // It looks some years ahead, and then gives up.
    return undefined;
  }
}
