/** Tells whether what the branches of a split take fits what follows the join: the split's input is the intersection of it all, member by member. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType, typeText } from "../compiler.js";
import { type Choice, choicesOf } from "./discriminants.js";
import {
  findMemberMisfit,
  findTypeMisfit,
  isBuiltIn,
  memberPath,
  type Misfit,
  objectPartOf,
  presentParts,
  propertiesOf,
  type Property,
  typesIn,
  unionParts,
} from "./find-type-misfit.js";
import { firstOf } from "./first-of.js";
import { isHidden } from "./is-hidden.js";
import { covers, MOST_CASES } from "./literal-versions.js";
import { isBranded, isOpen, isPlainObject } from "./type-kinds.js";

// Types may have no end; what is only met this far down is taken not to be.
const DEEPEST = 8;

/** Where the intersection of `inputs`, of which there are none where nothing is taken, does not fit. */
export function joinedInputMisfit(compiler: Compiler, inputs: readonly ts.Type[], taken: ts.Type): Misfit | undefined {
  const path = ".input";
  // Most branches of a split take the same.
  const sent = [...new Set(inputs)];
  const [first = compiler.checker.getUndefinedType(), ...more] = sent;
  if (more.length === 0) return findTypeMisfit(compiler, first, taken, path);
  return misfitOf({ compiler, path, depth: 0, whole: wholeMisfit(compiler, sent, taken, path) }, sent, taken);
}

/** An intersection as one would write it down; nothing for that of nothing. */
export function intersectionText(compiler: Compiler, types: readonly ts.Type[]): string {
  const byText = new Map(types.map((type) => [typeText(compiler, type), type]));
  const isUnion = (text: string, type: ts.Type): boolean => byText.size > 1 && type.isUnion() && text.includes("|");
  return [...byText].map(([text, type]) => (isUnion(text, type) ? `(${text})` : text)).join(" & ");
}

function wholeMisfit(compiler: Compiler, sent: readonly ts.Type[], taken: ts.Type, path: string): Misfit {
  return { path, sent: compiler.checker.getUndefinedType(), text: intersectionText(compiler, sent), taken };
}

/** A place in the input, and what is said where no part of that can be named. */
interface Place {
  readonly compiler: Compiler;
  readonly path: string;
  readonly depth: number;
  readonly whole: Misfit;
}

/** Where what is all of `sent` does not fit a type. What would only fit if other types than objects merged does not. */
function misfitOf(place: Place, sent: readonly ts.Type[], taken: ts.Type): Misfit | undefined {
  // It is missing only where all of them allow for that.
  const isLost = [ts.TypeFlags.Undefined, ts.TypeFlags.Null].some((none) => sent.every(mayBe(none)) && !mayBe(none)(taken));
  const given = sent.map((type) => unionParts(place.compiler.checker.getNonNullableType(type)));
  const count = given.reduce((product, { length }) => product * length, 1);
  if (isLost || count > MOST_CASES) return place.whole;
  const cases = given.reduce<readonly (readonly ts.Type[])[]>(
    (known, own) => known.flatMap((each) => own.map((part) => [...each, part])),
    [[]],
  );
  return firstOf(cases, (each) => caseMisfit(place, each, taken));
}

function mayBe(nothing: ts.TypeFlags): (type: ts.Type) => boolean {
  return (type) => isOpen(type) || unionParts(type).some(({ flags }) => flags & nothing);
}

function caseMisfit(place: Place, given: readonly ts.Type[], taken: ts.Type): Misfit | undefined {
  const { compiler, whole } = place;
  const parts = unionParts(taken);
  const misfits = new Map<ts.Type | undefined, Misfit | undefined>(parts.map((part) => [part, partMisfit(place, given, part)]));
  if ([...misfits.values()].includes(undefined)) return undefined;
  const members = new Map(given.flatMap((type) => [...typesIn(compiler, type)]));
  const fits = (choice: Choice): boolean => parts.some((part) => partMisfit(place, given, part, choice) === undefined);
  if (choicesOf(compiler, members, parts)?.every(fits) === true) return undefined;
  return misfits.get(objectPartOf(taken)) ?? whole;
}

function partMisfit(place: Place, given: readonly ts.Type[], part: ts.Type, choice?: Choice): Misfit | undefined {
  const { compiler, depth, whole } = place;
  const { checker } = compiler;
  if (part.isIntersection() && !isBranded(part)) return firstOf(part.types, (each) => partMisfit(place, given, each, choice));
  const alone = given.some((type) => checker.isTypeAssignableTo(type, part)) ? undefined : whole;
  if (depth >= DEEPEST || !isPlainObject(compiler, part) || isBuiltIn(compiler, part)) return alone;
  const misfit = firstOf(propertiesOf(compiler, part), (property) => {
    // Only the class itself makes such a member.
    if (isHidden(property.symbol)) return alone;
    const chosen = choice?.get(property.name);
    if (chosen === undefined) return memberMisfit(place, given, property);
    return checker.isTypeAssignableTo(chosen, property.type) ? undefined : whole;
  });
  const isTaken = checker.getIndexInfosOfType(part).every(takesAll(compiler, given));
  return misfit ?? (isTaken ? undefined : whole);
}

function memberMisfit({ compiler, path, depth }: Place, given: readonly ts.Type[], property: Property): Misfit | undefined {
  const { name, type: taken } = property;
  const having = given.filter((type) => propertyType(compiler, type, name) !== undefined);
  const [only, ...more] = having.length > 0 ? having : given.slice(0, 1);
  if (only === undefined || more.length === 0) return only && findMemberMisfit(compiler, only, property, path);
  const values = having.flatMap((type) => propertyType(compiler, type, name) ?? []);
  const below = memberPath(path, name);
  const whole = wholeMisfit(compiler, values, taken, below);
  return misfitOf({ compiler, path: below, depth: depth + 1, whole }, values, taken);
}

/** Whether an index signature takes every member that it covers; of an interface or a class, which may have more, only one of its own does. */
function takesAll(compiler: Compiler, given: readonly ts.Type[]): (index: ts.IndexInfo) => boolean {
  const { checker } = compiler;
  const members = given.flatMap((each) => propertiesOf(compiler, each));
  return ({ keyType, type }) => {
    const takes = (part: ts.Type): boolean => checker.isTypeAssignableTo(part, type);
    const isOwn = given.some((each) => checker.getIndexInfosOfType(each).some((own) => takes(own.type)));
    const covered = members.filter(({ name }) => covers(compiler, keyType, name));
    return (
      (isOwn || given.every(isWrittenOut)) &&
      covered.every((member) => (member.optional ? presentParts(compiler, member.type) : [member.type]).every(takes))
    );
  };
}

function isWrittenOut(type: ts.Type): boolean {
  if (type.isIntersection()) return type.types.every(isWrittenOut);
  return type.symbol !== undefined && (type.symbol.flags & (ts.SymbolFlags.TypeLiteral | ts.SymbolFlags.ObjectLiteral)) !== 0;
}
