/** Says what is handed on, and what is written down of it that its type does not tell. */

import { fits } from "../../shapes/find-shape-misfit.js";
import type { Shape } from "../../shapes/shape.js";

/** What is handed on by its type, and, where that has more, as it is written down. */
export function handedShapes(shape: Shape, written: Shape): { readonly shape: Shape; readonly written: Shape | undefined } {
  return { shape, written: fits(written, shape, "exact") ? undefined : written };
}
