/** How events call what is attempted. */

import type { RunEvent, TaskEnd, TaskEvent } from "../observe/observer.js";
import type { AnyRun } from "./any-run.js";

/** The class of the task of state `s`, as the graph has it. */
export function taskNameOf(run: AnyRun, s: number): string {
  const state = run.graphState(s);
  return "task" in state ? state.task : state.name;
}

/** What a part of a run is called by; a run by itself by the task of its state. */
export interface Named {
  readonly run: AnyRun;
  readonly branchName?: string | undefined;
  readonly branch?: number | undefined;
  readonly branchKind?: TaskEvent["branchKind"];
  /** What an attempt is one of. */
  readonly whole?: Pick<Named, "branchKind"> | undefined;
}

/** What every event about a task tells besides what every event does. */
export type TaskFacts = Omit<TaskEvent, keyof RunEvent>;

/** The same for its end. */
export type EndFacts = Omit<TaskEnd, keyof RunEvent>;

/** The facts about the `attempt`-th attempt of what `scope` does in state `s`, and what the event has of its own. */
export function taskFacts(scope: Named, s: number, attempt: number): TaskFacts;
export function taskFacts<Own extends object>(scope: Named, s: number, attempt: number, own: Own): TaskFacts & Own;
export function taskFacts(scope: Named, s: number, attempt: number, own?: object): TaskFacts {
  // Spread last: V8 takes a microsecond for an object that anything follows.
  const { run, branch, branchName, branchKind = scope.whole?.branchKind } = scope;
  return { task: branchName ?? taskNameOf(run, s), branch, branchKind, attempt, ...own };
}
