/** 300 cron expressions for the tests of firing times: each form of each field, combined, and such as people have in their crontabs. */

const cross = (...parts: readonly (readonly string[])[]): readonly string[] =>
  parts.reduce<readonly string[]>((made, part) => made.flatMap((start) => part.map((end) => `${start} ${end}`.trim())), [""]);

// Every form of a minute with every form of an hour, those among them that daylight saving moves.
const TIMES = cross(
  ["0", "30", "5,35", "*/15", "0-3", "10-50/20", "7/20"],
  ["*", "0", "2", "3", "1-3", "*/2", "0-22/3", "1,2,3", "23", "9-17"],
  ["* * *"],
);

// Days of a month that not every month has, and months. No February has a 31st.
const DATES = cross(
  ["30 2"],
  ["1", "15", "31", "1,15", "L", "28-31", "*/7", "1-7", "5-25/10", "?", "29", "10,L"],
  ["*", "2", "feb", "1,7", "jan-mar", "*/3", "4-10/2", "DEC"],
  ["*"],
).filter((expression) => !/ 31 (2|feb) /.test(expression));

// Days of the week, Sunday with both its numbers.
const WEEKDAYS = cross(
  ["15 8", "0 2", "*/30 2"],
  ["* *"],
  [
    "0",
    "7",
    "SUN",
    "1-5",
    "mon-fri",
    "sat,sun",
    "MON",
    "2-4",
    "5-7",
    "*/2",
    "1-5/2",
    "1,3,5",
    "0-6",
    "5#3",
    "fri#1",
    "6#5",
    "5L",
    "1L",
  ],
);

// Either day will do.
const EITHER = cross(["0 12"], ["1", "13", "L", "1-7", "*/10"], ["*"], ["5", "mon", "1-5", "6#1", "5L"]);

const SECONDS = cross(["0", "15", "*/20", "10-40/15", "*"], ["0 3", "30 2", "*/15 *", "* *"], ["* * *"]);

const NAMES = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

const CRONTABS = [
  "* * * * *", // a heartbeat
  "*/5 * * * *", // a queue is looked at
  "*/10 8-18 * * 1-5", // prices, in office hours
  "17 * * * *", // what a distribution runs hourly
  "25 6 * * *", // daily
  "47 6 * * 7", // weekly
  "52 6 1 * *", // monthly
  "0 0 1 1 *", // licences end
  "0 0 1 */3 *", // quarters begin
  "59 23 L 3,6,9,12 *", // and end
  "0 9 29 2 *", // born on a leap day
  "0 22 * * 1-5", // when all have gone home
  "5 0 * 8 *", // a month's nights
  "15 14 1 * *", // rent
  "23 0-20/2 * * *", // odd minutes
  "5 4 * * sun", // certificates
  "0 0,12 1 */2 *", // every other month
  "0 4 8-14 * *", // the second week
  "0 0 1,15 * 3", // pay days
  "30 1 * * *", // backups, in the hour that is repeated or skipped somewhere
  "45 1 * 4,10 *",
  "0 1 * 3,11 0",
  "0 1-2 * * 0",
  "*/7 1 * * *", // a step that does not fit
  "*/40 */5 * * *",
  "0 18-23,0-6 * * *", // a night in two ranges
  "0 0 */2 * *",
  "0 7 * jan,DEC 1-5/2",
  "30 30 3 1-7 * *", // with seconds
  "0 */6 * * 6,0",
];

/** See the file's first line. */
export const cronExpressions: readonly string[] = [...TIMES, ...DATES, ...WEEKDAYS, ...EITHER, ...SECONDS, ...NAMES, ...CRONTABS];
