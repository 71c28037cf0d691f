/** A workflow whose runs end when a test says so, a clock whose date a test can set, and a scheduler that tells what it does. */

import { CanoError, type Log } from "cano";
import { createScheduler, type ScheduleObserver, type Scheduler, type SchedulerOptions } from "cano/scheduler";
import { ManualClock, settled } from "cano/testing";

/** The first of January of 2026, a Thursday, in UTC. */
export const START = Date.UTC(2026, 0, 1);
/** In milliseconds, as everything here. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How a run of a job goes: it ends at once, fails at once, or goes on until it is told to end. */
export type Behaviour = "ends" | "fails" | "goes on";

interface Ongoing {
  readonly runId: string;
  end(): void;
  fail(error: Error): void;
}

/** See the file's first line. */
export class Job {
  readonly graph = { name: "job" };
  /** The requests of its runs, as the scheduler gave them. */
  readonly requests: { readonly runId: string; readonly signal: AbortSignal; readonly input?: unknown }[] = [];
  /** When each run began, in milliseconds since the clock's start. */
  readonly begun: number[] = [];
  readonly ongoing: Ongoing[] = [];
  starts = 0;

  constructor(
    private readonly clock: ManualClock,
    public behaviour: Behaviour = "ends",
    /** Whether a run that goes on ends when it is cancelled. */
    public heeds = true,
  ) {}

  async start(): Promise<void> {
    this.starts++;
  }

  async orchestrate(request?: {
    readonly input?: unknown;
    readonly runId?: string;
    readonly signal?: AbortSignal;
  }): Promise<unknown> {
    const { runId, signal } = request as Job["requests"][number];
    this.requests.push(request as Job["requests"][number]);
    this.begun.push(this.clock.now());
    if (this.behaviour === "fails") throw new CanoError("task_execution", "no luck");
    if (this.behaviour === "goes on") await this.goOn(runId, signal);
    return { state: "done" };
  }

  /** The run ids without the schedule's name: the due times. */
  get dues(): readonly string[] {
    return this.requests.map(({ runId }) => runId.slice(runId.indexOf("/") + 1));
  }

  /** Ends the oldest run that goes on. */
  async end(): Promise<void> {
    this.ongoing.shift()?.end();
    await settled();
  }

  /** Lets the oldest run that goes on fail. */
  async fail(): Promise<void> {
    this.ongoing.shift()?.fail(new CanoError("task_execution", "no luck"));
    await settled();
  }

  private goOn(runId: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const run = { runId, end: resolve, fail: reject };
      this.ongoing.push(run);
      const cancel = (): void => {
        if (!this.heeds) return;
        this.ongoing.splice(this.ongoing.indexOf(run), 1);
        reject(new CanoError("cancelled", "the run was cancelled"));
      };
      if (signal.aborted) cancel();
      else signal.addEventListener("abort", cancel);
    });
  }
}

/** A clock whose date can be set, while what counts milliseconds goes on. */
export class DatedClock extends ManualClock {
  private shift = 0;

  override epoch(): number {
    return super.epoch() + this.shift;
  }

  /** Sets the date forward by `ms` milliseconds, or back. */
  setDate(ms: number): void {
    this.shift += ms;
  }
}

/** A scheduler on a manual clock, a job for it, and what it has said. */
export interface Bench {
  readonly clock: DatedClock;
  readonly job: Job;
  readonly scheduler: Scheduler;
  /** Events as texts: `fired 00:01:00`. */
  readonly events: string[];
  readonly warnings: string[];
}

/** Makes one; `at` is the date. */
export function benchOf(options: SchedulerOptions = {}, at: number = START): Bench {
  const clock = options.clock instanceof DatedClock ? options.clock : new DatedClock(at);
  const events: string[] = [];
  const warnings: string[] = [];
  const scheduler = createScheduler({
    clock,
    random: () => 0.5,
    log: logTo(warnings),
    observers: [recorder(events)],
    ...options,
  });
  return { clock, job: new Job(clock), scheduler, events, warnings };
}

/** An observer that writes down every event. */
export function recorder(events: string[]): ScheduleObserver {
  return {
    fired: ({ due }) => events.push(`fired ${timeOf(due)}`),
    adopted: ({ due }) => events.push(`adopted ${timeOf(due)}`),
    skipped: ({ due, reason }) => events.push(`skipped ${timeOf(due)} ${reason}`),
    missed: ({ first, next }) => events.push(`missed ${timeOf(first)} to ${timeOf(next)}`),
    ended: ({ due, outcome }) => events.push(`${outcome} ${timeOf(due)}`),
    backoff: ({ streak, until }) => events.push(`backoff ${streak} until ${timeOf(until)}`),
    tripped: ({ streak, error }) => events.push(`tripped ${streak} ${error}`),
  };
}

/** The time of day in UTC, with the day where it is not the first. */
export function timeOf(time: number | undefined): string {
  if (time === undefined) return "never";
  const [day = "", clock = ""] = new Date(time).toISOString().split("T");
  const shown = clock.replace(/\.000Z$/, "").replace(/Z$/, "");
  return day === "2026-01-01" ? shown : `${day} ${shown}`;
}

function logTo(lines: string[]): Log {
  const write = (line: string): void => void lines.push(line);
  return { debug: write, info: write, warn: write, error: write };
}
