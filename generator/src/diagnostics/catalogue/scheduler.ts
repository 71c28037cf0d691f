/** Codes 7xxx from CANO7032: what a scheduler refuses at run time. What is told before it runs is `schedules.ts`. */

import { define } from "./define.js";

/** CANO7032, `configuration` */
export const invalidCron = define<{ expression: string; why: string }>(
  "CANO7032",
  "error",
  {
    title: "an expression that is no cron expression, or never comes",
    reason:
      "It has five fields, minute, hour, day of month, month and day of week, or six with seconds first, or is a name such as `@daily`. Nothing was scheduled.",
  },
  ({ expression, why }) => ({
    message: `invalid cron expression \`${expression}\`: ${why}`,
    help: 'try it with `cano-gen explain-cron "…"`',
  }),
);

/** CANO7033, `configuration` */
export const unknownZone = define<{ zone: string }>(
  "CANO7033",
  "error",
  {
    title: "a time zone that there is not",
    reason: "Time zones are those of the IANA database that Node comes with, by their names. Nothing was scheduled.",
  },
  ({ zone }) => ({
    message: `there is no time zone \`${zone}\``,
    help: "give an IANA name such as `Europe/Berlin`",
  }),
);

/** CANO7034, `configuration` */
export const badSchedule = define<{ option: string; bound: string }>(
  "CANO7034",
  "error",
  {
    title: "a schedule with an option that cannot be",
    reason: "The name is kept with every run, and the options say when there is one. Nothing was scheduled.",
  },
  ({ option, bound }) => ({ message: `\`${option}\` must be ${bound}`, help: "see what the message says it may be" }),
);

/** CANO7035, `configuration` */
export const sameSchedule = define<{ name: string }>(
  "CANO7035",
  "error",
  {
    title: "two schedules of one name",
    reason: "Schedules, and the runs that they fire, are told apart by their names. The first one stays.",
  },
  ({ name }) => ({ message: `a schedule \`${name}\` already exists`, help: "give one of them another name" }),
);

/** CANO7036, `configuration` */
export const unknownSchedule = define<{ name: string }>(
  "CANO7036",
  "error",
  {
    title: "a schedule that is not registered",
    reason: "This scheduler has none of that name. One that another process has registered is not known here.",
  },
  ({ name }) => ({
    message: `there is no schedule \`${name}\``,
    help: "register it first, or see what `list()` has",
  }),
);

/** CANO7037, `workflow` */
export const notRunning = define<{ state: string }>(
  "CANO7037",
  "error",
  {
    title: "a scheduler that is not running",
    reason: "It was not started, not since the schedule was registered, or it is stopped. A scheduler that is stopped stays so.",
  },
  ({ state }) => ({ message: `the scheduler is ${state}`, help: "await `start()` first; make another scheduler after `stop()`" }),
);

/** CANO7038, `workflow` */
export const notTriggered = define<{ name: string; why: string }>(
  "CANO7038",
  "error",
  {
    title: "a trigger that fires nothing",
    reason:
      "As many runs of the schedule are in progress as its `overlap` allows, or it has failed so often that it fires no more until it is reset.",
  },
  ({ name, why }) => ({
    message: `schedule \`${name}\` was not triggered: ${why}`,
    help: 'wait for the run, `cancel` it, or register the schedule with `overlap: "queue"`; `reset` one that is tripped',
  }),
);

/** CANO7039, `workflow` */
export const stopTookTooLong = define<{ schedules: string; timeout: number }>(
  "CANO7039",
  "error",
  {
    title: "runs that did not end when the scheduler was stopped",
    reason:
      "They were cancelled and have not ended in the time that the scheduler gives them: a task does not heed its `signal`, or a compensation takes long. They go on while the process lives.",
  },
  ({ schedules, timeout }) => ({
    message: `runs of ${schedules} did not end within ${timeout} ms after the scheduler was stopped`,
    help: "hand `context.signal` on to what the tasks wait for, or raise `stopTimeout`",
  }),
);

/** CANO7040, `configuration` */
export const storeWithoutSchedules = define(
  "CANO7040",
  "error",
  {
    title: "a store that cannot keep schedules",
    reason: "A store of one's own may leave `schedules` out. Then its runs are kept, and schedules are not.",
  },
  () => ({
    message: "the store that `checkpoints` is given cannot keep schedules: it has no `schedules`",
    help: "give a store of `cano/checkpoints`, or none: schedules then begin anew with each process",
  }),
);

/** CANO7041, `configuration` */
export const notBackfilled = define<{ name: string; why: string }>(
  "CANO7041",
  "error",
  {
    title: "a window that cannot be backfilled",
    reason:
      "What is made up for are the due times of a past window. A fixed delay, a single time and a manual schedule have none that follow from each other. Nothing was fired.",
  },
  ({ name, why }) => ({
    message: `schedule \`${name}\` cannot be backfilled: ${why}`,
    help: "take a window of the past, in several calls if it is long; `trigger` fires once",
  }),
);
