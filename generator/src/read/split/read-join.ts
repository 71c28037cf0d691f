/** Reads a split's `join` option: which of the six strategies, and its number. */

import { ts } from "../../../typescript/index.cjs";
import { canoExport } from "../cano-export.js";
import type { Compiler } from "../compiler.js";
import { followConstant } from "../follow/follow-constant.js";
import { readNumber } from "../follow/read-number.js";
import type { JoinReading } from "../reading.js";
import { spanOf } from "../span-of.js";

/** Reads a strategy; one that is not a literal call is `unknown` and left to run time. */
export function readJoin(compiler: Compiler, expression: ts.Expression): JoinReading {
  const span = spanOf(expression);
  const { kind, node } = followConstant(compiler, expression);
  if (kind !== "value" || !ts.isCallExpression(node)) return { strategy: "unknown", span };
  const strategy = canoExport(compiler, node.expression);
  if (strategy === "all" || strategy === "any" || strategy === "partialTimeout") return { strategy, span };
  const argument = node.arguments[0];
  if (argument === undefined || ts.isSpreadElement(argument)) return { strategy: "unknown", span };
  if (strategy === "quorum" || strategy === "percentage" || strategy === "partialResults") {
    return { strategy, argument: readNumber(compiler, argument), span };
  }
  return { strategy: "unknown", span };
}
