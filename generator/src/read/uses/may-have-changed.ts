/** Tells of what the compiler has narrowed whether it holds: it forgets that a call may have written to it. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, symbolOf } from "../compiler.js";
import { scopeOf } from "./references-to.js";
import { writesAnywhere, writesTo } from "./writes-to.js";

/** Whether a name or a property may hold something else than the compiler saw there last. */
export function mayHaveChanged(compiler: Compiler, expression: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(expression)) return mayHaveChanged(compiler, expression.expression);
  const isProperty = ts.isPropertyAccessExpression(expression);
  const symbol =
    isProperty || ts.isIdentifier(expression) ? symbolOf(compiler, isProperty ? expression.name : expression) : undefined;
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration) return false;
  if (isProperty && mayHaveChanged(compiler, expression.expression)) return true;
  const { checker } = compiler;
  if (checker.getTypeAtLocation(expression) === checker.getTypeOfSymbol(symbol)) return false;
  return isProperty
    ? writesAnywhere(compiler, symbol).some(({ constructing }) => !constructing)
    : writesTo(compiler, symbol, scopeOf(declaration)).some(({ nested }) => nested);
}
