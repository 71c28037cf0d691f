/** A proven machine: total, without spans, ready to be printed. Only `check/` makes one. Plain readonly data. */

import type { LockedVersion } from "../lock/lock.js";
import type { KeptState } from "../lock/next-lock.js";

/** A workflow that was proven: every state has its task or is an exit, and every transition leads to a state of this machine. */
export interface Machine {
  /** `name` of `workflow()`, else the exported constant's. */
  readonly name: string;
  /** How its source exports it. */
  readonly exported: { readonly kind: "named"; readonly name: string } | { readonly kind: "default" };
  /** Absolute path of the source. */
  readonly file: string;
  /** How the relative imports of its source end. */
  readonly importStyle: ".js" | ".ts" | "";
  /** What the state set is declared as. */
  readonly statesKind: "enum" | "object" | "tuple";
  /** What the state set is called in the source. */
  readonly statesName: string;
  /** In the order of the state set; edges and `initial` are places in this list. */
  readonly nodes: readonly Node[];
  /** The places of its initial states, one at the least. */
  readonly initial: readonly number[];
  /** Whether the workflow declares a total timeout. */
  readonly totalTimeout: boolean;
  /** Whether the workflow declares how long undoing may take. */
  readonly compensationTimeout: boolean;
  /** Whether its runs are stored. */
  readonly durable: boolean;
  /** Whether it stores what JSON does not know. */
  readonly codecs: boolean;
  /** Whether it says how runs of earlier versions go on. */
  readonly migrations: boolean;
  /** What is recorded of a durable workflow. */
  readonly record: LockedVersion | undefined;
  /** The states in which runs of earlier versions go on with what those have stored. */
  readonly kept: readonly KeptState[];
}

/** A state of a machine, with what is bound to it; `kind` tells which. */
export type Node = TaskNode | SplitNode | ExitNode;

interface NodeBase {
  /** The member's name, `Reserve`. */
  readonly name: string;
  /** The member's value, `"reserve"`: what is stored, and told in events. */
  readonly value: string | number;
}

/** A state that is bound to one task. */
export interface TaskNode extends NodeBase {
  /** The kind of the task. */
  readonly kind: "task" | "router" | "compensatable" | "poll" | "timer" | "batch" | "stepped" | "stream";
  /** The class's name; the state's for an object literal. */
  readonly task: string;
  /** Whether the binding is a class, or an instance. */
  readonly form: "class" | "instance";
  /** Where the class is exported, as an absolute path, and its name there; undefined where it is not. */
  readonly importable: { readonly file: string; readonly name: string } | undefined;
  /** Where it leads, in the order of the state set. */
  readonly targets: readonly Target[];
  /** Whether the compiler's return type is exactly `targets`. */
  readonly exact: boolean;
  /** Whether that type may hand a target what is meant for another one, and what it does not take. */
  readonly mixed: boolean;
  /** Proven to return no promise. */
  readonly synchronous: boolean;
  /** Whether its method has a parameter for resources. */
  readonly takesResources: boolean;
  /** Whether the type of that parameter names any. */
  readonly needsResources: boolean;
  /** Whether its method has a parameter for the context. */
  readonly takesContext: boolean;
  /** Whether its context has an input. */
  readonly takesInput: boolean;
  /** Whether its config has, or may have, a retry policy. */
  readonly retry: boolean;
  /** Whether its config has, or may have, an attempt timeout. */
  readonly attemptTimeout: boolean;
  /** Whether its config has more than these two; `inline` where nothing of it makes an attempt wait for its turn, or has copies of it. */
  readonly guarded: "no" | "inline" | "apart";
  /** Whether its config has, or may have, a circuit breaker. */
  readonly breaks: boolean;
}

/** A state that is bound to a split. */
export interface SplitNode extends NodeBase {
  readonly kind: "split";
  /** Whether the config of some branch has, or may have, more than a retry policy and an attempt timeout. */
  readonly guarded: boolean;
  /** Whether the config of some branch has, or may have, a circuit breaker. Of branches that a function computes nothing is known. */
  readonly breaks: boolean;
  /** The branches' names; `dynamic` when a function computes them. */
  readonly branches: readonly string[] | "dynamic";
  /** Which kinds of branches there are besides plain ones, sorted. */
  readonly kinds: readonly ("poll" | "timer" | "batch")[];
  /** The strategy, `quorum` for instance. */
  readonly join: string;
  /** The place of the state that follows. */
  readonly next: number;
  /** Whether the state that follows takes the joined results, or is an exit that carries them. */
  readonly handsOn: boolean;
  readonly needsResources: boolean;
  readonly takesInput: boolean;
}

/** A state that ends a run. */
export interface ExitNode extends NodeBase {
  readonly kind: "exit";
  /** An exit that no path reaches is part of the machine, but of no result. */
  readonly reachable: boolean;
}

/** A transition; one that can be entered both bare and with `to()` is listed twice. */
export interface Target {
  /** The place of the state that it leads to. */
  readonly to: number;
  /** Whether an input travels along. */
  readonly carries: boolean;
  /** Whether the task goes there by its methods, or only its fallback does. */
  readonly by: "method" | "fallback";
}
