/** Tells the type of what an expression gives, also where the compiler tells that of what it is given to. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, symbolOf } from "../compiler.js";
import { isUnit } from "./type-kinds.js";

/**
 * In `{ mode }`, the type of the variable: of the name, the compiler tells that of the member, in which the literal of `const mode = "on"` is a `string`. A
 * variable that has been narrowed since keeps what it was narrowed to.
 */
export function valueType(compiler: Compiler, expression: ts.Expression): ts.Type {
  const { checker } = compiler;
  const type = checker.getTypeAtLocation(expression);
  if (!ts.isShorthandPropertyAssignment(expression.parent)) return type;
  const symbol = symbolOf(compiler, expression);
  const own = symbol && checker.getTypeOfSymbol(symbol);
  return own && isUnit(own) && checker.isTypeAssignableTo(own, type) ? own : type;
}
