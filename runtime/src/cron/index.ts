/** The times of cron expressions in time zones, and what is wrong with an expression: what `cano/scheduler` goes by, and `cano-gen` checks. Reads no clock. */

export { type CronProblem, CRON_NAMES, findCronProblem } from "./cron-syntax.js";
export { type ClockChange, CronTable, type CronTimes } from "./cron-table.js";
export { ZoneClock } from "./zone-clock.js";
