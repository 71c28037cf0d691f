/** A schedule as it was registered, checked and complete. */

import type { Firing } from "../checkpoint/schedule-store.js";
import type { CronTable } from "../cron/cron-table.js";
import { CanoError } from "../errors/cano-error.js";
import { requireCount, requireDelay, requirePositive, shown } from "../errors/require.js";
import { requireHook, requireOptions } from "../errors/require-shape.js";
import { LAST_TIME } from "../time/last-time.js";
import { type Backoff, backoffOf } from "./backoff.js";
import { boundedTimes, cronDueTimes, delayTimes, type DueTimes, everyTimes, neverTimes, onceTimes } from "./due-times.js";
import type { Lateness } from "./misfire.js";
import type { AnyWorkflow, CommonOptions, CronOptions, EveryOptions, Misfire, TimedOptions, Trip } from "./options.js";
import { RunIds } from "./run-ids.js";

/** What becomes of a due time that comes while there are as many runs as may be. */
export type WhenBusy = "skip" | "queue" | "cancel";

/** See the file's first line. */
export interface Definition {
  readonly name: string;
  readonly kind: "every" | "cron" | "at" | "manual";
  readonly workflow: AnyWorkflow;
  readonly runIds: RunIds;
  readonly times: DueTimes;
  /** The due times as JSON: what is stored of another text was defined otherwise. */
  readonly text: string;
  /** The milliseconds of an interval, whether it is counted from due times or from the ends of runs. */
  readonly interval: number | undefined;
  /** The milliseconds between a run's end and the next due time, where they are counted so. */
  readonly delay: number | undefined;
  /** What the first due time may be, from which intervals are counted. */
  readonly from: number | undefined;
  /** No due time that a run's end settles lies after. */
  readonly until: number;
  readonly lateness: Lateness;
  /** How many runs there may be at once. */
  readonly limit: number;
  readonly whenBusy: WhenBusy;
  readonly backoff: Backoff;
  readonly onTrip: ((trip: Trip) => void) | undefined;
  readonly request: object | ((firing: Firing) => object | Promise<object>) | undefined;
}

/** Options of any schedule, as they are given. */
export type AnyOptions<Options> = Options & { readonly request?: Definition["request"] };

const COMMON: Readonly<Record<keyof AnyOptions<CommonOptions>, 1>> = { request: 1, overlap: 1, backoff: 1, onTrip: 1 };
const TIMED: Readonly<Record<keyof AnyOptions<TimedOptions>, 1>> = {
  ...COMMON,
  misfire: 1,
  grace: 1,
  jitter: 1,
  from: 1,
  until: 1,
};

/** Longer names would make run ids that are too long. */
const LONGEST_NAME = 200;
// PostgreSQL keeps no NUL, and half of a surrogate pair would be stored as something else.
const UNKEPT = /[\0\p{Surrogate}]/u;

/** `every`. Throws `configuration`, as the others do. */
export function defineEvery(
  name: string,
  workflow: AnyWorkflow,
  interval: number,
  options: AnyOptions<EveryOptions>,
): Definition {
  requireTarget(name, workflow);
  requireOptions("every", options, { ...TIMED, mode: 1 });
  requirePositive("interval", interval);
  // Below that, due times would not differ.
  if (interval < 1) throw refused(`\`interval\` must be 1 millisecond or more, not ${interval}`);
  const { mode = "delay" } = options;
  // Beyond its type, since it is often read from a configuration.
  if (!["delay", "rate"].includes(mode)) throw refused(`\`mode\` must be \`"delay"\` or \`"rate"\`, not ${shown(mode)}`);
  const times = mode === "delay" ? delayTimes() : everyTimes(interval);
  const misfire = mode === "delay" ? "once" : "skip";
  const made = timed(name, workflow, { kind: "every", times, is: { interval, mode }, misfire }, options);
  return { ...made, interval, ...(mode === "delay" && { delay: interval }) };
}

/** `cron`; `table` has the times of those that were read before. */
export function defineCron(
  name: string,
  workflow: AnyWorkflow,
  cron: string,
  options: AnyOptions<CronOptions>,
  table: CronTable,
): Definition {
  requireTarget(name, workflow);
  requireOptions("cron", options, { ...TIMED, timeZone: 1 });
  const { timeZone = "UTC" } = options;
  const times = cronDueTimes(table.of(cron, timeZone));
  return timed(name, workflow, { kind: "cron", times, is: { cron, timeZone }, misfire: "skip" }, options);
}

/** `at`. */
export function defineAt(
  name: string,
  workflow: AnyWorkflow,
  time: Date | number,
  options: AnyOptions<TimedOptions>,
): Definition {
  requireTarget(name, workflow);
  requireOptions("at", options, TIMED);
  const at = timeOf("time", time);
  return timed(name, workflow, { kind: "at", times: onceTimes(at), is: { at }, misfire: "once" }, options);
}

/** `manual`. */
export function defineManual(name: string, workflow: AnyWorkflow, options: AnyOptions<CommonOptions>): Definition {
  requireTarget(name, workflow);
  requireOptions("manual", options, COMMON);
  return timed(name, workflow, { kind: "manual", times: neverTimes(), is: {}, misfire: "skip" }, options);
}

interface Kind {
  readonly kind: Definition["kind"];
  readonly times: DueTimes;
  readonly is: object;
  /** Unless another is asked for. */
  readonly misfire: Misfire;
}

function timed(
  name: string,
  workflow: AnyWorkflow,
  { kind, times, is, misfire }: Kind,
  options: AnyOptions<TimedOptions>,
): Definition {
  requireHook("onTrip", options.onTrip);
  requireRequest(options.request);
  const from = options.from === undefined ? undefined : timeOf("from", options.from);
  const until = options.until === undefined ? undefined : timeOf("until", options.until);
  if (from !== undefined && until !== undefined && from > until) throw refused("`from` must not lie after `until`");
  return {
    name,
    kind,
    workflow,
    runIds: new RunIds(name),
    times: boundedTimes(times, from, until),
    text: JSON.stringify({ kind, ...is, ...(from !== undefined && { from }), ...(until !== undefined && { until }) }),
    interval: undefined,
    delay: undefined,
    from,
    until: until ?? LAST_TIME,
    lateness: latenessOf(options, misfire),
    ...overlapOf(options),
    backoff: backoffOf(options.backoff),
    onTrip: options.onTrip,
    request: options.request,
  };
}

function latenessOf({ misfire, grace = 60_000, jitter = 0 }: TimedOptions, unlessAsked: Misfire): Lateness {
  requireDelay("grace", grace);
  requireDelay("jitter", jitter);
  if (typeof misfire === "object" && misfire !== null) requireCount("misfire.catchUp", misfire.catchUp, 1);
  else if (misfire !== undefined && misfire !== "skip" && misfire !== "once")
    throw refused('`misfire` must be `"skip"`, `"once"` or `{ catchUp: n }`');
  return { misfire: misfire ?? unlessAsked, grace, jitter };
}

function overlapOf({ overlap = "skip" }: CommonOptions): Pick<Definition, "limit" | "whenBusy"> {
  if (overlap === "skip" || overlap === "queue" || overlap === "cancel") return { limit: 1, whenBusy: overlap };
  // Beyond its type, as the others: `null` and a misspelt word.
  if (typeof overlap !== "object" || overlap === null)
    throw refused('`overlap` must be `"skip"`, `"queue"`, `"cancel"` or `{ allow: n }`');
  requireCount("overlap.allow", overlap.allow, 2);
  return { limit: overlap.allow, whenBusy: "skip" };
}

/** Asked first: who has mixed up the order of the parameters is to be told of the first that is none. */
function requireTarget(name: string, workflow: unknown): void {
  requireName(name);
  requireWorkflow(name, workflow);
}

function requireName(name: string): void {
  // Runs are named after it.
  if (typeof name !== "string" || name.length === 0 || name.length > LONGEST_NAME || UNKEPT.test(name)) {
    const bound = `a text of 1 to ${LONGEST_NAME} characters without NULs and halves of characters`;
    throw refused(`the name of a schedule must be ${bound}, not ${shown(name).slice(0, 60)}`);
  }
}

function requireWorkflow(name: string, workflow: unknown): void {
  // Beyond its type: what `workflow()` makes says what a workflow is, and does not run.
  const runs = typeof workflow === "object" && workflow !== null && "orchestrate" in workflow && "start" in workflow;
  if (!runs) throw refused(`schedule \`${name}\` needs what the \`create…()\` of a generated module makes`);
}

/** A point in time as milliseconds since 1970. Throws `configuration` when it is none. */
export function timeOf(option: string, time: Date | number): number {
  // Beyond its type: `null` and an empty text, as of a configuration, would be the year 1970.
  const number = time instanceof Date || typeof time === "number" ? Number(time) : Number.NaN;
  // What a date can be.
  if (Number.isNaN(new Date(number).getTime()))
    throw refused(`\`${option}\` must be a date, or its milliseconds since 1970, not ${shown(time)}`);
  return Math.trunc(number);
}

function requireRequest(request: unknown): void {
  if (request === undefined || typeof request === "function" || (typeof request === "object" && request !== null)) return;
  throw refused(`\`request\` must be an object such as \`{ input }\`, or a function that makes one, not ${shown(request)}`);
}

function refused(message: string): CanoError {
  return new CanoError("configuration", message, { code: "CANO7034" });
}
