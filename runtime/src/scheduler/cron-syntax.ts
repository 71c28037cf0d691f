/** What a cron expression may say. What it says is found out by cron-parser, which lets some of this pass, and seldom names the field where it does not. */

import { CanoError } from "../run/errors.js";

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** From `least` on. */
  readonly names?: readonly string[];
  /** Parts of a kind that no other field has; their value, if they have one, is the first group. */
  readonly special?: { readonly pattern: RegExp; readonly such: string };
}

const DAY_OF_MONTH: Field = { name: "day of month", least: 1, most: 31, special: { pattern: /^L$/, such: "`L`" } };
const MONTH: Field = { name: "month", least: 1, most: 12, names: "jan feb mar apr may jun jul aug sep oct nov dec".split(" ") };
// Sunday is 0 and 7.
const DAY_OF_WEEK: Field = {
  name: "day of week",
  least: 0,
  most: 7,
  names: "sun mon tue wed thu fri sat".split(" "),
  special: { pattern: /^([^#]+)(?:L|#[1-5])$/, such: "`5L`, `5#2`" },
};
const FIELDS: readonly Field[] = [
  { name: "second", least: 0, most: 59 },
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  DAY_OF_MONTH,
  MONTH,
  DAY_OF_WEEK,
];
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

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

/** The six fields of `expression`, seconds first, each one that cron-parser reads as it was meant. Throws `configuration`. */
export function readFields(expression: string): readonly string[] {
  if (typeof expression !== "string") throw cronRefused(String(expression), "it is not a text");
  const text = expression.trim();
  if (text === "") throw cronRefused(expression, "it is empty");
  if (text.startsWith("@") && !Object.hasOwn(NAMED, text))
    throw cronRefused(expression, `there is no such name, only ${Object.keys(NAMED).join(", ")}`);
  const given = (NAMED[text] ?? text).split(/\s+/);
  if (given.length !== 5 && given.length !== 6) {
    const count = given.length === 1 ? "1 field" : `${given.length} fields`;
    throw cronRefused(expression, `it has ${count}, and should have 5, or 6 with seconds first`);
  }
  const fields = given.length === 5 ? ["0", ...given] : given;
  const [, , , days = [], months = []] = FIELDS.map((field, at) => readField(expression, field, fields[at] ?? ""));
  // With a day of the week beside it, one that never comes does no harm: either will do.
  const isAlone = /^[*?]$/.test(fields[5] ?? "");
  if (isAlone && days.length > 0 && Math.min(...days) > Math.max(...months.map((month) => LENGTHS[month - 1] ?? 0)))
    throw cronRefused(expression, `it never comes, since no month of \`${fields[4]}\` has a day of \`${fields[3]}\``);
  return fields;
}

/** The error for an expression that is none. */
export function cronRefused(expression: string, why: string, cause?: unknown): CanoError {
  const message = `invalid cron expression \`${expression}\`: ${why}`;
  return new CanoError("configuration", message, { code: "CANO7032", ...(cause === undefined ? {} : { cause }) });
}

/** The values of a field, those left out that depend on the month. */
function readField(expression: string, field: Field, text: string): readonly number[] {
  const parts = text.split(",");
  if (field === DAY_OF_WEEK && parts.length > 1 && text.includes("#"))
    throw cronRefused(expression, `\`${text}\` in the day of week field has a \`#\`, which no list can have`);
  const values = parts.flatMap((part) => {
    if (part === "") throw cronRefused(expression, `the list in the ${field.name} field has an empty place`);
    const read = readPart(field, part);
    if (typeof read === "string") throw cronRefused(expression, `\`${part}\` in the ${field.name} field ${read}`);
    return read;
  });
  const twice = values.find((value, at) => values.indexOf(value) !== at);
  if (twice !== undefined) throw cronRefused(expression, `\`${text}\` in the ${field.name} field has ${twice} twice`);
  return values;
}

/** The values of one part of a list; a text when something is wrong with it. */
function readPart(field: Field, part: string): readonly number[] | string {
  const { least, most, names, special } = field;
  const takes = names === undefined ? `${least} to ${most}` : `${least} to ${most}, or ${names[0]} to ${names.at(-1)}`;
  if (/^H\b/i.test(part)) return "is another time in every process";
  const found = special?.pattern.exec(part);
  const [, range = "", step] = (found ? [part, found[1] ?? "*"] : /^([^/]+)(?:\/(\d+))?$/.exec(part)) ?? [];
  const ends = /^[*?]$/.test(range) ? [] : range.split("-").map((end) => numberOf(field, end));
  if (range === "" || ends.length > (found ? 1 : 2) || ends.some(Number.isNaN))
    return `cannot be read: it takes ${takes}, \`*\`, ranges as \`${least}-${least + 2}\`, steps as \`*/2\`${special ? `, ${special.such}` : ""}, and lists of them`;
  if (ends.some((end) => end < least || end > most)) return `is out of range: it takes ${takes}`;
  if (found) return [];
  const [from = least, to = ends.length === 1 && step === undefined ? from : most] = ends;
  if (from > to) return `goes from ${from} down to ${to}: write \`${aroundTheEnd(field, from, to)}\``;
  const size = field === DAY_OF_WEEK ? 7 : most - least + 1;
  const by = Number(step ?? 1);
  if (by === 0) return `has a step of 0: it takes 1 to ${size}`;
  if (by > size) return `steps beyond the ${size} values that there are, and would not come every ${by}`;
  const values = Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, at) => from + at * by);
  return field === DAY_OF_WEEK ? [...new Set(values.map((value) => value % 7))] : values;
}

function numberOf({ least, names = [] }: Field, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const at = names.indexOf(text.toLowerCase());
  return at < 0 ? Number.NaN : least + at;
}

/** A range that goes past the field's end, as two that do not. */
function aroundTheEnd(field: Field, from: number, to: number): string {
  const start = field === DAY_OF_WEEK ? 1 : field.least;
  return to < start ? `${from}-${field.most}` : `${from}-${field.most},${start}-${to}`;
}
