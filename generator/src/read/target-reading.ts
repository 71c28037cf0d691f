/** What the read stage finds of a state that is named, and of one that follows. */

import type { Span } from "../diagnostics/diagnostic.js";
import type { Shape } from "../shapes/shape.js";
import type { Fit, JsonLoss } from "./data-reading.js";

/** An expression in the place of a state. */
export type StateRef =
  /** A member of this machine's state set, by its index in `states.members`. */
  | { readonly kind: "member"; readonly member: number; readonly span: Span }
  /** A member of something else: another enum, or a value that is no member. */
  | { readonly kind: "foreign"; readonly text: string; readonly span: Span }
  /** Two members combined as bit flags. */
  | { readonly kind: "flags"; readonly span: Span }
  /** Nothing that can be told at build time. `why` completes "because …", for instance "it is computed". */
  | { readonly kind: "unknown"; readonly why: string; readonly span: Span };

/** One transition that a method may end with. */
export interface TargetReading {
  readonly state: StateRef;
  /** What it carries: nothing (a bare state), or an input made by `to()`. */
  readonly carries:
    | { readonly kind: "nothing" }
    /**
     * Of what is stored, `loss`: why it would not survive that; `shape`: what it is, whatever is taken of it; `written`: what it is where it is written, if
     * that has more. Of several values of which one has all members of another, the type of the result only tells those of the other.
     */
    | {
        readonly kind: "input";
        readonly span: Span;
        readonly fit: Fit;
        readonly loss?: JsonLoss;
        readonly shape?: Shape;
        readonly written?: Shape | undefined;
      };
  /** `hand-written`: an object of the shape of `to()` that was not made by it. */
  readonly form: "bare" | "to" | "hand-written";
  /** Whether the task goes there by its methods, or only its `fallback` does. */
  readonly by: "method" | "fallback";
}
