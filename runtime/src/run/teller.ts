/** Tells the observers what happens in one run. What happens when is `watch.ts`. */

import { LONGEST_TRACE } from "../checkpoint/checkpoint-store.js";
import { reportRejection } from "../errors/thenable.js";
import { callHook, type EventOf, hears, type Hook, type Surrounding } from "../observe/hooks.js";
import type { RunEvent, RunTrace } from "../observe/observer.js";
import { surround } from "../observe/surround.js";
import type { AnyRun } from "./any-run.js";
import { type Heard, listHeard } from "./heard.js";
import { clockOf } from "./timers.js";

/** A hook with the facts of its event, besides those that every event has. */
export type Notice = { [K in Hook]: readonly [hook: K, facts: Omit<EventOf<K>, keyof RunEvent>] }[Hook];

/** See the file's first line. */
export class Teller {
  readonly heard: Heard;
  /** How many states the run has entered. */
  protected visit: number;
  /** Whether nothing more is told. */
  protected isSilent = false;
  private isTelling = false;
  /** What those who are told have brought about, with its state. */
  private readonly behind: [s: number, notices: readonly Notice[]][] = [];

  constructor(protected readonly run: AnyRun) {
    this.heard = run.home.heard ??= listHeard(run.home);
    this.visit = run.resumedAfter ?? 0;
  }

  /**
   * Tells every observer of what happened in state `s`, in registration order; each is told everything before the next one is. What they bring
   * about by it is told behind it, so that all hear of one thing after the other.
   */
  tell(s: number, ...notices: readonly Notice[]): void {
    if (this.isSilent) return;
    if (this.isTelling) return void this.behind.push([s, notices]);
    this.isTelling = true;
    try {
      this.tellAll(s, notices);
      for (let next = this.behind.shift(); next !== undefined; next = this.behind.shift()) this.tellAll(...next);
    } finally {
      this.isTelling = false;
    }
  }

  private tellAll(s: number, notices: readonly Notice[]): void {
    const { run, heard } = this;
    // Made once somebody hears it.
    let common: RunEvent | undefined;
    for (const observer of run.home.observers) {
      for (const [hook, facts] of notices) {
        if (!heard.hooks[hook] || !hears(observer, hook)) continue;
        common ??= this.commonFacts(s);
        try {
          const outcome = callHook(observer, hook, eventOf(common, facts));
          reportRejection(outcome, (fault) => heard.faults.report(observer, hook, fault));
        } catch (fault) {
          heard.faults.report(observer, hook, fault);
        }
      }
    }
  }

  /** What is to be stored with the run, which is about to begin, and its text: what the first observer says that says anything, if a store can keep that. */
  askTrace(): { readonly trace: RunTrace; readonly text: string } | undefined {
    const { run, heard } = this;
    for (const observer of run.home.observers) {
      try {
        const trace = hears(observer, "traceRun") ? observer.traceRun?.(this.commonFacts(run.start)) : undefined;
        // Only code that is not typed gives a promise, which is not waited for.
        reportRejection(trace, (fault) => heard.faults.report(observer, "traceRun", fault));
        const text = trace?.text;
        if (trace !== undefined && text !== undefined) return isStorable(text) ? { trace, text } : undefined;
      } catch (fault) {
        heard.faults.report(observer, "traceRun", fault);
      }
    }
    return undefined;
  }

  /** What comes of `call`, which is called inside of what the observers set up around what happens in state `s`: the first of them outermost. */
  inside<T>(hook: Surrounding, s: number, facts: object, call: () => T): T {
    const { run, heard } = this;
    if (!heard.hooks[hook]) return call();
    const event = eventOf(this.commonFacts(s), facts);
    return run.home.observers.reduceRight<() => T>(
      (inner, observer) => () => surround(observer, hook, event, inner, heard.faults),
      call,
    )();
  }

  /** Milliseconds on the workflow's clock; `NaN` when that cannot be read. */
  now(): number {
    return this.read("now");
  }

  private commonFacts(s: number): RunEvent {
    const { run, visit, heard } = this;
    return {
      workflow: run.home.graph.name,
      runId: run.id,
      state: run.label(s),
      kind: heard.kinds[s] ?? "exit",
      visit,
      at: this.read("epoch"),
    };
  }

  /** The clock is the user's, and may throw. */
  private read(time: "now" | "epoch"): number {
    try {
      return clockOf(this.run.home)[time]();
    } catch (fault) {
      this.heard.faults.reportClock(fault);
      return Number.NaN;
    }
  }
}

/** Whether every store keeps `text` as it is. */
function isStorable(text: unknown): boolean {
  return typeof text === "string" && text.length <= LONGEST_TRACE && !/\0|\p{Surrogate}/u.test(text);
}

/** Spelt out, since V8 takes microseconds to spread two objects into one. */
function eventOf({ workflow, runId, state, kind, visit, at }: RunEvent, facts: object): RunEvent {
  return { workflow, runId, state, kind, visit, at, ...facts };
}
