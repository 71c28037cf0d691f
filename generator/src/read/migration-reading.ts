/** What the read stage finds of `migrations`: how runs of earlier versions go on, and are undone. */

import type { Span } from "../diagnostics/diagnostic.js";
import type { PlacedShape } from "./data-reading.js";
import type { TargetReading } from "./target-reading.js";

/** The migration of one earlier version. */
export interface MigrationReading {
  readonly version: number;
  /** Its key. */
  readonly span: Span;
  readonly states: readonly MigratedState[];
  readonly undo: readonly MigratedUndo[];
}

/** A state of that version, by its value as text. */
export interface MigratedState {
  readonly state: string;
  /** Its key. */
  readonly span: Span;
  readonly how: { readonly kind: "same" } | { readonly kind: "dead" } | ({ readonly kind: "function" } & MigratingFunction);
}

/** What a state of that version has left, and what undoes it now. */
export interface MigratedUndo extends MigratingFunction {
  readonly state: string;
  readonly span: Span;
}

/** A function that makes of what was stored what is stored now. */
export interface MigratingFunction {
  /** What it takes; undefined where it takes nothing. */
  readonly parameter: PlacedShape | undefined;
  /** What it returns. What is handed over was compared with what the state takes, of a compensation with what that takes. */
  readonly targets: readonly TargetReading[];
}
