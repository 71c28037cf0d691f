/**
 * The linked, unchecked machine: readings with their state references resolved, ordered by the state set, spans kept. Plain readonly data.
 * Built by `build-draft.ts`; judged by `check/`.
 */

import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import type { ResourceConflict, StateShapes } from "../read/data-reading.js";
import type { NumberReading } from "../read/number-reading.js";
import type { BindingReading, Reading } from "../read/reading.js";
import type { StateRef, TargetReading } from "../read/target-reading.js";

export interface Draft {
  readonly name: string;
  readonly exported: Reading["exported"];
  readonly file: string;
  readonly importStyle: Reading["importStyle"];
  readonly span: Span;
  readonly statesKind: Reading["states"]["kind"];
  readonly statesName: string;
  /** The state set's name where it is declared. */
  readonly statesSpan: Span;
  /** One per member of the state set, in its order; a state's number is its place in this list. */
  readonly states: readonly DraftState[];
  readonly initial: readonly StateRef[];
  readonly exits: readonly StateRef[];
  readonly endSpans: Reading["endSpans"];
  /** Bindings whose key is no member of the state set. */
  readonly strays: readonly BindingReading[];
  readonly totalTimeout: NumberReading | undefined;
  readonly compensationTimeout: NumberReading | undefined;
  readonly sagas: Reading["sagas"];
  readonly durability: Reading["durability"];
  readonly payloadLosses: Reading["payloadLosses"];
  readonly migrations: Reading["migrations"];
  readonly resourceConflicts: readonly ResourceConflict[];
  /** The compiler's errors inside the call, for when no check says it better. */
  readonly heldBack: readonly Diagnostic[];
}

export interface DraftState {
  readonly name: string;
  readonly value: string | number;
  /** The member's declaration. */
  readonly span: Span;
  /** Where `exits` lists it, if it does. */
  readonly exit: Span | undefined;
  /** Where `initial` names it, if it does. */
  readonly initial: Span | undefined;
  /** What `tasks` binds to it; the last one counts at run time, as in any object literal. */
  readonly bindings: readonly BindingReading[];
  /** What is stored for it, where runs are stored and it has a task. */
  readonly shapes: StateShapes | undefined;
  /** Transitions out of it. */
  readonly edges: readonly Edge[];
  /** Whether some target of it cannot be told, or its task is missing, so that nothing may be concluded from its edges. */
  readonly open: boolean;
  /** Whether its task can end a run by always throwing. */
  readonly neverReturns: boolean;
}

/** A transition between two states, by their numbers. */
export interface Edge {
  readonly to: number;
  readonly target: TargetReading;
}
