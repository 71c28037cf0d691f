/** What pictures say to callers without types: a graph is no drawing, and a workflow object is no graph. */

import { outOfRange } from "../errors/require.js";
import type { Drawing } from "./drawing.js";

/** Throws `configuration` when there is nothing that can be drawn. */
export function requireDrawing(drawing: Partial<Drawing> | undefined): void {
  if (!Array.isArray(drawing?.states)) throw outOfRange("drawing", "what `buildDrawing` makes of a graph", drawing);
}

/** Throws `configuration` when it is no graph. */
export function requireGraph(graph: { readonly states?: unknown } | undefined): void {
  const states = graph?.states;
  if (typeof states !== "object" || states === null) throw outOfRange("graph", "that of a generated module", graph);
}
