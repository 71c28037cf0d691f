/** `workflow()`: the mark that the generator looks for, and the types that make a wrong machine an error in the editor. */

import type { Migration } from "./durable/migration.js";
import { CanoError } from "./errors/cano-error.js";
import { outOfRange } from "./errors/require.js";
import type { Codec } from "./payload/codec.js";
import type { BatchTask } from "./task/batch-task.js";
import type { CompensatableTask } from "./task/compensatable-task.js";
import type { PollTask } from "./task/poll-task.js";
import type { Split } from "./task/split.js";
import type { SteppedTask } from "./task/stepped-task.js";
import type { StreamTask } from "./task/stream-task.js";
import type { RouterTask, Task } from "./task/task.js";
import type { TimerTask } from "./task/timer-task.js";

/** What may serve as a state set: a string or numeric enum, an `as const` object, or an `as const` tuple of literals. */
export type States = Readonly<Record<string, string | number>> | readonly (string | number)[];

/** The states of a state set. */
export type StateOf<E> = E extends readonly (infer S)[] ? S : E[keyof E];

/** A task of any kind over the states `S`. */
// When none fits, the compiler explains the last of those that share the most members with what was given: `Task` is what most were meant to be.
export type AnyTask<S> =
  | RouterTask<S>
  | CompensatableTask<S, unknown>
  | PollTask<S>
  | TimerTask<S>
  | BatchTask<S, unknown, unknown>
  | SteppedTask<S, unknown>
  | StreamTask<S, unknown, unknown, unknown>
  | Task<S>;

/** What `tasks` binds to a state: a class without constructor parameters, of which each workflow object makes one for the state and all runs, an instance, or `split([...])`. */
// The compiler tries them in this order, and most bindings are classes.
export type Binding<S> = (new () => AnyTask<S>) | AnyTask<S> | Split<S, unknown>;

/** What holds for the whole workflow. */
export interface WorkflowOptions {
  /**
   * The workflow's name in errors, events, the store and the names of the generated module: `"ping-host"` makes `createPingHost`.
   * Default: the exported constant's name; a default export needs one.
   */
  readonly name?: string;
  /** Milliseconds a run may take after the resources are set up, above 0; one that is resumed has all of them anew. Default: unbounded. */
  readonly totalTimeout?: number;
  /**
   * Milliseconds that undoing a failed run may take, above 0: what is not undone by then is reported, and in a durable workflow left to
   * `resume`. Default: half of `totalTimeout`, at most 30,000; unbounded where there is no total timeout either.
   */
  readonly compensationTimeout?: number;
  /** `"complete"`: the generator warns of effects that a later failure does not undo. Default: it does not. */
  readonly sagas?: "complete";
  /** Whether runs are stored, so that they outlive their process. Needs `version`. Default: no. */
  readonly durable?: boolean;
  /**
   * A whole number, 1 or more, of a durable workflow. Runs that were begun under another version are not continued; `cano-gen` says when a change
   * needs a new one.
   */
  readonly version?: number;
  /** How a durable workflow stores what JSON does not know, by names that are stored, too: `{ date: dates, money: codec(Money, { … }) }`. */
  readonly codecs?: Readonly<Record<string, Codec<unknown, unknown>>>;
  /** How runs of earlier versions go on, by the version that they go by. Default: they do not; they can still be undone. */
  readonly migrations?: Readonly<Record<number, Migration<string | number>>>;
}

/** What `workflow()` returns: its argument, with the exact types of its bindings. */
export interface Workflow<E, X, T> {
  /** The state set: an enum, an `as const` object, or a tuple. */
  readonly states: E;
  /** The state that runs start in, or a list of those that they may start in. */
  readonly initial: unknown;
  /** The states that end a run; they have no tasks. */
  readonly exits: readonly X[];
  /** What is bound to each state that is not an exit. */
  readonly tasks: T;
}

/**
 * Declares a workflow: its states, where it begins, where it ends, and the task of every state in between.
 *
 * Returns its argument. `cano-gen` reads the call and writes the module that runs it. Throws `configuration` when an initial state or
 * an exit is not one of `states`, or a state that is not an exit has no task: what the types already refuse, for callers without them.
 */
export function workflow<
  const E extends States,
  const X extends StateOf<E>,
  const T extends { readonly [K in Exclude<StateOf<E>, X> & (string | number)]: Binding<StateOf<E>> },
  const O extends WorkflowOptions,
>(
  spec: {
    readonly states: E;
    readonly initial:
      NoInfer<Exclude<StateOf<E>, X>> | readonly [NoInfer<Exclude<StateOf<E>, X>>, ...NoInfer<Exclude<StateOf<E>, X>>[]];
    readonly exits: readonly [X, ...X[]];
    // What no binding is, so that the compiler says why there can be none. In two parts, since of one it would tell parameters without a type theirs,
    // which is `never`.
    readonly tasks: T & { readonly [K in X & keyof T]: "an exit has no task" } & {
      readonly [K in Exclude<keyof T, StateOf<E>>]: "no state of this machine";
    };
  } & O,
): Workflow<E, X, T> & O {
  requireTotal(spec);
  return spec;
}

function requireTotal(spec: { states: States; initial: unknown; exits: readonly unknown[]; tasks: object }): void {
  requireObject("workflow", spec);
  requireObject("states", spec.states);
  requireObject("tasks", spec.tasks);
  if (!Array.isArray(spec.exits)) throw outOfRange("exits", "a list of states", spec.exits);
  const entries: readonly (readonly [string, unknown])[] = Object.entries(spec.states);
  const values = new Map(entries);
  // A numeric enum also maps its values back to its names: those entries are no states.
  const members = entries.filter(([name, state]) => typeof state !== "string" || values.get(state) !== Number(name));
  const states = new Set(members.map(([, state]) => state));
  for (const state of [spec.initial, ...spec.exits].flat()) {
    if (!states.has(state)) throw refused(`\`${String(state)}\` is not one of the workflow's states`);
  }
  for (const state of states) {
    if (!spec.exits.includes(state) && !(String(state) in spec.tasks))
      throw refused(`state \`${String(state)}\` has no task and is not an exit`);
  }
}

function requireObject(option: string, value: unknown): void {
  if (typeof value !== "object" || value === null) throw outOfRange(option, "an object", value);
}

function refused(message: string): CanoError {
  return new CanoError("configuration", message, { code: "CANO7009" });
}
