/** What an object literal may make: one version for each branch of what it spreads, with what gives each member its value. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { keyText } from "../follow/members-of.js";
import { casesOf } from "./cases-of.js";
import { presentParts, propertiesOf, unionParts } from "./find-type-misfit.js";
import { isHidden } from "./is-hidden.js";
import { isObject } from "./type-kinds.js";
import { valueType } from "./value-type.js";

/** What a member gets: what an expression gives, or a value of a type that comes from the expression `at`. */
export type Source =
  | { readonly kind: "value"; readonly value: ts.Expression }
  | { readonly kind: "type"; readonly type: ts.Type; readonly at: ts.Expression };

/** A member of a version. */
export interface Member {
  /** What it may get: several where something that is spread has it, but need not. */
  readonly sources: readonly Source[];
  /** Whether it may be missing. */
  readonly optional: boolean;
}

/** What a literal makes in one case. */
export interface Version {
  readonly members: ReadonlyMap<string, Member>;
  /** What it gets under keys that are not known, with the type of these keys. */
  readonly unnamed: readonly { readonly keys: ts.Type; readonly source: Source }[];
}

/** So many cases the compiler itself tells apart when it compares an object with a union. */
export const MOST_CASES = 25;

const EMPTY: Version = { members: new Map(), unnamed: [] };

/** What a literal may make; undefined where that is too much to tell apart. */
export function versionsOf(compiler: Compiler, literal: ts.ObjectLiteralExpression): readonly Version[] | undefined {
  let versions: readonly Version[] = [EMPTY];
  for (const property of literal.properties) {
    const added = ts.isSpreadAssignment(property)
      ? spreadVersions(compiler, property.expression)
      : [propertyVersion(compiler, literal, property)];
    if (added === undefined || versions.length * added.length > MOST_CASES) return undefined;
    versions = versions.flatMap((version) => added.map((over) => spread(compiler, version, over)));
  }
  return versions;
}

function propertyVersion(
  compiler: Compiler,
  literal: ts.ObjectLiteralExpression,
  property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
): Version {
  const name = keyText(compiler, property.name) ?? symbolName(compiler, property.name);
  const source = sourceOf(compiler, literal, property);
  if (name !== undefined) return { ...EMPTY, members: new Map([[name, { sources: [source], optional: false }]]) };
  const { expression } = property.name as ts.ComputedPropertyName;
  return { ...EMPTY, unnamed: [{ keys: compiler.checker.getTypeAtLocation(expression), source }] };
}

// What `[key]` is called inside of the compiler, where `key` is one symbol and no other.
function symbolName({ checker }: Compiler, name: ts.PropertyName): string | undefined {
  const known = checker.getSymbolAtLocation(name)?.name;
  return known?.startsWith("__@") ? known : undefined;
}

function sourceOf(
  { checker }: Compiler,
  literal: ts.ObjectLiteralExpression,
  property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
): Source {
  if (ts.isPropertyAssignment(property)) return { kind: "value", value: property.initializer };
  if (ts.isShorthandPropertyAssignment(property)) return { kind: "value", value: property.name };
  return { kind: "type", type: checker.getTypeAtLocation(property), at: literal };
}

/** What spreading an expression adds. */
function spreadVersions(compiler: Compiler, expression: ts.Expression): readonly Version[] | undefined {
  if (ts.isParenthesizedExpression(expression)) return spreadVersions(compiler, expression.expression);
  if (ts.isObjectLiteralExpression(expression)) return versionsOf(compiler, expression);
  const cases = casesOf(compiler, expression);
  if (cases === undefined) return typeVersions(compiler, unionParts(compiler.checker.getTypeAtLocation(expression)), expression);
  const versions = cases.map((each) =>
    each.kind === "value" ? spreadVersions(compiler, each.value) : typeVersions(compiler, each.types, each.at),
  );
  return versions.every((each) => each !== undefined) ? versions.flat() : undefined;
}

function typeVersions(compiler: Compiler, parts: readonly ts.Type[], at: ts.Expression): readonly Version[] {
  // What is no object adds nothing.
  const objects = parts.filter((part) => isObject(part) || part.flags & ts.TypeFlags.TypeParameter);
  const versions = objects.map((part) => partVersion(compiler, part, at));
  return objects.length < parts.length ? [EMPTY, ...versions] : versions;
}

function partVersion(compiler: Compiler, part: ts.Type, at: ts.Expression): Version {
  const members = propertiesOf(compiler, part)
    .filter(({ symbol }) => isOwn(symbol))
    .map(({ name, type, optional }): [string, Member] => [name, { sources: [{ kind: "type", type, at }], optional }]);
  const unnamed = compiler.checker
    .getIndexInfosOfType(part)
    .map(({ keyType, type }) => ({ keys: keyType, source: { kind: "type", type, at } as const }));
  return { members: new Map(members), unnamed };
}

// What spreading leaves behind is of the class, or hidden in it.
function isOwn(symbol: ts.Symbol): boolean {
  const ofClass = ts.SymbolFlags.Method | ts.SymbolFlags.Accessor;
  const isOfClass = symbol.flags & ofClass && symbol.declarations?.some(({ parent }) => ts.isClassLike(parent));
  return !isOfClass && !isHidden(symbol);
}

/** What comes of a version with another one spread over it. */
function spread(compiler: Compiler, version: Version, over: Version): Version {
  const members = new Map(version.members);
  for (const [name, member] of over.members) {
    const below = members.get(name);
    const added = member.sources.flatMap((source) => withoutMissing(compiler, source));
    const isEither = member.optional && below !== undefined;
    members.set(name, isEither ? { sources: [...below.sources, ...added], optional: below.optional } : member);
  }
  return { members, unnamed: [...version.unnamed, ...over.unnamed] };
}

function withoutMissing(compiler: Compiler, source: Source): readonly Source[] {
  if (source.kind === "value") return [source];
  return presentParts(compiler, source.type).map((type) => ({ ...source, type }));
}

/** The type of what a source gives. */
export function sourceType(compiler: Compiler, source: Source): ts.Type {
  return source.kind === "value" ? valueType(compiler, source.value) : source.type;
}

/** The expression that a source comes from. */
export function placeOf(source: Source): ts.Expression {
  return source.kind === "value" ? source.value : source.at;
}

/** Whether an index signature with such keys takes a member. One without a name has an inner one. */
export function covers({ checker }: Compiler, keys: ts.Type, name: string): boolean {
  if (keys.flags & ts.TypeFlags.Number) return String(Number(name)) === name;
  return !name.startsWith("__@") && checker.isTypeAssignableTo(checker.getStringLiteralType(name), keys);
}

/** Whether the compiler refuses what has nothing of a type all of which may be missing, also where more than is asked for is fine. */
export function isWeak({ checker }: Compiler, members: Pick<ReadonlySet<string>, "has" | "size">, taken: ts.Type): boolean {
  const wanted = checker.getPropertiesOfType(taken);
  const optional = wanted.length > 0 && wanted.every(({ flags }) => flags & ts.SymbolFlags.Optional);
  if (!optional || checker.getIndexInfosOfType(taken).length > 0) return false;
  return members.size > 0 && !wanted.some(({ name }) => members.has(name));
}
