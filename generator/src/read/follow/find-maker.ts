/** Finds the call of a function of `cano` that makes a value, such as `bulkhead({ limit: 4 })`. */

import { ts } from "../../../typescript/index.cjs";
import { canoExport } from "../cano-export.js";
import type { Compiler } from "../compiler.js";
import { followConstant } from "./follow-constant.js";

/** The call of one of these functions of `cano` that makes the value; undefined where it cannot be seen. */
export function findMaker(compiler: Compiler, value: ts.Expression, makers: readonly string[]): ts.CallExpression | undefined {
  const { kind, node } = followConstant(compiler, value);
  if (kind !== "value" || !ts.isCallExpression(node)) return undefined;
  const maker = canoExport(compiler, node.expression);
  return maker !== undefined && makers.includes(maker) ? node : undefined;
}
