/** Finds where a variable or property is named. What is done with it there is for others to say. */

import { ts } from "../../../typescript/index.cjs";
import { filesThatMention } from "../asked-files.js";
import { type Compiler, symbolOf } from "../compiler.js";

/** The places that name a symbol, its declaration and types left out. */
export function referencesTo(compiler: Compiler, symbol: ts.Symbol): readonly ts.Node[] {
  const declaration = symbol.valueDeclaration;
  const name = declaration && ts.getNameOfDeclaration(declaration);
  if (declaration === undefined || name === undefined || !(ts.isMemberName(name) || ts.isStringLiteralLike(name))) return [];
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if ((ts.isMemberName(node) || ts.isStringLiteralLike(node)) && node.text === name.text && node !== name) {
      if (names(compiler, symbol, node)) found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  const scope = scopeOf(declaration);
  const everywhere =
    (symbol.flags & ts.SymbolFlags.Property) !== 0 || (ts.isSourceFile(scope) && mayBeExported(declaration, scope));
  const roots = everywhere ? filesThatMention(compiler, name.text) : [scope];
  for (const root of roots) visit(root);
  return found;
}

/** The function in which something is declared, or its file. */
export function scopeOf(declaration: ts.Node): ts.Node {
  return ts.findAncestor(declaration.parent, ts.isFunctionLike) ?? declaration.getSourceFile();
}

function mayBeExported(declaration: ts.Declaration, file: ts.SourceFile): boolean {
  const exported = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
  return exported || !ts.isExternalModule(file) || /\bexport\s*(\{|=|default\b)/.test(file.text);
}

function names(compiler: Compiler, symbol: ts.Symbol, node: ts.MemberName | ts.StringLiteralLike): boolean {
  if (ts.isStringLiteralLike(node) && !ts.isElementAccessExpression(node.parent)) return false;
  const found = symbolOf(compiler, node);
  if (found === symbol || (found !== undefined && found.valueDeclaration === symbol.valueDeclaration)) return true;
  const { parent } = node;
  if (!ts.isBindingElement(parent) || parent.propertyName || !(symbol.flags & ts.SymbolFlags.Property)) return false;
  const taken = compiler.checker.getPropertyOfType(compiler.checker.getTypeAtLocation(parent.parent), symbol.name);
  return taken !== undefined && taken.valueDeclaration === symbol.valueDeclaration;
}
