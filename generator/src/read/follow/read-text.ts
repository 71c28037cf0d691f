/** Texts in options and arguments: their values where they are constant. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import type { TextReading } from "../schedule-reading.js";
import { spanOf } from "../span-of.js";
import { followConstant } from "./follow-constant.js";

/** Reads a text; `value` is undefined where it is only known at run time. */
export function readText(compiler: Compiler, expression: ts.Expression): TextReading {
  const span = spanOf(expression);
  const { kind, node } = followConstant(compiler, expression);
  if (kind === "value" && ts.isStringLiteralLike(node)) return { value: node.text, span, literal: insideOf(node) };
  const type = compiler.checker.getTypeAtLocation(expression);
  return { value: type.isStringLiteral() ? type.value : undefined, span, literal: undefined };
}

// With an escape in it, places in the value are not places in the source.
function insideOf(node: ts.StringLiteralLike): TextReading["literal"] {
  const { file, start, end } = spanOf(node);
  const inside = { file, start: start + 1, end: end - 1 };
  return inside.end - inside.start === node.text.length ? inside : undefined;
}
