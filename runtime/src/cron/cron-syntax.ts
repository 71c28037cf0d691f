/** What a cron expression may say. What it says is found out by cron-parser, which lets some of this pass, and seldom names the field where it does not. */

import { CanoError } from "../errors/cano-error.js";
import { CRON_FIELDS, type CronField, type FieldValues, readField, type Refusal } from "./cron-fields.js";

/** What is wrong with a cron expression: `why` as it goes on after "invalid cron expression: ", `help` as an order or as what may stand there. */
export interface CronProblem extends Refusal {
  /**
   * `name`: it begins as a name such as `@daily`, and is none. `shape`: it is empty, too long, or has neither five nor six fields. `field`: one of them cannot
   * be as it is. `never`: each field is right, but no month that it names has such a day.
   */
  readonly kind: "name" | "shape" | "field" | "never";
  /** Undefined where it is not about one. */
  readonly field: CronField["name"] | undefined;
  /** From where in the expression it is wrong, in UTF-16 units from 0 on. */
  readonly start: number;
  /** Where that ends: the first place behind it. */
  readonly end: number;
}

const NAMED: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekdays": "0 0 * * 1-5",
  "@weekends": "0 0 * * 0,6",
  "@hourly": "0 * * * *",
  "@minutely": "* * * * *",
  "@secondly": "* * * * * *",
};

/** The names that may stand for a cron expression, the rarest first. */
export const CRON_NAMES: readonly string[] = Object.keys(NAMED);

const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

// cron-parser reads 1,024 characters, with seconds; all values of all fields are some 550.
const LONGEST = 1000;

/** Finds the first problem of `expression`; undefined when it has times. */
export function findCronProblem(expression: string): CronProblem | undefined {
  const text = expression.trim();
  if (Object.hasOwn(NAMED, text)) return undefined;
  const start = expression.indexOf(text);
  const whole = { field: undefined, start, end: start + text.length };
  if (text.startsWith("@"))
    return {
      kind: "name",
      ...whole,
      why: "there is no such name",
      help: `the names are ${CRON_NAMES.map((name) => `\`${name}\``).join(", ")}`,
    };
  const refusal = findShapeProblem(text);
  if (refusal !== undefined) return { kind: "shape", ...whole, ...refusal };
  return findFieldProblem([...expression.matchAll(/\S+/g)].map((word) => ({ text: word[0], start: word.index })));
}

/** The six fields of `expression`, seconds first, each one that cron-parser reads as it was meant. Throws `configuration` (CANO7032). */
export function readFields(expression: string): readonly string[] {
  if (typeof expression !== "string") throw cronRefused(String(expression), "it is not a text");
  const problem = findCronProblem(expression);
  if (problem !== undefined) throw cronRefused(expression, `${problem.why}: ${problem.help}`);
  const text = expression.trim();
  const fields = (NAMED[text] ?? text).split(/\s+/);
  return fields.length < CRON_FIELDS.length ? ["0", ...fields] : fields;
}

function cronRefused(expression: string, why: string): CanoError {
  return new CanoError("configuration", `invalid cron expression \`${expression}\`: ${why}`, { code: "CANO7032" });
}

function findShapeProblem(text: string): Refusal | undefined {
  const help = "give 5 fields, minute, hour, day of month, month and day of week, or 6 with seconds first";
  if (text === "") return { why: "it is empty", help };
  if (text.length > LONGEST) return { why: `it has more than ${LONGEST} characters`, help: "name each value once" };
  const { length } = text.split(/\s+/);
  return length === 5 || length === 6 ? undefined : { why: `it has ${length} ${length === 1 ? "field" : "fields"}`, help };
}

interface Word {
  readonly text: string;
  readonly start: number;
}

type FieldReading = FieldValues & Word;

/** `words` are those of an expression that has five or six. */
function findFieldProblem(words: readonly Word[]): CronProblem | undefined {
  const read: FieldReading[] = [];
  for (const [at, { text, start }] of words.entries()) {
    const field = CRON_FIELDS[at + CRON_FIELDS.length - words.length]!;
    const found = readField(field, text);
    if ("why" in found) return { ...found, kind: "field", field: field.name, start: start + found.start, end: start + found.end };
    read.push({ ...found, text, start });
  }
  const [days, months, weekdays] = read.slice(-3) as [FieldReading, FieldReading, FieldReading];
  // With a day of the week beside it, a day that never comes does no harm: either will do.
  if (!/^[*?]$/.test(weekdays.text) || days.moving.length > 0) return undefined;
  const longest = Math.max(...months.values.map((month) => LENGTHS[month - 1] ?? 0));
  if (Math.min(...days.values) <= longest) return undefined;
  return {
    kind: "never",
    field: "day of month",
    start: days.start,
    end: months.start + months.text.length,
    why: `it never comes, since no month of \`${months.text}\` has a day of \`${days.text}\``,
    help: "name a day that one of its months has",
  };
}
