/** Turns a fix into what an editor applies. */

import type { ts } from "../../typescript/index.cjs";
import { SOURCE } from "./compiler-diagnostic.js";
import type { Edit, EditorFix } from "./fixes/editor-fix.js";

/** Builds the code fix; edits of one file come as one change. */
export function toCodeFix({ title, edits }: EditorFix): ts.CodeFixAction {
  const files = [...new Set(edits.map(({ span }) => span.file))];
  return {
    fixName: SOURCE,
    description: title,
    changes: files.map((fileName) => ({
      fileName,
      textChanges: edits.filter(({ span }) => span.file === fileName).map(toChange),
    })),
  };
}

function toChange({ span, text }: Edit): ts.TextChange {
  return { span: { start: span.start, length: span.end - span.start }, newText: text };
}
