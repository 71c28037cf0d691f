/** Tells whether a name stands for an export of the package `cano`, however it was imported. */

import { ts } from "../../typescript/index.cjs";
import { type Compiler, memberNameOf, unalias } from "./compiler.js";

/** The name under which `cano` declares what an expression stands for; undefined when it is something else. */
export function canoExport(compiler: Compiler, expression: ts.Node): string | undefined {
  const name = nameNodeOf(expression);
  const symbol = name && compiler.checker.getSymbolAtLocation(name);
  return symbol && canoSymbol(compiler, symbol);
}

/** The same for a symbol, an alias or what it stands for. */
export function canoSymbol(compiler: Compiler, symbol: ts.Symbol): string | undefined {
  const target = unalias(compiler, symbol);
  const declaration = target.declarations?.[0];
  if (declaration === undefined) return unresolvedImport(symbol);
  return compiler.packageOf(declaration.getSourceFile().fileName) === "cano" ? target.name : undefined;
}

/** The name under which `cano` declares the class or interface that a type is of. */
export function canoTypeName(compiler: Compiler, type: ts.Type): string | undefined {
  const symbol = type.getSymbol();
  return symbol && canoSymbol(compiler, symbol);
}

function nameNodeOf(expression: ts.Node): ts.Node | undefined {
  if (ts.isParenthesizedExpression(expression)) return nameNodeOf(expression.expression);
  if (ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)) return memberNameOf(expression);
  return ts.isIdentifier(expression) ? expression : undefined;
}

// Where `cano` is not installed the import still says what was meant, and the compiler's "cannot find module" reaches the user.
function unresolvedImport(symbol: ts.Symbol): string | undefined {
  const specifier = symbol.declarations?.[0];
  if (specifier === undefined || !ts.isImportSpecifier(specifier)) return undefined;
  const module = specifier.parent.parent.parent.moduleSpecifier;
  return ts.isStringLiteral(module) && module.text === "cano" ? (specifier.propertyName ?? specifier.name).text : undefined;
}
