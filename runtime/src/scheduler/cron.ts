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

/** The times of expressions, each read once: thousands of schedules have few between them. */
export class CronTable {
  private readonly known = new Map<string, CronTimes>();

  /**
   * The times of `expression`: five fields, or six with seconds first, or a name such as `@daily`; in the IANA zone `timeZone`. A local time that does not
   * exist is moved to the one that comes in its place, one that exists twice counts once. Throws `configuration`.
   */
  of(expression: string, timeZone: string): CronTimes {
    const key = JSON.stringify([expression, timeZone]);
    const found = this.known.get(key) ?? timesOf(readCron(expression, timeZone));
    this.known.set(key, found);
    return found;
  }
}

function readCron(expression: string, timeZone: string): CronExpression {
  requireZone(timeZone);
  if (typeof expression !== "string") throw refused(String(expression), "it is no text");
  const text = expression.trim();
  if (!text.startsWith("@")) requireFields(expression, text.split(/\s+/));
  try {
    const parsed = CronExpressionParser.parse(text, { tz: timeZone });
    // The 30th of February never comes: that is found out by looking for it.
    parsed.next();
    return parsed;
  } catch (cause) {
    throw refused(expression, textOf(cause), cause);
  }
}

/** How many values each field has, seconds first. */
const SIZES = [60, 60, 24, 31, 12, 7];

// What cron-parser lets pass, and is not what was meant.
function requireFields(expression: string, fields: readonly string[]): void {
  if (fields.length !== 5 && fields.length !== 6)
    throw refused(expression, `it has ${fields.length} fields, and should have 5, or 6 with seconds first`);
  for (const [at, size] of SIZES.slice(-fields.length).entries()) {
    for (const part of fields[at]?.split(",") ?? []) {
      if (/^H\b/i.test(part)) throw refused(expression, `\`${part}\` is another time in every process`);
      const [, step] = /\/(\d+)$/.exec(part) ?? [];
      if (Number(step) > size)
        throw refused(expression, `\`${part}\` steps beyond the ${size} values of its field, and would not come every ${step}`);
    }
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
  // Schedules with one expression ask for the same time, all at once.
  let last: { readonly time: number; readonly after: number | undefined } | undefined;
  const from = (time: number, way: "next" | "prev"): number | undefined => {
    parsed.reset(new Date(time));
    try {
      return parsed[way]().getTime();
    } catch {
      // It looks some years around, and then gives up.
      return undefined;
    }
  };
  return {
    after(time) {
      if (last?.time !== time) last = { time, after: from(time, "next") };
      return last.after;
    },
    before: (time) => from(time, "prev"),
  };
}

function refused(expression: string, why: string, cause?: unknown): CanoError {
  const message = `invalid cron expression \`${expression}\`: ${why}`;
  return new CanoError("configuration", message, { code: "CANO7032", ...(cause === undefined ? {} : { cause }) });
}
