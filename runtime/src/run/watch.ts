/** What others see of a run and how they end it: the observers' events, a signal, a budget. A run that nobody watches has none. */

import { type Heard, listHeard } from "../observe/heard.js";
import type { Observer } from "../observe/observer.js";
import { warn } from "../observe/warn.js";
import type { AnyRun } from "./any-run.js";
import { CanoError, type ErrorFacts } from "./errors.js";
import { textOf } from "./failure.js";
import type { Home } from "./home.js";
import type { Scope } from "./scope.js";
import { taskNameOf } from "./task-name.js";

type Event<K extends keyof Observer> = Parameters<NonNullable<Observer[K]>>[0];
type RunFact = "workflow" | "runId" | "state";

/** A hook with the facts of its event, besides those that every event has. */
export type Notice = { [K in keyof Observer]-?: readonly [hook: K, facts: Omit<Event<K>, RunFact>] }[keyof Observer];

/** What is in flight and can say how its tasks ended when the run is stopped. */
export interface InFlight extends Scope {
  endings(error: CanoError): readonly Notice[];
}

/** What is in flight and ends by itself when it is told to, within a bounded time: a stream. */
export interface Draining extends Scope {
  /** Whether it can be told. */
  readonly drains: boolean;
  /** Whether a run that is out of time may still reach an exit right behind it, late: what it has done would have to be undone else. */
  readonly outlasts?: boolean;
  /** Ends it with `error`, or with what fails on the way. Calls `force` when that takes too long. */
  drain(error: CanoError, force: () => void): void;
}

/** How a run is ended from outside. */
export interface Interruption {
  readonly category: "cancelled" | "workflow_timeout";
  /** What follows the workflow's name in the error's message. */
  readonly message: string;
  readonly facts: ErrorFacts;
  /** The event that is told last. */
  readonly last: (error: CanoError) => Notice;
  /** Whether an observer is told everything before the next one hears anything. */
  readonly together: boolean;
}

/** See the file's first line. */
export class Watch {
  /** The state that is running or about to be entered. */
  private at: number;
  private entered = false;
  /** The state whose task has started and not ended, or -1. */
  private open = -1;
  readonly heard: Heard;
  private isOver = false;
  /** The end that waits for what is in flight, and its error. */
  private leaving: { readonly why: Interruption; readonly error: CanoError; readonly isOutlasted: boolean } | undefined =
    undefined;

  constructor(
    private readonly run: AnyRun,
    /** Called when the run is ended from outside, in or before state `s`. */
    private readonly onStop: ((error: CanoError, s: number) => void) | undefined,
  ) {
    this.at = run.start;
    this.heard = run.home.heard ??= listHeard(run.home);
  }

  /** The state that is running or about to be entered. */
  get state(): number {
    return this.at;
  }

  /** Takes note of entering state `s`, whose task begins at once: see {@link arrive} and {@link begin}. */
  enter(s: number): void {
    this.arrive(s);
    this.begin(s);
  }

  /** Takes note of entering state `s`: the task before has succeeded; throws when the run was stopped. */
  arrive(s: number): void {
    const { run, heard } = this;
    const before = this.open;
    this.at = s;
    this.entered = false;
    this.open = -1;
    if (before >= 0 && heard.taskSuccess) this.tell(before, ["taskSuccess", { task: taskNameOf(run, before) }]);
    // What was in flight ended well after all: the run ends here, unless it has just come to its end.
    if (this.leaving?.isOutlasted !== true || run.graphState(s).kind !== "exit") this.leave();
    if (run.stopped !== undefined) throw run.stopped;
    this.entered = true;
    if (heard.stateEnter) this.tell(s, ["stateEnter", {}]);
  }

  /** Takes note that the task of state `s` begins. */
  begin(s: number): void {
    const { heard } = this;
    const task = heard.tasks[s];
    if (task === undefined) return;
    this.open = s;
    if (heard.taskStart) this.tell(s, ["taskStart", { task }]);
  }

  /** The task in flight, if one is, has failed with `error`. */
  failed(error: unknown): void {
    this.tell(this.at, ...this.openFailure(error));
    const { leaving } = this;
    if (leaving !== undefined && leaving.error === error) this.tell(this.at, leaving.why.last(leaving.error));
  }

  /** Tells every observer of what happened in state `s`, in registration order; each is told everything before the next one is. */
  tell(s: number, ...notices: readonly Notice[]): void {
    const { home } = this.run;
    for (const observer of home.observers) {
      for (const [hook, facts] of notices) {
        try {
          // A hook and its facts belong together, which the compiler cannot follow through an index.
          const call = observer[hook] as ((event: object) => unknown) | undefined;
          if (call === undefined) continue;
          const outcome = call.call(observer, {
            workflow: home.graph.name,
            runId: this.run.id,
            state: this.run.label(s),
            ...facts,
          });
          if (outcome instanceof Promise) outcome.catch((fault: unknown) => reportFault(home, fault));
        } catch (fault) {
          reportFault(home, fault);
        }
      }
    }
  }

  /** Takes note that the run ends by itself: nothing from outside ends it any more. */
  finish(): void {
    this.isOver = true;
  }

  /** Ends the run from outside, with an error of its own. What drains by itself is awaited first. */
  interrupt(why: Interruption): void {
    const { run, leaving } = this;
    // A cancel is told even when it comes while a run that is out of time is being drained.
    const comesLate = leaving !== undefined && (leaving.why.category === "cancelled" || why.category !== "cancelled");
    if (run.stopped !== undefined || comesLate || this.isOver) return;
    if (!isDraining(run.active)) return this.stop(why);
    const error = this.errorOf(why);
    const isOutlasted = why.category === "workflow_timeout" && run.active.outlasts === true;
    this.leaving = { why, error, isOutlasted };
    run.active.drain(error, () => this.leave());
  }

  /** Ends the run now if it is to be ended. */
  leave(): void {
    const { leaving } = this;
    this.leaving = undefined;
    if (leaving !== undefined) this.stop(leaving.why);
  }

  /** What is in flight has failed with the run's error, then the last event is told, then everything is stopped. */
  private stop(why: Interruption): void {
    const { run, at } = this;
    const error = this.errorOf(why);
    const endings = [...this.openFailure(error), ...(isInFlight(run.active) ? run.active.endings(error) : [])];
    if (why.together) endings.push(why.last(error));
    this.tell(at, ...endings);
    if (!why.together) this.tell(at, why.last(error));
    run.stop(error);
    this.onStop?.(error, at);
  }

  private errorOf({ category, message, facts }: Interruption): CanoError {
    const { run, at } = this;
    const path = run.path(at);
    if (!this.entered) path.pop();
    const name = run.home.graph.name;
    return new CanoError(category, `workflow \`${name}\` ${message}`, { ...facts, state: run.label(at), attempt: 0, path });
  }

  private openFailure(error: unknown): Notice[] {
    const before = this.open;
    this.open = -1;
    return before < 0 ? [] : [["taskFailure", { task: taskNameOf(this.run, before), error }]];
  }
}

/** Reports the first fault of an observer of a workflow object; the following ones are dropped. */
function reportFault(home: Home, fault: unknown): void {
  if (!home.faulted)
    warn(home.log, `an observer of workflow \`${home.graph.name}\` failed, which changes nothing: ${textOf(fault)}`);
  home.faulted = true;
}

function isInFlight(scope: Scope | undefined): scope is InFlight {
  return scope !== undefined && "endings" in scope;
}

function isDraining(scope: Scope | undefined): scope is Draining {
  return scope !== undefined && "drain" in scope && (scope as Draining).drains;
}
