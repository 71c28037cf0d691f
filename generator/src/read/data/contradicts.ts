/** Tells whether two types that one value must have contradict each other. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { isHidden } from "./is-hidden.js";
import { covers } from "./literal-versions.js";
import { isBranded, isPlainObject } from "./type-kinds.js";

// Types may refer to themselves; what agrees this far down is taken to agree.
const DEEPEST = 6;

/**
 * Whether no value can sensibly be of both types: neither fits the other, and they do not merge as objects. What one of them lets be missing is there
 * where the other needs it.
 */
export function contradicts(compiler: Compiler, first: ts.Type, second: ts.Type, depth = 0): boolean {
  const { checker } = compiler;
  if (checker.isTypeAssignableTo(first, second) || checker.isTypeAssignableTo(second, first)) return false;
  const [one, two] = [checker.getNonNullableType(first), checker.getNonNullableType(second)];
  if (one !== first || two !== second) return [one, two].some(isNothing) || contradicts(compiler, one, two, depth);
  const merges = isBranded(one) ? isBranded(two) : isPlainObject(compiler, one) && isPlainObject(compiler, two);
  if (!merges) return true;
  if (depth >= DEEPEST) return false;
  const isContradicted = checker.getPropertiesOfType(one).some((property) => {
    // A symbol, as in `[Symbol.iterator]`, has no name that it could be asked for by.
    const other = checker.getPropertiesOfType(two).find(({ escapedName }) => escapedName === property.escapedName);
    if (other === undefined) return false;
    // Two classes with a private member of one name are two nominal types.
    if (isHidden(property) || isHidden(other)) return property.valueDeclaration !== other.valueDeclaration;
    return contradicts(compiler, checker.getTypeOfSymbol(property), checker.getTypeOfSymbol(other), depth + 1);
  });
  return isContradicted || indexContradicts(compiler, one, two, depth) || indexContradicts(compiler, two, one, depth);
}

/** Whether an index signature of one type contradicts a member that it covers, or an index signature, of the other. */
function indexContradicts(compiler: Compiler, one: ts.Type, two: ts.Type, depth: number): boolean {
  const { checker } = compiler;
  return checker.getIndexInfosOfType(one).some(({ keyType, type }) => {
    const members = checker.getPropertiesOfType(two).filter(({ escapedName }) => covers(compiler, keyType, String(escapedName)));
    const indexes = checker.getIndexInfosOfType(two).filter((other) => isWithin(compiler, other.keyType, keyType));
    const covered = [...members.map((member) => checker.getTypeOfSymbol(member)), ...indexes.map((index) => index.type)];
    return covered.some((other) => contradicts(compiler, type, other, depth + 1));
  });
}

// A number is a key as the text that it is written as.
function isWithin({ checker }: Compiler, keys: ts.Type, others: ts.Type): boolean {
  return (
    checker.isTypeAssignableTo(keys, others) ||
    ((keys.flags & ts.TypeFlags.Number) !== 0 && (others.flags & ts.TypeFlags.String) !== 0)
  );
}

function isNothing({ flags }: ts.Type): boolean {
  return (flags & ts.TypeFlags.Never) !== 0;
}
