/** What can be drawn of a workflow, as plain data: what pictures show, whoever knows it. Draws nothing. */

import type { GraphState } from "../graph.js";

/** A workflow to be drawn. States are named as the state set names its members; each name stands once. */
export interface Drawing {
  readonly name: string;
  /** Whether its runs are stored: each state that is no exit is, before it starts. */
  readonly durable: boolean;
  readonly initial: readonly string[];
  readonly states: readonly DrawnState[];
  readonly transitions: readonly DrawnTransition[];
}

/** A state, and what is bound to it. What is left out is not known, and not drawn. */
export type DrawnState = { readonly name: string; readonly value: string | number } & (
  | { readonly kind: "exit"; readonly reachable: boolean }
  | {
      readonly kind: Exclude<GraphState["kind"], "exit" | "split">;
      /** The task's class; the state's name for an object literal. */
      readonly task: string;
      readonly retry?: boolean;
      readonly attemptTimeout?: boolean;
    }
  | {
      readonly kind: "split";
      /** The branches' classes; `dynamic` when a function computes them. */
      readonly branches: readonly string[] | "dynamic";
      readonly join?: string;
    }
);

/** A transition; one that can be entered both bare and with an input is listed twice. */
export interface DrawnTransition {
  readonly from: string;
  readonly to: string;
  /** What travels along: nothing, an input made by `to()`, or the joined results of a split. */
  readonly carries: "nothing" | "input" | "joined";
  /** Whether a task goes there by its methods, or only its fallback does. */
  readonly by: "method" | "fallback";
}

/** What may be drawn with a workflow. */
export interface DrawingOptions {
  /** The way of a run: what it entered is marked and counted, the rest is pale. */
  readonly walk?: Walk;
}

/** The way of one run. */
export interface Walk {
  /** The states that it entered, in their order, by value or by name; a state as often as it was entered. */
  readonly path: readonly (string | number)[];
  /** What became of it in the last of them: it ended there, failed there, or stands there still. */
  readonly end: "finished" | "failed" | "standing";
}
