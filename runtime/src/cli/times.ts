/** Points in time and durations as people read them. */

/** A point in time, given as milliseconds since 1970, in local time with its offset from UTC: `2026-03-29 01:30:00.000 +01:00`. */
export function localTime(time: number): string {
  const date = new Date(time);
  const day = [digits(date.getFullYear(), 4), digits(date.getMonth() + 1, 2), digits(date.getDate(), 2)].join("-");
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => digits(part, 2)).join(":");
  const east = -date.getTimezoneOffset();
  const offset = `${east < 0 ? "-" : "+"}${digits(Math.floor(Math.abs(east) / 60), 2)}:${digits(Math.abs(east) % 60, 2)}`;
  return `${day} ${clock}.${digits(date.getMilliseconds(), 3)} ${offset}`;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** So many milliseconds in the two units that matter, rounded down: `12ms`, `1.5s`, `2m 3s`, `4h 5m`, `3d 2h`. Less than nothing is nothing. */
export function duration(milliseconds: number): string {
  const time = Math.max(0, milliseconds);
  if (time < SECOND) return `${Math.floor(time)}ms`;
  if (time < MINUTE) return `${Math.floor(time / 100) / 10}s`;
  if (time < HOUR) return `${Math.floor(time / MINUTE)}m ${Math.floor((time % MINUTE) / SECOND)}s`;
  if (time < DAY) return `${Math.floor(time / HOUR)}h ${Math.floor((time % HOUR) / MINUTE)}m`;
  return `${Math.floor(time / DAY)}d ${Math.floor((time % DAY) / HOUR)}h`;
}

function digits(number: number, count: number): string {
  return String(number).padStart(count, "0");
}
