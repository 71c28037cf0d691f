/** What others see of a run and how they end it: the observers' events, a signal, a budget. A run that nobody watches has none. */

import { type Heard, listHeard } from "../observe/heard.js";
import type { Observer } from "../observe/observer.js";
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

/** See the file's first line. */
export class Watch {
  /** The state that is running or about to be entered. */
  private at: number;
  private entered = false;
  /** The state whose task has started and not ended, or -1. */
  private open = -1;
  private readonly heard: Heard;

  constructor(
    private readonly run: AnyRun,
    /** Called when the run is ended from outside. */
    private readonly onStop: ((error: CanoError) => void) | undefined,
  ) {
    this.at = run.start;
    this.heard = run.home.heard ??= listHeard(run.home);
  }

  /** Takes note of entering state `s`: the task before has succeeded; throws when the run was stopped. */
  enter(s: number): void {
    const { run, heard } = this;
    const before = this.open;
    this.at = s;
    this.entered = false;
    this.open = -1;
    if (before >= 0 && heard.taskSuccess) this.tell(before, ["taskSuccess", { task: taskNameOf(run, before) }]);
    if (run.stopped !== undefined) throw run.stopped;
    this.entered = true;
    if (heard.stateEnter) this.tell(s, ["stateEnter", {}]);
    const task = heard.tasks[s];
    if (task === undefined) return;
    this.open = s;
    if (heard.taskStart) this.tell(s, ["taskStart", { task }]);
  }

  /** The task in flight, if one is, has failed with `error`. */
  failed(error: unknown): void {
    this.tell(this.at, ...this.openFailure(error));
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

  /**
   * Ends the run from outside, with an error of its own: what is in flight has failed with it, then `last` is told, then everything is
   * stopped. With `together`, an observer is told all of it before the next one hears anything.
   */
  interrupt(
    category: "cancelled" | "workflow_timeout",
    message: string,
    facts: ErrorFacts,
    last: (error: CanoError) => Notice,
    together = false,
  ): void {
    const { run, at } = this;
    if (run.stopped !== undefined) return;
    const path = run.path(at);
    if (!this.entered) path.pop();
    const error = new CanoError(category, `workflow \`${run.home.graph.name}\` ${message}`, {
      ...facts,
      state: run.label(at),
      attempt: 0,
      path,
    });
    const endings = [...this.openFailure(error), ...(isInFlight(run.active) ? run.active.endings(error) : [])];
    if (together) endings.push(last(error));
    this.tell(at, ...endings);
    if (!together) this.tell(at, last(error));
    run.stop(error);
    this.onStop?.(error);
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
    home.log.warn(`an observer of workflow \`${home.graph.name}\` failed, which changes nothing: ${textOf(fault)}`);
  home.faulted = true;
}

function isInFlight(scope: Scope | undefined): scope is InFlight {
  return scope !== undefined && "endings" in scope;
}
