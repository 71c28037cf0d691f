/** Which cron expressions and time zones are refused, and what is said then: the field, what is wrong with it, and what it takes; and where in the expression it is. */

import { array, assert, constantFrom, oneof, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { findCronProblem } from "../../runtime/src/cron/cron-syntax.js";
import { CronTable } from "../../runtime/src/cron/cron-table.js";
import { thrownBy } from "../runtime/thrown-by.js";

const read = (expression: string, timeZone = "UTC"): unknown => new CronTable().of(expression, timeZone);

describe("refused", () => {
  test.each([
    ["", "it is empty: give 5 fields, minute, hour, day of month, month and day of week, or 6 with seconds first"],
    [" \t ", "it is empty"],
    ["*", "it has 1 field: give 5 fields, minute, hour, day of month, month and day of week, or 6 with seconds first"],
    ["* * * *", "it has 4 fields: give 5 fields, minute, hour, day of month, month and day of week, or 6 with seconds first"],
    [
      "0 0 0 1 1 * 2026",
      "it has 7 fields: give 5 fields, minute, hour, day of month, month and day of week, or 6 with seconds first",
    ],
    [
      "@fortnightly",
      "there is no such name: the names are `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight`, `@weekdays`, `@weekends`, `@hourly`, `@minutely`, `@secondly`",
    ],
    ["@reboot", "there is no such name: the names are `@yearly`"],
    ["@Daily", "there is no such name: the names are `@yearly`"],
    // Out of range, in each field.
    ["60 * * * * *", "`60` in the second field is out of range: the field takes 0 to 59"],
    ["60 * * * *", "`60` in the minute field is out of range: the field takes 0 to 59"],
    ["0 24 * * *", "`24` in the hour field is out of range: the field takes 0 to 23"],
    ["0 0 0 * *", "`0` in the day of month field is out of range: the field takes 1 to 31"],
    ["0 0 1-32 * *", "`1-32` in the day of month field is out of range: the field takes 1 to 31"],
    ["0 0 1 0,13 *", "`0` in the month field is out of range: the field takes 1 to 12, or jan to dec"],
    ["0 0 * * 8", "`8` in the day of week field is out of range: the field takes 0 to 7, or sun to sat"],
    // Ranges and steps.
    ["0 22-6 * * *", "`22-6` in the hour field goes from 22 down to 6: write `22-23,0-6`"],
    ["0 0 25-5 * *", "`25-5` in the day of month field goes from 25 down to 5: write `25-31,1-5`"],
    ["0 0 * nov-feb *", "`nov-feb` in the month field goes from 11 down to 2: write `11-12,1-2`"],
    ["0 0 * * fri-mon", "`fri-mon` in the day of week field goes from 5 down to 1: write `5-7,1-1`"],
    ["0 0 * * SAT-SUN", "`SAT-SUN` in the day of week field goes from 6 down to 0: write `6-7`"],
    ["*/0 * * * *", "`*/0` in the minute field has a step of 0: a step is 1 to 60"],
    ["0 0 * * 1-5/0", "`1-5/0` in the day of week field has a step of 0: a step is 1 to 7"],
    [
      "*/90 * * * *",
      "`*/90` in the minute field steps beyond the 60 values that there are, and would not come every 90: make the step 60 or less, or fire in",
    ],
    ["0 */25 * * *", "`*/25` in the hour field steps beyond the 24 values that there are, and would not come every 25"],
    ["0 0 * * 0-7/8", "`0-7/8` in the day of week field steps beyond the 7 values that there are, and would not come every 8"],
    // Lists.
    ["1,,2 * * * *", "the list in the minute field has an empty place: take a comma out"],
    ["0 0 1, * *", "the list in the day of month field has an empty place"],
    ["5,5 * * * *", "`5,5` in the minute field has 5 twice: name it once"],
    ["0 1-5,3 * * *", "`1-5,3` in the hour field has 3 twice"],
    ["0 0 * * sun,7", "`sun,7` in the day of week field has 0 twice"],
    ["0 0 L,L * *", "`L,L` in the day of month field has L twice"],
    ["0 0 * * sunL,7L", "`sunL,7L` in the day of week field has 0L twice"],
    [
      "0 0 * * 1#1,3#1",
      "`1#1,3#1` in the day of week field has a `#`, which no list can have: make a schedule of each of its parts",
    ],
    // What is nothing at all.
    [
      "a * * * *",
      "`a` in the minute field cannot be read: the field takes 0 to 59, `*`, ranges as `0-2`, steps as `*/2`, and lists of them",
    ],
    ["0 0 * reb *", "`reb` in the month field cannot be read: the field takes 1 to 12, or jan to dec, `*`, ranges as `1-3`"],
    [
      "0 0 * * foo",
      "`foo` in the day of week field cannot be read: the field takes 0 to 7, or sun to sat, `*`, ranges as `0-2`, steps as `*/2`, `5L`, `5#2`, and",
    ],
    [
      "0 0 LL * *",
      "`LL` in the day of month field cannot be read: the field takes 1 to 31, `*`, ranges as `1-3`, steps as `*/2`, `L`, and lists of them",
    ],
    ["-1 * * * *", "`-1` in the minute field cannot be read"],
    ["1.5 * * * *", "`1.5` in the minute field cannot be read"],
    ["1-2-3 * * * *", "`1-2-3` in the minute field cannot be read"],
    ["*/2/3 * * * *", "`*/2/3` in the minute field cannot be read"],
    ["*/x * * * *", "`*/x` in the minute field cannot be read"],
    ["*-5 * * * *", "`*-5` in the minute field cannot be read"],
    ["0 mon * * *", "`mon` in the hour field cannot be read"],
    ["0 L * * *", "`L` in the hour field cannot be read"],
    ["0 0 15W * *", "`15W` in the day of month field cannot be read"],
    ["0 0 L-3 * *", "`L-3` in the day of month field cannot be read"],
    ["0 0 * * L", "`L` in the day of week field cannot be read"],
    ["0 0 * * *L", "`*L` in the day of week field cannot be read"],
    ["0 0 * * ?#1", "`?#1` in the day of week field cannot be read"],
    ["0 0 * * 1-5L", "`1-5L` in the day of week field cannot be read"],
    ["0 0 * * 1#6", "`1#6` in the day of week field cannot be read"],
    ["0 0 * * 8#1", "`8#1` in the day of week field is out of range: the field takes 0 to 7"],
    ["H * * * *", "`H` in the minute field is another time in every process: the field takes 0 to 59"],
    ["0 h(0-6)/2 * * *", "`h(0-6)/2` in the hour field is another time in every process"],
    // Days that never come.
    ["0 0 30 2 *", "it never comes, since no month of `2` has a day of `30`: name a day that one of its months has"],
    ["0 0 30,31 feb ?", "it never comes, since no month of `feb` has a day of `30,31`"],
    ["0 0 31 4,6,9,11 *", "it never comes, since no month of `4,6,9,11` has a day of `31`"],
    [`${"0".repeat(1100)} * * * *`, "it has more than 1000 characters: name each value once"],
  ])("`%s`", (expression, why) =>
    expect(thrownBy(() => read(expression))).toMatchObject({
      code: "CANO7032",
      category: "configuration",
      message: expect.stringContaining(`invalid cron expression \`${expression}\`: ${why}`) as string,
    }),
  );

  test.each([5, null, undefined, ["* * * * *"], new Date(0)])("what is not a text: %s", (value) =>
    expect(thrownBy(() => read(value as unknown as string))).toMatchObject({
      code: "CANO7032",
      category: "configuration",
      message: `invalid cron expression \`${String(value)}\`: it is not a text`,
    }),
  );

  test.each(["Mars/Olympus", "", "Local", "local", "Europe/Berlin ", "CEST+1", null, 5])("the time zone `%s`", (timeZone) =>
    expect(thrownBy(() => read("@daily", timeZone as string))).toMatchObject({
      code: "CANO7033",
      category: "configuration",
      message: `there is no time zone \`${timeZone}\`: give an IANA name such as \`Europe/Berlin\``,
      cause: expect.any(RangeError) as RangeError,
    }),
  );
});

describe("the place", () => {
  // What is wrong is underlined.
  test.each([
    ["60 * * * *", "^^", "minute"],
    ["  60 * * * *", "  ^^", "minute"],
    ["0\t 24 * * *", "   ^^", "hour"],
    ["60 0 0 * * *", "^^", "second"],
    ["0 0 1,32,40 * *", "      ^^", "day of month"],
    ["0 1,*/36 * * *", "    ^^^^", "hour"],
    ["0 0 * * MON,TUES", "            ^^^^", "day of week"],
    ["0 0 * 1,,2 *", "      ^^^^", "month"],
    ["0 1-5,3 * * *", "  ^^^^^", "hour"],
    ["0 0 * * 1#1,3#1", "        ^^^^^^^", "day of week"],
    ["0 0 31 4,6 *", "    ^^^^^^", "day of month"],
    ["0 0 0 30 2 ?", "      ^^^^", "day of month"],
    [" * * * * ", " ^^^^^^^", undefined],
    [" @reboot", " ^^^^^^^", undefined],
    ["", "", undefined],
  ])("`%s`", (expression, underlined, field) => {
    const start = underlined.lastIndexOf(" ") + 1;
    expect(findCronProblem(expression)).toMatchObject({ field, start, end: underlined.length });
  });

  test.each([
    ["@Daily", "name"],
    ["  ", "shape"],
    ["* * * *", "shape"],
    ["60 * * * *", "field"],
    ["0 0 30 2 *", "never"],
  ])("`%s` is of the kind %s", (expression, kind) => expect(findCronProblem(expression)?.kind).toBe(kind));
});

test("what has no problem is read, and has times", () => {
  // Such as come near to what is right.
  const part = constantFrom(
    ..."* ? 0 1 5 7 12 30 31 59 L 5L *L 1#2 sun JAN sunL jan-mar 1-5 0-7 5-1 */2 1/2 1-7/3 */40 007 00".split(" "),
  );
  const field = array(part, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(","));
  let read = 0;
  assert(
    property(array(oneof(constantFrom("*"), field), { minLength: 5, maxLength: 6 }), (fields) => {
      const expression = fields.join(" ");
      if (findCronProblem(expression) !== undefined) return;
      read++;
      expect(new CronTable().of(expression, "UTC").after(Date.UTC(2026, 0, 1))).toBeDefined();
    }),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(100);
});

describe("accepted", () => {
  const start = Date.UTC(2026, 0, 1);
  const next = (expression: string, timeZone = "UTC"): string =>
    new Date(new CronTable().of(expression, timeZone).after(start) ?? Number.NaN).toISOString().replace(":00.000Z", "");

  test.each([
    ["  30\t4   * * *\n", "2026-01-01T04:30"],
    ["05 08 * * *", "2026-01-01T08:05"],
    ["0 0 * FEB Mon", "2026-02-02T00:00"],
    ["0 0 * * 7", "2026-01-04T00:00"],
    ["0 0 * * 5-7", "2026-01-02T00:00"],
    ["0 0 * * mon#2", "2026-01-12T00:00"],
    ["0 0 * * friL", "2026-01-30T00:00"],
    ["0 0 * * 1,5L", "2026-01-05T00:00"],
    ["0 0 L * ?", "2026-01-31T00:00"],
    ["0 0 10,L * *", "2026-01-10T00:00"],
    // Each month has a last day, also one that has no 30th.
    ["0 0 30,L 2 *", "2026-02-28T00:00"],
    ["40/10 * * * *", "2026-01-01T00:40"],
    ["0 0 29 2 *", "2028-02-29T00:00"],
    // One that never comes does no harm beside a day of the week.
    ["0 0 30 2 1", "2026-02-02T00:00"],
    ["30 15 10 * * *", "2026-01-01T10:15:30.000Z"],
  ])("`%s`", (expression, time) => expect(next(expression)).toBe(time));

  test.each([
    ["@yearly", "2027-01-01T00:00"],
    ["@annually", "2027-01-01T00:00"],
    ["@monthly", "2026-02-01T00:00"],
    ["@weekly", "2026-01-04T00:00"],
    ["@daily", "2026-01-02T00:00"],
    ["@midnight", "2026-01-02T00:00"],
    ["@weekdays", "2026-01-02T00:00"],
    ["@weekends", "2026-01-03T00:00"],
    ["@hourly", "2026-01-01T01:00"],
    ["@minutely", "2026-01-01T00:01"],
    ["@secondly", "2026-01-01T00:00:01.000Z"],
  ])("%s", (name, time) => expect(next(name)).toBe(time));

  test("zones by any of their names", () => {
    expect(next("0 0 * * *", "europe/berlin")).toBe("2026-01-01T23:00");
    expect(next("0 0 * * *", "Asia/Calcutta")).toBe("2026-01-01T18:30");
    expect(next("0 0 * * *", "Etc/GMT+5")).toBe("2026-01-01T05:00");
  });

  test("an expression is read once for a zone", () => {
    const table = new CronTable();
    expect(table.of("0 0 * * *", "UTC")).toBe(table.of("0 0 * * *", "UTC"));
    expect(table.of("0 0 * * *", "UTC")).not.toBe(table.of("0 0 * * *", "Europe/Berlin"));
  });
});
