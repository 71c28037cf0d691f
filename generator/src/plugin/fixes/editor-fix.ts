/** What a quick fix is, and what it is made from. */

import type { Diagnostic, Span } from "../../diagnostics/diagnostic.js";
import type { Draft } from "../../model/draft.js";
import type { ts } from "../../../typescript/index.cjs";

/** Replaces what `span` covers by `text`. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A change that cures a problem. */
export interface EditorFix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** A problem with what is known around it. */
export interface Problem {
  readonly diagnostic: Diagnostic;
  readonly drafts: readonly Draft[];
  readonly program: ts.Program;
}

/** Makes the fixes for one code; none where the source is not written in a way that it can be changed in. */
export type FixMaker = (problem: Problem) => readonly EditorFix[];
