/** Tells which properties a computed key may mean. */

import type { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";

/** The names that a computed key may have; undefined where its type does not tell. */
export function literalKeys({ checker }: Compiler, key: ts.Expression): Set<string> | undefined {
  const type = checker.getTypeAtLocation(key);
  const parts = type.isUnion() ? type.types : [type];
  const keys = parts.map((part) => (part.isStringLiteral() || part.isNumberLiteral() ? String(part.value) : undefined));
  return keys.includes(undefined) ? undefined : new Set(keys.filter((text) => text !== undefined));
}
