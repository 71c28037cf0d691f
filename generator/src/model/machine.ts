/** A proven machine: total, without spans, ready to be printed. Only `check/` makes one. Plain readonly data. */

import type { LockedVersion } from "../lock/lock.js";

export interface Machine {
  readonly name: string;
  readonly exported: { readonly kind: "named"; readonly name: string } | { readonly kind: "default" };
  /** Absolute path of the source. */
  readonly file: string;
  readonly importStyle: ".js" | ".ts" | "";
  readonly statesKind: "enum" | "object" | "tuple";
  readonly statesName: string;
  /** In the order of the state set; edges and `initial` are places in this list. */
  readonly nodes: readonly Node[];
  readonly initial: readonly number[];
  /** Whether the workflow declares a total timeout. */
  readonly totalTimeout: boolean;
  readonly compensationTimeout: boolean;
  /** Whether its runs are stored. */
  readonly durable: boolean;
  /** Whether it stores what JSON does not know. */
  readonly codecs: boolean;
  /** Whether it says how runs of earlier versions go on. */
  readonly migrations: boolean;
  /** What is recorded of a durable workflow. */
  readonly record: LockedVersion | undefined;
}

export type Node = TaskNode | SplitNode | ExitNode;

interface NodeBase {
  /** The member's name, `Reserve`. */
  readonly name: string;
  readonly value: string | number;
}

export interface TaskNode extends NodeBase {
  readonly kind: "task" | "router" | "compensatable" | "poll" | "timer" | "batch" | "stepped" | "stream";
  /** The class's name; the state's for an object literal. */
  readonly task: string;
  readonly form: "class" | "instance";
  readonly importable: { readonly file: string; readonly name: string } | undefined;
  readonly targets: readonly Target[];
  /** Whether the compiler's return type is exactly `targets`. */
  readonly exact: boolean;
  /** Proven to return no promise. */
  readonly synchronous: boolean;
  /** Whether its method has a parameter for resources, and whether its type names any. */
  readonly takesResources: boolean;
  readonly needsResources: boolean;
  readonly takesContext: boolean;
  readonly takesInput: boolean;
  readonly retry: boolean;
  readonly attemptTimeout: boolean;
  /** Whether its config has more than these two; `inline` where nothing of it makes an attempt wait for its turn, or has copies of it. */
  readonly guarded: "no" | "inline" | "apart";
  /** Whether its config has, or may have, a circuit breaker. */
  readonly breaks: boolean;
}

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
  readonly join: string;
  readonly next: number;
  /** Whether the state that follows takes the joined results, or is an exit that carries them. */
  readonly handsOn: boolean;
  readonly needsResources: boolean;
  readonly takesInput: boolean;
}

export interface ExitNode extends NodeBase {
  readonly kind: "exit";
  /** An exit that no path reaches is part of the machine, but of no result. */
  readonly reachable: boolean;
}

/** A transition; one that can be entered both bare and with `to()` is listed twice. */
export interface Target {
  readonly to: number;
  readonly carries: boolean;
  /** Whether the task goes there by its methods, or only its fallback does. */
  readonly by: "method" | "fallback";
}
