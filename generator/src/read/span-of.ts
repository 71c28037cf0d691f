/** Places of syntax nodes as spans. */

import type { ts } from "../../typescript/index.cjs";
import type { Span } from "../diagnostics/diagnostic.js";

/** The span of a node, without the comments and blanks before it. */
export function spanOf(node: ts.Node): Span {
  const file = node.getSourceFile();
  return { file: file.fileName, start: node.getStart(file), end: node.getEnd() };
}
