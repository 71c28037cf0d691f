/** How a log has what undoes an effect; where that could not be stored, it has a text that is no JSON, and says why. */

import type { Undo } from "../saga/undo.js";

/** An effect with the row that says how to undo it. */
export interface StoredUndo extends Undo {
  /** Undefined until it is written. */
  row: number | undefined;
}

const MARK = "!";

/** What stands in the place of what would undo an effect. A JSON text, since `why` may quote what no store can keep. */
export function markLost(why: string): string {
  return MARK + JSON.stringify(why);
}

/** Why what would undo an effect is not in its row; undefined where it is. */
export function whyLost(undo: string): string | undefined {
  return undo.startsWith(MARK) ? String(JSON.parse(undo.slice(MARK.length))) : undefined;
}
