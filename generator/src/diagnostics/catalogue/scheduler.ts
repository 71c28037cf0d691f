/** Codes 7xxx from CANO7032: what a scheduler refuses at run time. What is told before it runs is `schedules.ts`. */

import type { Failure } from "./failure.js";

export const schedulerFailures: readonly Failure[] = [
  {
    code: "CANO7032",
    category: "configuration",
    title: "an expression that is no cron expression, or never comes",
    reason:
      "It has five fields, minute, hour, day of month, month and day of week, or six with seconds first, or is a name such as `@daily`. Nothing was scheduled.",
    cure: 'try it with `cano-gen explain-cron "…"`',
  },
  {
    code: "CANO7033",
    category: "configuration",
    title: "a time zone that there is not",
    reason: "Time zones are those of the IANA database that Node comes with, by their names. Nothing was scheduled.",
    cure: "give an IANA name such as `Europe/Berlin`",
  },
  {
    code: "CANO7034",
    category: "configuration",
    title: "a schedule with an option that cannot be",
    reason: "The name is kept with every run, and the options say when there is one. Nothing was scheduled.",
    cure: "see what the message says it may be",
  },
  {
    code: "CANO7035",
    category: "configuration",
    title: "two schedules of one name",
    reason: "Schedules, and the runs that they fire, are told apart by their names. The first one stays.",
    cure: "give one of them another name",
  },
  {
    code: "CANO7036",
    category: "configuration",
    title: "a schedule that is not registered",
    reason: "This scheduler has none of that name. One that another process has registered is not known here.",
    cure: "register it first, or see what `list()` has",
  },
  {
    code: "CANO7037",
    category: "workflow",
    title: "a scheduler that is not running",
    reason: "It was not started, not since the schedule was registered, or it is stopped. A scheduler that is stopped stays so.",
    cure: "await `start()` first; make another scheduler after `stop()`",
  },
  {
    code: "CANO7038",
    category: "workflow",
    title: "a trigger that fires nothing",
    reason:
      "As many runs of the schedule are in progress as its `overlap` allows, or it has failed so often that it fires no more until it is reset.",
    cure: 'wait for the run, `cancel` it, or register the schedule with `overlap: "queue"`; `reset` one that is tripped',
  },
  {
    code: "CANO7039",
    category: "workflow",
    title: "runs that did not end when the scheduler was stopped",
    reason:
      "They were cancelled and have not ended in the time that the scheduler gives them: a task does not heed its `signal`, or a compensation takes long. They go on while the process lives. Or it was still being started, and the setup of a resource takes long; or the store does not answer.",
    cure: "hand `context.signal` on to what the tasks wait for, bound what a `setup` waits for, or raise `stopTimeout`",
  },
  {
    code: "CANO7040",
    category: "configuration",
    title: "a store that cannot keep schedules",
    reason: "A store of one's own may leave `schedules` out. Then its runs are kept, and schedules are not.",
    cure: "give a store of `cano/checkpoints`, or none: schedules then begin anew with each process",
  },
  {
    code: "CANO7041",
    category: "configuration",
    title: "a window that cannot be backfilled",
    reason:
      "What is made up for are the due times of a past window. A fixed delay, a single time and a manual schedule have none that follow from each other, and those of an interval that is over are known only where it has a `from`. Nothing was fired.",
    cure: "take a window of the past, in several calls if it is long; `trigger` fires once",
  },
];
