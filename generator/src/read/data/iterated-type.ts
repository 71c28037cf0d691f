/** What a value yields when it is iterated. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType } from "../compiler.js";
import { indexedType, isBuiltIn, tailOf, unionParts } from "./find-type-misfit.js";
import { isOpen } from "./type-kinds.js";

/** How a value may be iterated. */
export type Iteration = "asyncIterator" | "iterator";

/** The type of the items that values of a type yield under one of the ways given, the first that they have; undefined when they have none. */
export function iteratedType(compiler: Compiler, type: ts.Type, ways: readonly Iteration[]): readonly ts.Type[] | undefined {
  const { checker } = compiler;
  const found: ts.Type[] = [];
  // Of `any` nothing is known, not even that it cannot be iterated; what always throws yields nothing.
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Never)) return found;
  for (const part of unionParts(type)) {
    const method = ways.map((way) => wellKnown(compiler, part, way)).find((known) => known !== undefined);
    const iterator = method && resultOf(compiler, method);
    const next = iterator && propertyType(compiler, iterator, "next");
    const result = next && resultOf(compiler, next);
    if (result === undefined) return undefined;
    for (const step of unionParts(checker.getAwaitedType(result) ?? result)) {
      const done = propertyType(compiler, step, "done");
      const value = propertyType(compiler, step, "value");
      if (value !== undefined && (done === undefined || checker.typeToString(done) !== "true")) found.push(value);
    }
  }
  return found;
}

/** What a parameter takes as the items of a list that it is given: undefined where it takes no list, the type itself where it takes anything. */
export function listedType(compiler: Compiler, taken: ts.Type): ts.Type | undefined {
  const type = compiler.checker.getNonNullableType(taken);
  if (isOpen(taken) || isOpen(type)) return taken;
  // A tuple may say how many there are, which nobody knows before.
  if (compiler.checker.isTupleType(type) && tailOf(compiler, type, 0) === undefined) return undefined;
  if (type.symbol?.name === "Iterable" && isBuiltIn(compiler, type))
    return compiler.checker.getTypeArguments(type as ts.TypeReference)[0];
  return indexedType(compiler, type);
}

// The compiler's own name for `[Symbol.iterator]` is `__@iterator@` and a number.
function wellKnown(compiler: Compiler, type: ts.Type, way: Iteration): ts.Type | undefined {
  const symbol = compiler.checker
    .getPropertiesOfType(type)
    .find(({ escapedName }) => String(escapedName).startsWith(`__@${way}@`));
  return symbol && compiler.checker.getTypeOfSymbol(symbol);
}

function resultOf(compiler: Compiler, type: ts.Type): ts.Type | undefined {
  const [signature] = compiler.checker.getSignaturesOfType(compiler.checker.getNonNullableType(type), ts.SignatureKind.Call);
  return signature?.getReturnType();
}
