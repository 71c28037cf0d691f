/** Lists the fixes for a problem: the one that the diagnostic brings along, and those that are made here. */

import type { EditorFix, Problem } from "./editor-fix.js";
import { makers } from "./makers.js";

/** All fixes, in the order in which they are offered. */
export function listFixes(problem: Problem): readonly EditorFix[] {
  const { code, fix } = problem.diagnostic;
  const own = fix ? [{ title: fix.title, edits: [{ span: fix.span, text: fix.text }] }] : [];
  return [...own, ...(makers[code] ?? []).flatMap((make) => make(problem))];
}
