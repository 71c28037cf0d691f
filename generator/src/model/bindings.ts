/** Lists what a draft binds to its states: the bindings that count, their tasks, branches included, and their splits. */

import type { InputReading } from "../read/data-reading.js";
import type { BindingReading, SplitBinding, TaskReading } from "../read/reading.js";
import type { Draft, DraftState } from "./draft.js";

/** A task with where it stands: bound to a state itself, or as a branch of that state's split. */
export interface BoundTask {
  readonly task: TaskReading;
  readonly role: "state" | "branch";
  readonly state: DraftState;
}

/** A split with the state that it is bound to. */
export interface BoundSplit {
  readonly split: SplitBinding;
  readonly state: DraftState;
}

/** Finds the binding that counts: the last one, as in any object literal. */
export function findBinding(state: DraftState): BindingReading | undefined {
  return state.bindings.at(-1);
}

/** Lists every task of the machine. Tasks under keys that are no states are left out: their keys are the problem. */
export function listTasks(draft: Draft): readonly BoundTask[] {
  return draft.states.flatMap((state): readonly BoundTask[] => {
    const binding = findBinding(state);
    if (binding === undefined) return [];
    if (binding.kind === "task") return [{ task: binding.task, role: "state", state }];
    const branches = binding.branches.kind === "listed" ? binding.branches.list : [];
    return branches.map((task) => ({ task, role: "branch", state }));
  });
}

/** Lists every split of the machine. */
export function listSplits(draft: Draft): readonly BoundSplit[] {
  return draft.states.flatMap((state) => {
    const split = findBinding(state);
    return split?.kind === "split" ? [{ split, state }] : [];
  });
}

/** Finds what entering a state takes; undefined for a state without a readable task, exits included. */
export function findInput(state: DraftState): InputReading | undefined {
  const binding = findBinding(state);
  return binding?.kind === "split" ? binding.input : binding?.task.method?.input;
}
