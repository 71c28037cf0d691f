/** The names of a schedule's runs. */

const DAY = 24 * 60 * 60 * 1_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));

/** The day that was written last, and its text: due times mostly follow each other. */
let lastDay = Number.NaN;
let lastText = "";

/** The id of the run for a due time (milliseconds since 1970): unique, and tells a reader which it is. */
export function runIdFor(schedule: string, due: number): string {
  return `${schedule}/${dateTextOf(due)}`;
}

/** The same as `toISOString` of a date, which takes several times as long and would be a fifth of all that the scheduler does for a firing. */
function dateTextOf(time: number): string {
  // Dates have whole milliseconds.
  const milliseconds = Math.trunc(time);
  const day = Math.floor(milliseconds / DAY);
  if (day !== lastDay) {
    lastText = new Date(day * DAY).toISOString().replace(/T.*/, "");
    lastDay = day;
  }
  // As a whole number of 32 bits, of which remainders are cheap.
  const ofDay = (milliseconds - day * DAY) | 0;
  const rest = ofDay % 1_000;
  const seconds = (ofDay - rest) / 1_000;
  const second = seconds % 60;
  const minutes = (seconds - second) / 60;
  const minute = minutes % 60;
  const hour = (minutes - minute) / 60;
  const fraction = rest === 0 ? "000" : String(rest).padStart(3, "0");
  return `${lastText}T${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second]}.${fraction}Z`;
}
