/** Where the firing times of cron expressions differ from those of croner 10.0.1, each difference with its reason, and with who is right. */

/** A time that one of the two has, and the other has not. */
export interface Difference {
  readonly expression: string;
  readonly zone: string;
  readonly time: number;
  readonly who: "ours" | "theirs";
}

/** Differences with one reason: those of a zone from `from` on, and before `to`. */
export interface ExplainedDifferences {
  readonly name: string;
  readonly zone: string;
  readonly from: number;
  readonly to: number;
  readonly who: Difference["who"];
  readonly has: (expression: string) => boolean;
  /** How many there are in the times that are compared. */
  readonly times: number;
  /** Why, and who is right by which rule. */
  readonly why: string;
}

const HOUR = 3_600_000;

/** Whether the hour is `*`: the only way in which the 300 expressions say each hour. */
const isHourly = (expression: string): boolean => expression === "@hourly" || /^(\S+ )?\S+ \* \S+ \S+ \S+$/.test(expression);
const isNotHourly = (expression: string): boolean => !isHourly(expression);

const SECOND_HOUR =
  "The hour that comes twice. Croner has its first time only, and so no run in an hour that passes, not of `* * * * *` either: its documentation says so of all " +
  "jobs, and its later releases have it for named hours only. Vixie cron runs jobs that name no hour as time passes, in both. Ours do.";
const NOT_AN_HOUR =
  "The half hour that comes twice. Croner looks for the first time a whole hour before the second, does not find it, and has the second; its documentation " +
  "promises the first. It is the first in Vixie cron, which does not run again what it has run. Ours is the first,";
const SHORT_FEBRUARY =
  "Croner counts the days of the week up to the 31st in each month. One in February that is none is taken for a day in March, and the days before that are " +
  "passed over: here the 1st, which the day of month names. By POSIX, either day will do. Ours fires.";

/** The rows of an overlap that ends at `end`, where clocks were put back by an hour. */
const repeatedHour = (zone: string, end: string, times: number): ExplainedDifferences => ({
  name: `${zone}: hourly in the second hour, to ${end}`,
  zone,
  from: Date.parse(end) - HOUR,
  to: Date.parse(end),
  who: "ours",
  has: isHourly,
  times,
  why: SECOND_HOUR,
});

/** The rows of an overlap in which `middle` is when clocks were put back by half an hour. */
const repeatedHalfHour = (middle: string, hourly: number, named: number): readonly ExplainedDifferences[] => {
  const zone = "Australia/Lord_Howe";
  const time = Date.parse(middle);
  const first = { zone, from: time - HOUR / 2, to: time };
  const second = { zone, from: time, to: time + HOUR / 2 };
  return [
    {
      ...first,
      name: `${zone}: hourly in the first half hour, to ${middle}`,
      who: "ours",
      has: isHourly,
      times: hourly,
      why: `${NOT_AN_HOUR} and the second.`,
    },
    {
      ...first,
      name: `${zone}: named hours in the first half hour, to ${middle}`,
      who: "ours",
      has: isNotHourly,
      times: named,
      why: `${NOT_AN_HOUR} alone.`,
    },
    {
      ...second,
      name: `${zone}: named hours in the second half hour, from ${middle}`,
      who: "theirs",
      has: isNotHourly,
      times: named,
      why: `${NOT_AN_HOUR} alone.`,
    },
  ];
};

/** The 1st of March in years in which croner passes over it. */
const passedOver = (zone: string, expression: string, years: readonly number[]): readonly ExplainedDifferences[] =>
  years.map((year) => ({
    name: `${zone}: \`${expression}\` on 1 March ${year}`,
    zone,
    from: Date.UTC(year, 1, 28, 12),
    to: Date.UTC(year, 2, 2, 12),
    who: "ours",
    has: (one) => one === expression,
    times: 1,
    why: SHORT_FEBRUARY,
  }));

/** See the file's first line. */
export const DIFFERENCES: readonly ExplainedDifferences[] = [
  repeatedHour("Europe/Berlin", "2026-10-25T02:00:00Z", 604),
  repeatedHour("Europe/Berlin", "2027-10-31T02:00:00Z", 604),
  repeatedHour("Europe/Berlin", "2028-10-29T02:00:00Z", 604),
  repeatedHour("America/New_York", "2026-11-01T07:00:00Z", 604),
  repeatedHour("America/New_York", "2027-11-07T07:00:00Z", 604),
  repeatedHour("America/New_York", "2028-11-05T07:00:00Z", 604),
  ...repeatedHalfHour("2026-04-04T15:00:00Z", 323, 20),
  ...repeatedHalfHour("2027-04-03T15:00:00Z", 323, 20),
  ...repeatedHalfHour("2028-04-01T15:00:00Z", 323, 20),
  ...["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"].flatMap((zone) => [
    ...passedOver(zone, "0 12 1 * mon", [2026]),
    ...passedOver(zone, "0 12 1 * 1-5", [2026]),
    ...passedOver(zone, "0 12 1-7 * mon", [2026]),
    ...passedOver(zone, "0 12 1-7 * 1-5", [2026]),
    ...passedOver(zone, "0 12 */10 * 5", [2026, 2027, 2028]),
    ...passedOver(zone, "0 12 */10 * mon", [2026, 2028]),
    ...passedOver(zone, "0 12 */10 * 1-5", [2026]),
    ...passedOver(zone, "0 12 */10 * 6#1", [2026, 2027, 2028]),
    ...passedOver(zone, "0 12 */10 * 5L", [2026, 2027, 2028]),
    ...passedOver(zone, "0 0 1,15 * 3", [2027]),
  ]),
];

/** The row that explains a difference. */
export function findDifference({ expression, zone, time, who }: Difference): ExplainedDifferences | undefined {
  return DIFFERENCES.find(
    (row) => row.zone === zone && row.who === who && row.from <= time && time < row.to && row.has(expression),
  );
}
