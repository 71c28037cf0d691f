/** Finds what of a type would not come back from JSON as it was. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler, KnownCodec } from "../compiler.js";
import { indexedType, propertiesOf, unionParts } from "./find-type-misfit.js";
import { firstOf } from "./first-of.js";
import { isHidden } from "./is-hidden.js";
import { isBranded } from "./type-kinds.js";

/** A part of a type that JSON drops or changes. `why` completes "because it …". */
export interface Loss {
  readonly path: string;
  readonly type: ts.Type;
  readonly why: string;
}

// Types may have no end: `interface Box<V> { inner?: Box<Box<V>> }`.
const MOST = 1_000;

/**
 * The first part of a type that is lost; undefined when all of it survives. `undefined` is fine as the value of a property, which is left
 * out and reads the same. What is `NaN` or infinite shows at run time only.
 */
export function findJsonLoss(compiler: Compiler, type: ts.Type, path = "", seen = new Set<ts.Type>()): Loss | undefined {
  // A type is lost nowhere else than where it was looked at first.
  if (seen.has(type) || seen.size > MOST) return undefined;
  seen.add(type);
  const { flags } = type;
  const lost = (why: string): Loss => ({ path, type, why });
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) return lost("may be anything");
  const codec = knownCodecOf(compiler, type);
  if (flags & ts.TypeFlags.BigIntLike && codec === undefined) return lost("cannot be written as JSON");
  if (flags & ts.TypeFlags.ESSymbolLike) return lost("is left out");
  if (codec !== undefined) return argumentLoss(compiler, codec, type, path, seen);
  if (type.isUnion()) return firstOf(type.types, (part) => findJsonLoss(compiler, part, path, seen));
  if (flags & DEFERRED) {
    const constraint = compiler.checker.getBaseConstraintOfType(type);
    return constraint === undefined ? lost("may be anything") : findJsonLoss(compiler, constraint, path, seen);
  }
  const parts = type.isIntersection() ? type.types.filter(({ flags: part }) => !(part & OBJECT_LIKE)) : [];
  const loss = firstOf(parts, (part) => findJsonLoss(compiler, part, path, seen));
  // A brand is a primitive and some properties that are never there.
  if (loss || isBranded(compiler.checker.getBaseConstraintOfType(type) ?? type)) return loss;
  return flags & OBJECT ? objectLoss(compiler, type, path, seen) : undefined;
}

/** The codec by which values of a type are stored: of a class, that of the very class, whatever its type arguments. */
export function codecOf(compiler: Compiler, type: ts.Type): string | undefined {
  return knownCodecOf(compiler, type)?.name;
}

function knownCodecOf({ checker, codecs }: Compiler, type: ts.Type): KnownCodec | undefined {
  return codecs.find(({ of }) =>
    of.flags & ts.TypeFlags.BigIntLike
      ? (type.flags & ts.TypeFlags.BigIntLike) !== 0
      : type.symbol !== undefined && symbolsOf(checker, of).includes(type.symbol),
  );
}

// `Map` is a `ReadonlyMap`, too, and so are sets.
function symbolsOf(checker: ts.TypeChecker, of: ts.Type): readonly ts.Symbol[] {
  const mutable = of.symbol?.name.startsWith("Readonly") ? of.symbol.name.slice("Readonly".length) : undefined;
  const other = mutable === undefined ? undefined : checker.resolveName(mutable, undefined, ts.SymbolFlags.Type, false);
  return [of.symbol, other].filter((symbol) => symbol !== undefined);
}

// What a map holds is stored, too, in lists. What a codec of one's own writes of any value that it is made for was looked at where it was read.
function argumentLoss(
  compiler: Compiler,
  { of, isOwn }: KnownCodec,
  type: ts.Type,
  path: string,
  seen: Set<ts.Type>,
): Loss | undefined {
  if (!(type.flags & ts.TypeFlags.Object) || !("target" in type)) return undefined;
  if (isOwn && compiler.checker.isTypeAssignableTo(type, of)) return undefined;
  const held = compiler.checker.getTypeArguments(type as ts.TypeReference);
  return firstOf(held, (part) =>
    isOwn
      ? findJsonLoss(compiler, part, `${path}<>`, seen)
      : itemLoss(compiler, { type: part, parts: unionParts(part) }, `${path}<>`, seen),
  );
}

const NAMED_BY_SYMBOLS = "has members that are named by symbols, which are left out";
const OBJECT = ts.TypeFlags.Object | ts.TypeFlags.Intersection;
const OBJECT_LIKE = OBJECT | ts.TypeFlags.NonPrimitive;
// What stands for one type or another, depending on a type parameter.
const DEFERRED = ts.TypeFlags.TypeParameter | ts.TypeFlags.IndexedAccess | ts.TypeFlags.Conditional | ts.TypeFlags.Substitution;

function objectLoss(compiler: Compiler, type: ts.Type, path: string, seen: Set<ts.Type>): Loss | undefined {
  const { checker } = compiler;
  const lost = (why: string): Loss => ({ path, type, why });
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return lost("is left out");
  if (checker.isArrayLikeType(type)) {
    const why = surplusWhy(compiler, type);
    return why === undefined ? elementLoss(compiler, type, path, seen) : lost(why);
  }
  const members = checker.getPropertiesOfType(type);
  if (members.some((member) => isStack(compiler, member))) return lost("is an error, whose message and stack are left out");
  if (members.some(isHidden)) return lost("has private members");
  if (members.some(({ name }) => name === "toJSON")) return lost("comes back as what its `toJSON` returns");
  if (members.some(({ flags }) => flags & ts.SymbolFlags.Method)) return lost("has methods, which come back as nothing");
  if (members.some(isAccessor)) return lost("has accessors, which come back as nothing");
  const indexes = checker.getIndexInfosOfType(type);
  const isBySymbols = indexes.some(({ keyType }) => keyType.flags & ts.TypeFlags.ESSymbolLike);
  if (isBySymbols || members.some((member) => isNamedBySymbol(compiler, member))) return lost(NAMED_BY_SYMBOLS);
  const properties = propertiesOf(compiler, type);
  const values = indexes.map((info) => ({ name: "*", type: info.type }));
  return firstOf([...properties, ...values], (member) => findJsonLoss(compiler, member.type, `${path}.${member.name}`, seen));
}

// What is lost of a list besides its items. A list that is of no class, and has nothing else, is most of them.
function surplusWhy(compiler: Compiler, list: ts.Type): string | undefined {
  const { checker } = compiler;
  if (checker.isArrayType(list) || checker.isTupleType(list)) return undefined;
  const parts = list.isIntersection() ? list.types : [list];
  if (parts.some(({ symbol }) => symbol !== undefined && symbol.flags & ts.SymbolFlags.Class))
    return "is of a class of its own, and comes back as a plain array";
  const known = new Set(["Array", "ReadonlyArray"].flatMap((name) => membersOfGlobal(compiler, name)).map(nameOf));
  const surplus = checker.getPropertiesOfType(list).filter((member) => !known.has(nameOf(member)) && !/^\d+$/.test(member.name));
  if (surplus.some((member) => isNamedBySymbol(compiler, member))) return NAMED_BY_SYMBOLS;
  const isLost = surplus.some((member) => !isNamedLikeSymbol(member));
  return isLost ? "has members besides its items, which are left out" : undefined;
}

// Whoever declares a `stack` of his own means data.
function isStack(compiler: Compiler, { name, declarations = [] }: ts.Symbol): boolean {
  if (name !== "stack") return false;
  const own = membersOfGlobal(compiler, "Error").flatMap((member) => member.declarations ?? []);
  return declarations.some((declaration) => own.includes(declaration));
}

function membersOfGlobal({ checker }: Compiler, name: string): readonly ts.Symbol[] {
  const symbol = checker.resolveName(name, undefined, ts.SymbolFlags.Type, false);
  return symbol === undefined ? [] : checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
}

function elementLoss(compiler: Compiler, array: ts.Type, path: string, seen: Set<ts.Type>): Loss | undefined {
  return firstOf(elementsOf(compiler, array), (element) => itemLoss(compiler, element, `${path}[]`, seen));
}

/** Something that a list holds: a type and the parts of it that may be there. */
interface Item {
  readonly type: ts.Type;
  readonly parts: readonly ts.Type[];
}

function itemLoss(compiler: Compiler, { type, parts }: Item, path: string, seen: Set<ts.Type>): Loss | undefined {
  if (parts.some(({ flags }) => flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)))
    return { path, type, why: "comes back as `null` where it is undefined" };
  return firstOf(parts, (part) => findJsonLoss(compiler, part, path, seen));
}

// The elements of a tuple one by one: one that may be missing, and not undefined, leaves nothing behind where it is.
function elementsOf(compiler: Compiler, array: ts.Type): readonly Item[] {
  const { checker } = compiler;
  if (!checker.isTupleType(array)) {
    const element = indexedType(compiler, array);
    return element === undefined ? [] : [{ type: element, parts: unionParts(element) }];
  }
  const { elementFlags } = (array as ts.TupleTypeReference).target;
  return checker.getTypeArguments(array as ts.TypeReference).map((argument, place) => {
    const flags = elementFlags[place] ?? ts.ElementFlags.Required;
    const type = flags & ts.ElementFlags.Variadic ? (indexedType(compiler, argument) ?? argument) : argument;
    const isMissing = (part: ts.Type): boolean =>
      (part.flags & ts.TypeFlags.Undefined) !== 0 && part !== checker.getUndefinedType();
    const parts = unionParts(type);
    return { type, parts: flags & ts.ElementFlags.Optional ? parts.filter((part) => !isMissing(part)) : parts };
  });
}

// What stands on a prototype is not written; what an object literal has is its own.
function isAccessor({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((declaration) => ts.isClassLike(declaration.parent) && isAccessorDeclaration(declaration));
}

function isAccessorDeclaration(declaration: ts.Declaration): boolean {
  return ts.isAccessor(declaration) || ts.isAutoAccessorPropertyDeclaration(declaration);
}

// A symbol that is declared and nowhere made is the name of a brand, which is never there.
function isNamedBySymbol({ checker }: Compiler, member: ts.Symbol): boolean {
  if (!isNamedLikeSymbol(member)) return false;
  const { declarations = [] } = member;
  const isBrand =
    declarations.length > 0 &&
    declarations.every((declaration) => {
      const name = ts.getNameOfDeclaration(declaration);
      const symbol = name && ts.isComputedPropertyName(name) ? checker.getSymbolAtLocation(name.expression) : undefined;
      const made = symbol && (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol).valueDeclaration;
      return made !== undefined && ts.isVariableDeclaration(made) && isAmbient(made);
    });
  return !isBrand;
}

function isNamedLikeSymbol(member: ts.Symbol): boolean {
  return nameOf(member).startsWith("__@");
}

function nameOf({ escapedName }: ts.Symbol): string {
  return String(escapedName);
}

function isAmbient(declaration: ts.Declaration): boolean {
  return (
    declaration.getSourceFile().isDeclarationFile || (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Ambient) !== 0
  );
}
