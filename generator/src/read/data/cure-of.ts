/** Tells what may make a value fit: `"on"` in an object is `string` unless it is told to stay, a promise is not what it promises, and a generic class takes what its instance says. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import type { Cure } from "../data-reading.js";
import { type Misfit, unionParts } from "./find-type-misfit.js";

const LITERAL_OF: readonly (readonly [wide: ts.TypeFlags, literal: ts.TypeFlags])[] = [
  [ts.TypeFlags.String, ts.TypeFlags.StringLiteral | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.StringMapping],
  [ts.TypeFlags.Number, ts.TypeFlags.NumberLiteral],
  [ts.TypeFlags.BigInt, ts.TypeFlags.BigIntLiteral],
];

/** What there is to do about a misfit, where more can be said than that one of the two must change. */
export function cureOf(compiler: Compiler, { at, sent, taken }: Misfit): Cure | undefined {
  if (unionParts(taken).some(isOfClass)) return "instance";
  if (isPromised(compiler, sent, taken)) return "await";
  if (!isWiderThan(compiler, sent, taken)) return undefined;
  if (at === undefined) return "widened";
  return holdsLiteral(at) ? "as const" : undefined;
}

function isPromised({ checker }: Compiler, sent: ts.Type, taken: ts.Type): boolean {
  const awaited = checker.getAwaitedType(sent);
  return awaited !== undefined && awaited !== sent && checker.isTypeAssignableTo(awaited, taken);
}

// Those of a method are chosen by whoever calls it, and not where its class is bound.
function isOfClass({ flags, symbol }: ts.Type): boolean {
  const [declaration] = (flags & ts.TypeFlags.TypeParameter ? symbol?.declarations : undefined) ?? [];
  return declaration !== undefined && ts.isClassLike(declaration.parent);
}

function isWiderThan(compiler: Compiler, sent: ts.Type, taken: ts.Type): boolean {
  const wanted = unionParts(taken);
  return unionParts(sent).some((part) =>
    wanted.some((other) => {
      if (LITERAL_OF.some(([wide, literal]) => part.flags & wide && other.flags & literal)) return true;
      const [own, others] = [part, other].map((type) => argumentsOf(compiler, type));
      const isSame = part.symbol !== undefined && part.symbol === other.symbol;
      return (
        isSame && (own?.some((argument, place) => others?.[place] && isWiderThan(compiler, argument, others[place])) ?? false)
      );
    }),
  );
}

function argumentsOf({ checker }: Compiler, type: ts.Type): readonly ts.Type[] {
  const isReference = (type.flags & ts.TypeFlags.Object) !== 0 && "target" in type;
  return isReference ? checker.getTypeArguments(type as ts.TypeReference) : [];
}

function holdsLiteral(node: ts.Node): boolean {
  // What a function is given need not be what it returns; a set is what it is made of.
  if (ts.isFunctionLike(node) || ts.isCallExpression(node)) return false;
  if (ts.isLiteralExpression(node) || ts.isTemplateExpression(node)) return true;
  return ts.forEachChild(node, (child) => holdsLiteral(child) || undefined) ?? false;
}
