/** How a log has an effect where what would undo it could not be stored: by a text that is no JSON, and says why. */

const MARK = "!";

/** What stands in the place of what would undo an effect. A JSON text, since `why` may quote what no store can keep. */
export function markLost(why: string): string {
  return MARK + JSON.stringify(why);
}

/** Why what would undo an effect is not in its row; undefined where it is. */
export function whyLost(undo: string): string | undefined {
  return undo.startsWith(MARK) ? String(JSON.parse(undo.slice(MARK.length))) : undefined;
}
