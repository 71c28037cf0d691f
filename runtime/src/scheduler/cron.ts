/** The times of cron expressions, by cron-parser. What is asked for is checked here, so that every problem is said in one way. */

import { type CronExpression, CronExpressionParser } from "cron-parser";
import { CanoError } from "../run/errors.js";
import { textOf } from "../run/failure.js";

/** The times of one expression in one zone. */
export interface CronTimes {
  /** The first time after `time`, both in milliseconds since 1970; undefined when there is none any more. */
  after(time: number): number | undefined;
  /** The last time before `time`. */
  before(time: number): number | undefined;
}

// Reading an expression takes longer than asking for its next time, and thousands of schedules have few expressions between them.
const LARGEST = 1_000;
const known = new Map<string, CronTimes>();

/**
 * The times of `expression`: five fields, or six with seconds first, or a name such as `@daily`; in the IANA zone `timeZone`. A local time that does not
 * exist is moved to the one that comes in its place, one that exists twice counts once. Throws `configuration`.
 */
export function cronTimes(expression: string, timeZone: string): CronTimes {
  const key = JSON.stringify([expression, timeZone]);
  const found = known.get(key) ?? timesOf(readCron(expression, timeZone));
  known.delete(key);
  known.set(key, found);
  const [oldest] = known.keys();
  if (known.size > LARGEST && oldest !== undefined) known.delete(oldest);
  return found;
}

function readCron(expression: string, timeZone: string): CronExpression {
  requireZone(timeZone);
  const fields = expression.trim().split(/\s+/);
  if (!expression.trim().startsWith("@") && fields.length !== 5 && fields.length !== 6)
    throw refused(expression, `it has ${fields.length} fields, and should have 5, or 6 with seconds first`);
  try {
    const parsed = CronExpressionParser.parse(expression.trim(), { tz: timeZone });
    // The 30th of February never comes: that is found out by looking for it.
    parsed.next();
    return parsed;
  } catch (cause) {
    throw refused(expression, textOf(cause), cause);
  }
}

function requireZone(timeZone: string): void {
  try {
    // Throws where it knows no such zone.
    void new Intl.DateTimeFormat("en", { timeZone });
  } catch (cause) {
    const message = `there is no time zone \`${timeZone}\`: give an IANA name such as \`Europe/Berlin\``;
    throw new CanoError("configuration", message, { code: "CANO7033", cause });
  }
}

function timesOf(parsed: CronExpression): CronTimes {
  const from = (time: number, way: "next" | "prev"): number | undefined => {
    parsed.reset(new Date(time));
    try {
      return parsed[way]().getTime();
    } catch {
      // It looks some years around, and then gives up.
      return undefined;
    }
  };
  return { after: (time) => from(time, "next"), before: (time) => from(time, "prev") };
}

function refused(expression: string, why: string, cause?: unknown): CanoError {
  const message = `invalid cron expression \`${expression}\`: ${why}`;
  return new CanoError("configuration", message, { code: "CANO7032", ...(cause === undefined ? {} : { cause }) });
}
