/** Finds where one type does not fit another, property by property, down to the smallest part that can be named. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { isHidden } from "./is-hidden.js";
import { isObject, isUnit } from "./type-kinds.js";

/** A part of a value that does not fit: where it is, and the two types there. */
export interface Misfit {
  readonly path: string;
  /** The expression that gives the part its value, where there is one. */
  readonly at?: ts.Expression;
  /** Whether nothing is there at all, which is told even where undefined would do. */
  readonly missing?: boolean;
  readonly sent: ts.Type;
  /** What to call that, where the program has no such type: the runtime makes it. */
  readonly text?: string;
  readonly taken: ts.Type;
  /** Whether it is only that this part is of the types that it is a part of, which do not fit. */
  readonly again?: boolean;
}

/** Two types that are being compared, and all those that they are parts of. */
type Above = readonly (readonly [sent: ts.Type, taken: ts.Type])[];

// Types may have no end.
const DEEPEST = 8;

/** The smallest part of a type that is not assignable; undefined when all of it is. */
export function findTypeMisfit(
  compiler: Compiler,
  sent: ts.Type,
  taken: ts.Type,
  path: string,
  above: Above = [],
): Misfit | undefined {
  const { checker } = compiler;
  if (checker.isTypeAssignableTo(sent, taken)) return undefined;
  const whole: Misfit = { path, sent, taken };
  if (above.length >= DEEPEST) return whole;
  const part = unionParts(sent).find((candidate) => !checker.isTypeAssignableTo(candidate, taken));
  if (part === undefined || !isObject(part)) return whole;
  const receiver = meantPart(compiler, typesIn(compiler, part), taken);
  if (receiver === undefined) return whole;
  // Types may refer to themselves: what is wrong with these is found beside the member that leads to them again.
  if (above.some(([own, other]) => own === part && other === receiver)) return { ...whole, again: true };
  const below: Above = [...above, [part, receiver]];
  const inner = checker.isArrayLikeType(receiver)
    ? elementMisfit(compiler, part, receiver, path, below)
    : checker.isArrayLikeType(part)
      ? undefined
      : propertyMisfit(compiler, part, receiver, path, below);
  return inner === undefined || (inner.again && above.length === 0) ? whole : inner;
}

/** The members of a union; any other type alone. */
export function unionParts(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

/** The one object type among a type's parts; undefined when there are several, or none. */
export function objectPartOf(type: ts.Type): ts.Type | undefined {
  return onlyOne(unionParts(type).filter(isObject));
}

/** The types of a value's members, by their names. */
export type Types = ReadonlyMap<string, readonly ts.Type[]>;

/** Those of a type. */
export function typesIn(compiler: Compiler, type: ts.Type): Types {
  return new Map(propertiesOf(compiler, type).map((property) => [property.name, unionParts(property.type)]));
}

/** The one object type of several that a value with such members can be meant to be: by its kind, where that tells them apart. */
export function meantPart(compiler: Compiler, types: Types, taken: ts.Type): ts.Type | undefined {
  const { checker } = compiler;
  const isMeant = (part: ts.Type): boolean =>
    propertiesOf(compiler, part).every(
      ({ name, type }) => !isUnit(type) || types.get(name)?.every((own) => checker.isTypeAssignableTo(own, type)) !== false,
    );
  return objectPartOf(taken) ?? onlyOne(unionParts(taken).filter((part) => isObject(part) && isMeant(part)));
}

function onlyOne<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/**
 * What is wrong with a value in the place of an optional member or element that may be missing, but not undefined; undefined where `taken`
 * accepts that, too. To the checker, undefined is assignable to what is missing. `isOptional`: the value itself may be missing.
 */
export function missingMisfit(
  { checker }: Compiler,
  sent: ts.Type,
  isOptional: boolean,
  taken: ts.Type,
  path: string,
): Misfit | undefined {
  const nothing = checker.getUndefinedType();
  const undefinedOf = (type: ts.Type): readonly ts.Type[] =>
    unionParts(type).filter(({ flags }) => flags & ts.TypeFlags.Undefined);
  const mayBeMissing = undefinedOf(taken).some((part) => part !== nothing);
  const isUndefined = undefinedOf(sent).some((part) => part === nothing || !isOptional);
  return mayBeMissing && isUndefined ? { path, sent, taken: checker.getNonNullableType(taken) } : undefined;
}

/** The parts of an optional member's type that it may have where it is there. */
export function presentParts({ checker, program }: Compiler, type: ts.Type): readonly ts.Type[] {
  const { exactOptionalPropertyTypes = false } = program.getCompilerOptions();
  const isMissing = (part: ts.Type): boolean =>
    (part.flags & ts.TypeFlags.Undefined) !== 0 && !(exactOptionalPropertyTypes && part === checker.getUndefinedType());
  return unionParts(type).filter((part) => !isMissing(part));
}

/** The path of a member: what the compiler calls `__@key@1` is `[key]` to everybody else. */
export function memberPath(path: string, name: string): string {
  const symbol = /^__@(.*)@\d+$/.exec(name)?.[1];
  return symbol === undefined ? `${path}.${name}` : `${path}[${symbol}]`;
}

/** A property of a type. */
export interface Property {
  readonly symbol: ts.Symbol;
  readonly name: string;
  readonly type: ts.Type;
  readonly optional: boolean;
}

/** A type's properties with their types. */
export function propertiesOf(compiler: Compiler, type: ts.Type): readonly Property[] {
  return compiler.checker.getPropertiesOfType(type).map((symbol) => ({
    symbol,
    name: symbol.name,
    type: compiler.checker.getTypeOfSymbol(symbol),
    optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
  }));
}

/** The type of an array's elements: of a tuple, any of them. */
export function indexedType({ checker }: Compiler, array: ts.Type): ts.Type | undefined {
  return checker.getIndexTypeOfType(array, ts.IndexKind.Number);
}

/** The type of one place of an array that has so many of them. */
export function placedType(compiler: Compiler, array: ts.Type, place: number, length: number): ts.Type | undefined {
  const { checker } = compiler;
  if (!checker.isTupleType(array)) return indexedType(compiler, array);
  const property = checker.getPropertyOfType(array, String(place));
  if (property) return checker.getTypeOfSymbol(property);
  // The elements behind a rest have no places of their own: they are the last ones, however many there are.
  const tuple = array as ts.TupleTypeReference;
  const { elementFlags } = tuple.target;
  const rest = elementFlags.findIndex((flags) => flags & ts.ElementFlags.Variable);
  const at = Math.max(rest, elementFlags.length - length + place);
  const held = checker.getTypeArguments(tuple)[at];
  return held && (elementFlags[at] ?? 0) & ts.ElementFlags.Variadic ? indexedType(compiler, held) : held;
}

/** What an array takes at a place, and at any that follows; undefined where it need not have so many, or must have more. */
export function tailOf(compiler: Compiler, array: ts.Type, from: number): readonly ts.Type[] | undefined {
  const { checker } = compiler;
  if (!checker.isTupleType(array)) {
    const element = indexedType(compiler, array);
    return element ? [element] : [];
  }
  const tuple = array as ts.TupleTypeReference;
  const { elementFlags, minLength } = tuple.target;
  const last = elementFlags.length - 1;
  const isOpen = ((elementFlags[last] ?? 0) & ts.ElementFlags.Rest) !== 0;
  return isOpen && from >= minLength ? checker.getTypeArguments(tuple).slice(Math.min(from, last)) : undefined;
}

function elementMisfit(compiler: Compiler, sent: ts.Type, taken: ts.Type, path: string, above: Above): Misfit | undefined {
  if (!compiler.checker.isArrayLikeType(sent)) return undefined;
  const element = indexedType(compiler, sent);
  const wanted = indexedType(compiler, taken);
  return element && wanted && findTypeMisfit(compiler, element, wanted, `${path}[]`, above);
}

function propertyMisfit(compiler: Compiler, sent: ts.Type, taken: ts.Type, path: string, above: Above): Misfit | undefined {
  if (isBuiltIn(compiler, taken) || isBuiltIn(compiler, sent)) return undefined;
  let again: Misfit | undefined;
  for (const property of propertiesOf(compiler, taken)) {
    const misfit = isTold(property.symbol) ? findMemberMisfit(compiler, sent, property, path, above) : undefined;
    if (misfit && !misfit.again) return misfit;
    again ??= misfit;
  }
  return again;
}

/**
 * Whether a type is one of the compiler's library. What differs in a `Set<"a">` is said of the whole: nobody reads `add` of it as a part of what is
 * handed over, and of a `Promise` not that it has no `id`. A `Partial` has members of its own.
 */
export function isBuiltIn({ program }: Compiler, { symbol }: ts.Type): boolean {
  if (symbol === undefined || !(symbol.flags & ts.SymbolFlags.Interface)) return false;
  const [declaration] = symbol.declarations ?? [];
  return declaration !== undefined && program.isSourceFileDefaultLibrary(declaration.getSourceFile());
}

// The same goes for methods, for what only the class itself can reach, and for members without a name that people would know.
function isTold(symbol: ts.Symbol): boolean {
  const isNamed = !String(symbol.escapedName).startsWith("__@");
  return isNamed && !isHidden(symbol) && !(symbol.flags & ts.SymbolFlags.Method);
}

/** Why a type's member of a property's name does not fit that property. */
export function findMemberMisfit(
  compiler: Compiler,
  sent: ts.Type,
  { name, type, optional }: Property,
  path: string,
  above: Above = [],
): Misfit | undefined {
  const { checker } = compiler;
  const below = memberPath(path, name);
  const symbol = checker.getPropertyOfType(sent, name);
  if (symbol === undefined)
    return optional ? undefined : { path: below, sent: checker.getUndefinedType(), taken: type, missing: true };
  const value = checker.getTypeOfSymbol(symbol);
  const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
  if (!optional && isOptional) return { path: below, sent: value, taken: type };
  return missingMisfit(compiler, value, isOptional, type, below) ?? findTypeMisfit(compiler, value, type, below, above);
}
