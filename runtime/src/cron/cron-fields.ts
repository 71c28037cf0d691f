/** The six fields of a cron expression: which values each takes, and how they are written. How they come together is `cron-syntax.ts`. */

/** A field. */
export interface CronField {
  readonly name: "second" | "minute" | "hour" | "day of month" | "month" | "day of week";
  readonly least: number;
  readonly most: number;
  /** From `least` on. */
  readonly names?: readonly string[];
  /** Parts of a kind that no other field has: a value, which may be empty, and what is said of it. */
  readonly special?: { readonly pattern: RegExp; readonly such: string };
}

/** Why a text is refused, and what to do about it. */
export interface Refusal {
  readonly why: string;
  readonly help: string;
}

/** Why the text of a field is refused: for what is between two places in it. */
export interface FieldRefusal extends Refusal {
  readonly start: number;
  readonly end: number;
}

/** What a field names. */
export interface FieldValues {
  readonly values: readonly number[];
  /** Which day it is depends on the month: `L`, `5L`, `5#2`. */
  readonly moving: readonly string[];
}

// Sunday is 0 and 7.
const DAY_OF_WEEK: CronField = {
  name: "day of week",
  least: 0,
  most: 7,
  names: "sun mon tue wed thu fri sat".split(" "),
  special: { pattern: /^([^#*?]+)(L|#[1-5])$/, such: "`5L`, `5#2`" },
};

/** In the order in which they are written. */
export const CRON_FIELDS: readonly CronField[] = [
  { name: "second", least: 0, most: 59 },
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of month", least: 1, most: 31, special: { pattern: /^()(L)$/, such: "`L`" } },
  { name: "month", least: 1, most: 12, names: "jan feb mar apr may jun jul aug sep oct nov dec".split(" ") },
  DAY_OF_WEEK,
];

/** Reads the text of a field. */
export function readField(field: CronField, text: string): FieldValues | FieldRefusal {
  const parts = text.split(",");
  const refuse = (why: string, help: string): FieldRefusal => ({ start: 0, end: text.length, why, help });
  if (field === DAY_OF_WEEK && parts.length > 1 && text.includes("#"))
    return refuse(
      `\`${text}\` in the day of week field has a \`#\`, which no list can have`,
      "make a schedule of each of its parts",
    );
  const values: number[] = [];
  const moving: string[] = [];
  let start = 0;
  for (const part of parts) {
    if (part === "") return refuse(`the list in the ${field.name} field has an empty place`, "take a comma out");
    const end = start + part.length;
    const read = readPart(field, part);
    if ("why" in read) return { start, end, why: `\`${part}\` in the ${field.name} field ${read.why}`, help: read.help };
    values.push(...read.values);
    moving.push(...read.moving);
    start = end + 1;
  }
  const named = [...values, ...moving];
  const twice = named.find((value, at) => named.indexOf(value) !== at);
  if (twice !== undefined) return refuse(`\`${text}\` in the ${field.name} field has ${twice} twice`, "name it once");
  return { values, moving };
}

/** Reads one part of a list; `why` goes on after its text. */
function readPart(field: CronField, part: string): FieldValues | Refusal {
  const { least, most, names, special } = field;
  const takes = `the field takes ${least} to ${most}${names === undefined ? "" : `, or ${names[0]} to ${names.at(-1)}`}`;
  if (/^H\b/i.test(part)) return { why: "is another time in every process", help: takes };
  const found = special?.pattern.exec(part);
  // What follows is a step, or where in the month the day is.
  const [, range = "", suffix] = found ?? /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
  const ends = /^[*?]?$/.test(range) ? [] : range.split("-").map((end) => numberOf(field, end));
  if ((range === "" && !found) || ends.length > (found ? 1 : 2) || ends.some(Number.isNaN)) {
    const others = `\`*\`, ranges as \`${least}-${least + 2}\`, steps as \`*/2\`${special ? `, ${special.such}` : ""}, and lists of them`;
    return { why: "cannot be read", help: `${takes}, ${others}` };
  }
  if (ends.some((end) => end < least || end > most)) return { why: "is out of range", help: takes };
  if (found) return { values: [], moving: [`${ends.map((end) => end % 7).join("")}${suffix}`] };
  const [from = least, to = ends.length === 1 && suffix === undefined ? from : most] = ends;
  if (from > to) return { why: `goes from ${from} down to ${to}`, help: `write \`${aroundTheEnd(field, from, to)}\`` };
  const size = field === DAY_OF_WEEK ? 7 : most - least + 1;
  const by = Number(suffix ?? 1);
  if (by === 0) return { why: "has a step of 0", help: `a step is 1 to ${size}` };
  if (by > size)
    return {
      why: `steps beyond the ${size} values that there are, and would not come every ${by}`,
      help: `make the step ${size} or less, or fire in intervals, with \`every\``,
    };
  const values = Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, at) => from + at * by);
  return { values: field === DAY_OF_WEEK ? [...new Set(values.map((value) => value % 7))] : values, moving: [] };
}

function numberOf({ least, names = [] }: CronField, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const at = names.indexOf(text.toLowerCase());
  return at < 0 ? Number.NaN : least + at;
}

/** A range that goes past the field's end, as two that do not. */
function aroundTheEnd(field: CronField, from: number, to: number): string {
  const start = field === DAY_OF_WEEK ? 1 : field.least;
  return to < start ? `${from}-${field.most}` : `${from}-${field.most},${start}-${to}`;
}
