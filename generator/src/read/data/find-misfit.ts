/**
 * Finds where a value does not fit what takes it. Literals are checked member by member against the receiver's type, as the compiler would
 * if they stood there; everything else by assignability. Excess properties are fine.
 */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { type Case, casesOf } from "./cases-of.js";
import { type Choice, choicesOf } from "./discriminants.js";
import {
  findTypeMisfit,
  meantPart,
  memberPath,
  type Misfit,
  missingMisfit,
  objectPartOf,
  presentParts,
  propertiesOf,
  type Property,
  type Types,
  unionParts,
} from "./find-type-misfit.js";
import { firstOf } from "./first-of.js";
import { isHidden } from "./is-hidden.js";
import { placesOf } from "./literal-places.js";
import { covers, isWeak, placeOf, type Source, sourceType, type Version, versionsOf } from "./literal-versions.js";
import { isOpen, isPlainObject } from "./type-kinds.js";
import { valueType } from "./value-type.js";

/** The smallest part of an expression's value that does not fit a type; undefined when all of it fits. */
export function findMisfit(compiler: Compiler, expression: ts.Expression, taken: ts.Type, path = ""): Misfit | undefined {
  const inner = stripped(expression);
  if (inner !== expression) return findMisfit(compiler, inner, taken, path);
  if (isOpen(taken)) return undefined;
  const cases = casesOf(compiler, inner);
  if (cases) return firstOf(cases, (each) => caseMisfit(compiler, each, taken, path));
  const sent = valueType(compiler, inner);
  if (!ts.isObjectLiteralExpression(inner) && !ts.isArrayLiteralExpression(inner))
    return placed(inner, findTypeMisfit(compiler, sent, taken, path));
  if (compiler.checker.isTypeAssignableTo(sent, taken)) return undefined;
  const whole: Misfit = { path, at: inner, sent, taken };
  if (ts.isArrayLiteralExpression(inner)) {
    const misfits = misfitsOf(taken, (part) => arrayMisfit(compiler, inner, part, path));
    return misfits && (misfits.get(objectPartOf(taken)) ?? whole);
  }
  const versions = versionsOf(compiler, inner);
  if (versions === undefined) return whole;
  return firstOf(versions, (version) => {
    const made: Made = { literal: inner, sent, version };
    const misfits = misfitsOf(taken, (part) => objectMisfit(compiler, made, part, path));
    if (misfits === undefined) return undefined;
    const types = typesIn(compiler, version);
    if (fitsByChoice(compiler, made, types, taken)) return undefined;
    // Where only one can be what was meant, its own misfit is the smallest.
    return misfits.get(meantPart(compiler, types, taken)) ?? whole;
  });
}

function caseMisfit(compiler: Compiler, each: Case, taken: ts.Type, path: string): Misfit | undefined {
  if (each.kind === "value") return findMisfit(compiler, each.value, taken, path);
  return firstOf(each.types, (type) => placed(each.at, findTypeMisfit(compiler, type, taken, path)));
}

/** How a value misfits each of several types; undefined where it fits one. */
function misfitsOf(
  taken: ts.Type,
  misfitOf: (part: ts.Type) => Misfit | undefined,
): ReadonlyMap<ts.Type | undefined, Misfit> | undefined {
  const misfits = new Map<ts.Type | undefined, Misfit>();
  for (const part of unionParts(taken)) {
    const misfit = misfitOf(part);
    if (misfit === undefined) return undefined;
    misfits.set(part, misfit);
  }
  return misfits;
}

/** What an object literal makes in one case. */
interface Made {
  readonly literal: ts.ObjectLiteralExpression;
  /** The type of the literal. */
  readonly sent: ts.Type;
  readonly version: Version;
}

function typesIn(compiler: Compiler, { members }: Version): Types {
  return new Map(
    [...members].map(([name, { sources }]) => [name, sources.flatMap((source) => unionParts(sourceType(compiler, source)))]),
  );
}

/** Whether it is one or another of several types by the values that tell them apart. */
function fitsByChoice(compiler: Compiler, made: Made, types: Types, taken: ts.Type): boolean {
  const parts = unionParts(taken);
  if (parts.length === 1) return false;
  const fits = (choice: Choice): boolean => parts.some((part) => objectMisfit(compiler, made, part, "", choice) === undefined);
  return choicesOf(compiler, types, parts)?.every(fits) ?? false;
}

function objectMisfit(compiler: Compiler, made: Made, taken: ts.Type, path: string, choice?: Choice): Misfit | undefined {
  const { literal, sent, version } = made;
  if (!isPlainObject(compiler, taken)) return findTypeMisfit(compiler, sent, taken, path);
  for (const property of propertiesOf(compiler, taken)) {
    // Only the class itself makes such a member.
    if (isHidden(property.symbol)) return { path, sent, taken };
    const below = memberPath(path, property.name);
    const chosen = choice?.get(property.name);
    const misfit = chosen
      ? findTypeMisfit(compiler, chosen, property.type, below)
      : memberMisfit(compiler, made, property, below);
    if (misfit) return misfit;
  }
  return (
    indexMisfit(compiler, version, taken, path) ??
    (isWeak(compiler, version.members, taken) ? { path, at: literal, sent, taken } : undefined)
  );
}

function memberMisfit(compiler: Compiler, { literal, version }: Made, taken: Property, path: string): Misfit | undefined {
  const member = version.members.get(taken.name);
  if (member === undefined) {
    const sent = compiler.checker.getUndefinedType();
    return taken.optional ? undefined : { path, at: literal, sent, taken: taken.type, missing: true };
  }
  const misfit = firstOf(member.sources, (source) => sourceMisfit(compiler, source, member.optional, taken.type, path));
  if (misfit || taken.optional || !member.optional) return misfit;
  const [source] = member.sources;
  return source && { path, at: placeOf(source), sent: sourceType(compiler, source), taken: taken.type };
}

function sourceMisfit(compiler: Compiler, source: Source, isOptional: boolean, taken: ts.Type, path: string): Misfit | undefined {
  if (source.kind === "value") return valueMisfit(compiler, source.value, taken, path);
  const { type, at } = source;
  return placed(at, missingMisfit(compiler, type, isOptional, taken, path) ?? findTypeMisfit(compiler, type, taken, path));
}

function valueMisfit(compiler: Compiler, value: ts.Expression, taken: ts.Type, path: string): Misfit | undefined {
  const sent = valueType(compiler, value);
  return placed(value, missingMisfit(compiler, sent, false, taken, path)) ?? findMisfit(compiler, value, taken, path);
}

function indexMisfit(compiler: Compiler, { members, unnamed }: Version, taken: ts.Type, path: string): Misfit | undefined {
  const { checker } = compiler;
  return firstOf(checker.getIndexInfosOfType(taken), ({ keyType, type }) => {
    const named = [...members].filter(([name]) => covers(compiler, keyType, name));
    const covered = unnamed.filter(({ keys }) => checker.isTypeAssignableTo(keys, keyType));
    return (
      firstOf(named, ([name, { sources, optional }]) =>
        firstOf(sources, (source) => indexedMisfit(compiler, source, optional, type, `${path}.${name}`)),
      ) ?? firstOf(covered, ({ source }) => indexedMisfit(compiler, source, false, type, `${path}.*`))
    );
  });
}

function indexedMisfit(
  compiler: Compiler,
  source: Source,
  isOptional: boolean,
  taken: ts.Type,
  path: string,
): Misfit | undefined {
  if (source.kind === "value") return findMisfit(compiler, source.value, taken, path);
  const parts = isOptional ? presentParts(compiler, source.type) : [source.type];
  const misfit = firstOf(parts, (part) => findTypeMisfit(compiler, part, taken, path));
  return placed(source.at, misfit);
}

function arrayMisfit(compiler: Compiler, literal: ts.ArrayLiteralExpression, taken: ts.Type, path: string): Misfit | undefined {
  const { checker } = compiler;
  const made = checker.getTypeAtLocation(literal);
  if (!checker.isArrayLikeType(taken)) return findTypeMisfit(compiler, made, taken, path);
  const places = placesOf(compiler, literal, taken);
  if (places === undefined) return { path, sent: made, taken };
  const below = `${path}[]`;
  return firstOf(places, ({ element, spread, taken }) =>
    firstOf(taken, (type) =>
      spread
        ? firstOf(spread, (each) => placed(element, findTypeMisfit(compiler, each, type, below)))
        : valueMisfit(compiler, element, type, below),
    ),
  );
}

function placed(at: ts.Expression, misfit: Misfit | undefined): Misfit | undefined {
  return misfit && { ...misfit, at };
}

// `as const` stays: it makes tuples and readonly members, and so a type of its own.
function stripped(expression: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(expression) || ts.isSatisfiesExpression(expression)
    ? stripped(expression.expression)
    : expression;
}
