/** Codes 3xxx from CANO3024: schedules, where they are literals. */

import { define } from "./define.js";

/** What `cano/cron` says of an expression: the words are those of the scheduler, which refuses the same (CANO7032). */
interface CronFacts {
  readonly expression: string;
  readonly why: string;
  readonly help: string;
}

const invalidCron = ({ expression, why, help }: CronFacts) => ({
  message: `invalid cron expression \`${expression}\`: ${why}`,
  help,
});

/** What messages call a schedule; its name is not always known. */
interface Named {
  readonly schedule: string | undefined;
}

const named = ({ schedule }: Named): string => (schedule === undefined ? "the schedule" : `\`${schedule}\``);

export const badCron = define<CronFacts>(
  "CANO3024",
  "error",
  {
    title: "an invalid cron expression",
    reason:
      "A cron expression has five fields: minute, hour, day of month, month, day of week; or six, with seconds first. A scheduler refuses any other when it is " +
      "given the schedule, which is when the application starts.",
  },
  invalidCron,
);

export const neverComes = define<CronFacts>(
  "CANO3025",
  "error",
  {
    title: "a cron expression that never comes",
    reason:
      "Each of its fields is right, but no month that it names has such a day. A scheduler refuses it, since it would never fire.",
  },
  invalidCron,
);

export const unknownZone = define<{ zone: string; meant: string | undefined }>(
  "CANO3026",
  "error",
  {
    title: "an unknown time zone",
    reason:
      "Time zones have IANA names, by which their changes to and from daylight saving time are known. A scheduler refuses a name that it does not know.",
  },
  ({ zone, meant }) => ({
    message: `there is no time zone \`${zone}\``,
    help: meant === undefined ? "give an IANA name such as `Europe/Berlin`" : `write \`${meant}\``,
  }),
);

export const badInterval = define<{ value: number }>(
  "CANO3027",
  "error",
  {
    title: "an interval that is not a time of a millisecond or more",
    reason:
      "Due times that lie less than a millisecond apart cannot be told apart, and an interval without an end never fires again.",
  },
  ({ value }) => ({
    message: `the interval is ${value}, which is not a finite number of milliseconds, 1 or more`,
    help: "give milliseconds, 1 or more",
  }),
);

export const sameSchedule = define<{ name: string }>(
  "CANO3028",
  "error",
  {
    title: "two schedules of one scheduler with the same name",
    reason:
      "A schedule is known by its name: what is stored of it, the ids of its runs and every command go by that. A scheduler refuses a second one of the same name.",
  },
  ({ name }) => ({
    message: `another schedule of this scheduler is called \`${name}\`, too`,
    help: "give one of the two another name",
  }),
);

export const outpacedRuns = define<Named & { workflow: string; wait: number; gap: number; always: boolean; limit: number }>(
  "CANO3029",
  "warning",
  {
    title: "a schedule that is due again before its last run can be over",
    reason:
      "What the timers of a workflow wait is waited by every run that reaches an exit. Where due times come faster than that, runs are still in progress when the next ones " +
      "come, and those are skipped, queued or cancel them, as `overlap` says. A fixed delay (`every` without `mode`) is counted from the end of each run, so it cannot be too short.",
  },
  ({ workflow, wait, gap, always, limit, ...which }) => ({
    message: `a run of \`${workflow}\` waits at least ${wait} ms, but ${named(which)} ${always ? "is due" : "may be due"} again after ${gap} ms${limit > 1 ? `, and has ${limit} runs at once at the most` : ""}`,
    help: `make it due less often${always ? ', count from the end of each run with `mode: "delay"`' : ""}, or allow as many runs at once: \`overlap: { allow: ${Math.floor(wait / gap) + 1} }\``,
  }),
);

export const neverDone = define<Named & { workflow: string; wait: number; interval: number }>(
  "CANO3030",
  "error",
  {
    title: "a schedule that cancels each run before it can be over",
    reason:
      'With `overlap: "cancel"` a due time cancels the run that is in progress. Where the timers of the workflow wait longer than the interval, no run ever reaches an exit.',
  },
  ({ workflow, wait, interval, ...which }) => ({
    message: `${named(which)} cancels each run of \`${workflow}\` after ${interval} ms, but a run waits at least ${wait} ms`,
    help: 'make the interval longer, choose another `overlap`, or count from the end of each run with `mode: "delay"`',
  }),
);

export const badTime = define<Named>(
  "CANO3031",
  "error",
  {
    title: "a schedule at a time that is none",
    reason: "A date that is not valid never comes. A scheduler refuses it when it is given the schedule.",
  },
  (which) => ({
    message: `the time of ${named(which)} is no point in time`,
    help: 'give a valid date, as in `new Date("2026-03-01T12:00:00Z")`, or its milliseconds since 1970',
  }),
);
