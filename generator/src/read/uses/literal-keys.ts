/** Tells which properties a computed key may mean. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";

/** The names that a computed key may have; undefined where its type does not tell. `known` is what type parameters stand for. */
export function literalKeys(
  { checker }: Compiler,
  key: ts.Expression,
  known: ReadonlyMap<ts.Type, ts.Type> = new Map(),
): Set<string> | undefined {
  const own = checker.getTypeAtLocation(key);
  const isOpen = (own.flags & ts.TypeFlags.TypeParameter) !== 0;
  const type = (isOpen ? (known.get(own) ?? checker.getBaseConstraintOfType(own)) : undefined) ?? own;
  const parts = type.isUnion() ? type.types : [type];
  const keys = parts.map((part) => (part.isStringLiteral() || part.isNumberLiteral() ? String(part.value) : undefined));
  return keys.includes(undefined) ? undefined : new Set(keys.filter((text) => text !== undefined));
}
