/** Tells whether what the branches of a split take fits what follows the join: the split's input is the intersection of it all, member by member. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType } from "../compiler.js";
import { type Choice, choicesOf } from "./discriminants.js";
import {
  findMemberMisfit,
  findTypeMisfit,
  isBuiltIn,
  type Misfit,
  presentParts,
  propertiesOf,
  type Property,
  unionParts,
} from "./find-type-misfit.js";
import { isHidden } from "./is-hidden.js";
import { covers, MOST_CASES } from "./literal-versions.js";
import { isBranded, isOpen, isPlainObject } from "./type-kinds.js";

// Types may have no end; what is only met this far down is taken not to be.
const DEEPEST = 8;

/** Why the intersection of `inputs`, of which there are none where nothing is taken, does not fit; of the whole where no part of one of them can be named. */
export function joinedInputMisfit(
  compiler: Compiler,
  inputs: readonly ts.Type[],
  taken: ts.Type,
  whole: Misfit,
): Misfit | undefined {
  const sent = inputs.length > 0 ? inputs : [compiler.checker.getUndefinedType()];
  const misfits = sent.map((type) => findTypeMisfit(compiler, type, taken, ".input"));
  if (sent.length === 1) return misfits[0];
  return meets(compiler, sent, taken, 0) ? undefined : (misfits.find((misfit) => misfit !== undefined) ?? whole);
}

/** Whether what is all of `sent` fits a type. What only merging other types than objects would make fit does not. */
function meets(compiler: Compiler, sent: readonly ts.Type[], taken: ts.Type, depth: number): boolean {
  // It is missing only where all of them allow for that.
  const isLost = [ts.TypeFlags.Undefined, ts.TypeFlags.Null].some((none) => sent.every(mayBe(none)) && !mayBe(none)(taken));
  if (isLost) return false;
  const parts = unionParts(taken);
  const given = sent.map((type) => unionParts(compiler.checker.getNonNullableType(type)));
  const count = given.reduce((product, { length }) => product * length, 1);
  if (count > MOST_CASES) return false;
  const cases = given.reduce<readonly (readonly ts.Type[])[]>(
    (known, own) => known.flatMap((each) => own.map((part) => [...each, part])),
    [[]],
  );
  return cases.every((each) => meetsOne(compiler, each, parts, depth));
}

function mayBe(nothing: ts.TypeFlags): (type: ts.Type) => boolean {
  return (type) => isOpen(type) || unionParts(type).some(({ flags }) => flags & nothing);
}

function meetsOne(compiler: Compiler, given: readonly ts.Type[], parts: readonly ts.Type[], depth: number): boolean {
  const meetsAny = (choice?: Choice): boolean => parts.some((part) => meetsPart(compiler, given, part, depth, choice));
  if (meetsAny()) return true;
  const members = new Map(
    given.flatMap((type) => propertiesOf(compiler, type).map((property) => [property.name, unionParts(property.type)] as const)),
  );
  return choicesOf(compiler, members, parts)?.every(meetsAny) ?? false;
}

function meetsPart(compiler: Compiler, given: readonly ts.Type[], part: ts.Type, depth: number, choice?: Choice): boolean {
  if (part.isIntersection() && !isBranded(part))
    return part.types.every((each) => meetsPart(compiler, given, each, depth, choice));
  const { checker } = compiler;
  const isAlone = given.some((type) => checker.isTypeAssignableTo(type, part));
  if (depth >= DEEPEST || !isPlainObject(compiler, part) || isBuiltIn(compiler, part)) return isAlone;
  const isMet = (property: Property): boolean => {
    // Only the class itself makes such a member.
    if (isHidden(property.symbol)) return isAlone;
    const chosen = choice?.get(property.name);
    if (chosen) return checker.isTypeAssignableTo(chosen, property.type);
    const having = given.filter((type) => propertyType(compiler, type, property.name) !== undefined);
    const [only, ...more] = having;
    if (only === undefined) return property.optional;
    if (more.length === 0) return findMemberMisfit(compiler, only, property, "") === undefined;
    const values = having.flatMap((type) => propertyType(compiler, type, property.name) ?? []);
    return meets(compiler, values, property.type, depth + 1);
  };
  return propertiesOf(compiler, part).every(isMet) && checker.getIndexInfosOfType(part).every(takesAll(compiler, given));
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
