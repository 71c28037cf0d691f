/** What the read stage finds of data on its way: between states, between the methods of a task, into a store. */

import type { Span } from "../diagnostics/diagnostic.js";
import type { Shape } from "../shapes/shape.js";

/** A value on its way from one method of a task to another. */
export interface FlowReading {
  readonly from: string;
  readonly to: string;
  /** The parameter's type, where it is written. */
  readonly span: Span;
  readonly fit: Fit;
}

/** `lack` completes "which …", `wanted` "return …". */
export interface WrongResult {
  readonly method: string;
  readonly given: string;
  readonly lack: string;
  readonly wanted: string;
  readonly span: Span;
}

/** `why` completes "because it …". */
export interface JsonLoss {
  readonly path: string;
  readonly type: string;
  readonly why: string;
  readonly span: Span;
}

/** Something that a durable workflow stores and that does not survive that. */
export interface PayloadLoss extends JsonLoss {
  /**
   * `input`: what a state takes; `undo`: what its task leaves to be undone; `branch`: what the branches of its split return; `codec`: what a
   * codec encodes to.
   */
  readonly role: "input" | "undo" | "branch" | "codec";
  /** The state's name, or the codec's. */
  readonly state: string;
}

/** The shape of a type, and where that is written. */
export interface PlacedShape {
  readonly shape: Shape;
  readonly span: Span;
}

/** What a durable workflow stores for a state, as its task takes it; undefined where nothing is taken. */
export interface StateShapes {
  /** The state's place in `states.members`. */
  readonly state: number;
  readonly input: PlacedShape | undefined;
  /** Where a step or a stream goes on. */
  readonly cursor: PlacedShape | undefined;
  /** What its compensation is given of what the task had left. */
  readonly undo: PlacedShape | undefined;
  /** What its compensation is told of what the task had taken. */
  readonly undoneInput: PlacedShape | undefined;
  /** What its task leaves behind, whatever is taken of it. */
  readonly left: { readonly cursor: Shape | undefined; readonly undo: Shape | undefined };
}

/** Whether a value that is handed over is assignable to what the receiving state takes. */
export type Fit =
  /** It is; or nobody takes it, or the receiver is an exit. */
  | { readonly kind: "fits" }
  /** `path` is where inside the value, `` or `.lines[].due`; the texts are types as the compiler prints them. */
  | {
      readonly kind: "misfit";
      readonly path: string;
      readonly sent: string;
      readonly taken: string;
      /** Where that part of the value is written, where it is. */
      readonly span?: Span;
      /** Whether nothing is there. */
      readonly missing?: boolean;
      readonly cure?: Cure;
    };

/**
 * What may make a value fit. `as const`: it is written as a literal that the compiler widens. `widened`: it may be, where it is written is not known.
 * `await`: it is a promise of what would fit. `instance`: the task's class is generic, and bound without its type arguments.
 */
export type Cure = "as const" | "widened" | "await" | "instance";

/** What a task takes as its input. */
export type InputReading =
  | { readonly kind: "nothing" }
  /** `optional`: undefined is acceptable, so a bare entry is fine. */
  | { readonly kind: "typed"; readonly text: string; readonly optional: boolean; readonly span: Span };

/** A type at a place, as the compiler prints it. */
export interface TypedPlace {
  readonly task: string;
  readonly type: string;
  readonly span: Span;
}

/** A resource that two parameters ask for with types that cannot both be satisfied. */
export interface ResourceConflict {
  readonly resource: string;
  readonly first: TypedPlace;
  readonly second: TypedPlace;
}
