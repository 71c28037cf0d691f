/** Tells what is stored beyond what is taken of it. */

import { fits } from "./find-shape-misfit.js";
import { isSimple, type Shape } from "./shape.js";
import { partsOf, unionOf } from "./union-of.js";

/**
 * What of `stored` has more than is taken: `{ a: 1, b: 2 }` where that is `{ a: 1 }`. Undefined where nothing has. Nobody may have read `b`, but it must
 * not be forgotten: it may be taken later, as something else. What only the compiler lets through, such as `any`, is left out.
 */
export function unreadOf(stored: readonly (Shape | undefined)[], taken: Shape | undefined): Shape | undefined {
  const parts = stored.flatMap((shape) => (shape === undefined ? [] : partsOf(shape)));
  const unread = parts.filter((part) =>
    taken === undefined ? !isSimple(part, "undefined") : fits(part, taken) && !fits(part, taken, "exact"),
  );
  return unread.length === 0 ? undefined : unionOf(unread);
}
