/**
 * Finds where a value does not fit what takes it. Literals are checked member by member against the receiver's type, as the compiler would
 * if they stood there; everything else by assignability. Excess properties are fine.
 */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType } from "../compiler.js";
import { keyText } from "../follow/members-of.js";
import { type Choice, choicesOf } from "./discriminants.js";
import {
  findMemberMisfit,
  findTypeMisfit,
  indexedType,
  type Misfit,
  missingMisfit,
  objectPartOf,
  propertiesOf,
  unionParts,
} from "./find-type-misfit.js";
import { isHidden } from "./is-hidden.js";
import { isOpen, isPlainObject } from "./type-kinds.js";
import { valueType } from "./value-type.js";

/** The smallest part of an expression's value that does not fit a type; undefined when all of it fits. */
export function findMisfit(compiler: Compiler, expression: ts.Expression, taken: ts.Type, path = ""): Misfit | undefined {
  const { checker } = compiler;
  const inner = stripped(expression);
  if (inner !== expression) return findMisfit(compiler, inner, taken, path);
  if (isOpen(taken)) return undefined;
  if (ts.isConditionalExpression(inner)) {
    return findMisfit(compiler, inner.whenTrue, taken, path) ?? findMisfit(compiler, inner.whenFalse, taken, path);
  }
  const sent = valueType(compiler, inner);
  if (!ts.isObjectLiteralExpression(inner) && !ts.isArrayLiteralExpression(inner))
    return placed(inner, findTypeMisfit(compiler, sent, taken, path));
  if (checker.isTypeAssignableTo(sent, taken)) return undefined;
  const parts = unionParts(taken);
  const misfits = parts.map((part) =>
    ts.isObjectLiteralExpression(inner) ? objectMisfit(compiler, inner, part, path) : arrayMisfit(compiler, inner, part, path),
  );
  if (misfits.includes(undefined)) return undefined;
  if (ts.isObjectLiteralExpression(inner) && fitsByChoice(compiler, inner, parts)) return undefined;
  // Only one of several may be what was meant; then its own misfit is the smallest.
  const meant = objectPartOf(taken);
  const [found] = meant ? misfits.filter((_, index) => parts[index] === meant) : [];
  return found ?? { path, at: inner, sent, taken };
}

// Whether a literal is one part of a union or another, whichever of several values it has where they differ.
function fitsByChoice(compiler: Compiler, literal: ts.ObjectLiteralExpression, parts: readonly ts.Type[]): boolean {
  const { checker } = compiler;
  const members = checker.getPropertiesOfType(checker.getTypeAtLocation(literal)).flatMap(({ name }): [string, ts.Type][] => {
    const value = valueOf(compiler, literal, name);
    return value ? [[name, valueType(compiler, value)]] : [];
  });
  const choices = choicesOf(compiler, new Map(members), parts);
  const fits = (choice: Choice): boolean => parts.some((part) => objectMisfit(compiler, literal, part, "", choice) === undefined);
  return choices?.every(fits) ?? false;
}

function objectMisfit(
  compiler: Compiler,
  literal: ts.ObjectLiteralExpression,
  taken: ts.Type,
  path: string,
  choice: Choice = new Map(),
): Misfit | undefined {
  const { checker } = compiler;
  const sent = checker.getTypeAtLocation(literal);
  if (!isPlainObject(compiler, taken)) return findTypeMisfit(compiler, sent, taken, path);
  for (const property of propertiesOf(compiler, taken)) {
    // Only the class itself makes such a member.
    if (isHidden(property.symbol)) return { path, sent, taken };
    const value = valueOf(compiler, literal, property.name);
    const below = `${path}.${property.name}`;
    const chosen = choice.get(property.name);
    const misfit = chosen
      ? findTypeMisfit(compiler, chosen, property.type, below)
      : value
        ? valueMisfit(compiler, value, property.type, below)
        : placed(spreadOf(compiler, literal, property.name) ?? literal, findMemberMisfit(compiler, sent, property, path));
    if (misfit) return misfit;
  }
  return (
    indexMisfit(compiler, literal, taken, path) ??
    (isWeak(compiler, sent, taken) ? { path, at: literal, sent, taken } : undefined)
  );
}

function valueMisfit(compiler: Compiler, value: ts.Expression, taken: ts.Type, path: string): Misfit | undefined {
  const sent = valueType(compiler, value);
  return placed(value, missingMisfit(compiler, sent, false, taken, path)) ?? findMisfit(compiler, value, taken, path);
}

function indexMisfit(compiler: Compiler, literal: ts.ObjectLiteralExpression, taken: ts.Type, path: string): Misfit | undefined {
  const index = compiler.checker.getIndexTypeOfType(taken, ts.IndexKind.String);
  if (index === undefined) return undefined;
  for (const property of literal.properties) {
    if (!ts.isPropertyAssignment(property)) continue;
    const misfit = findMisfit(compiler, property.initializer, index, `${path}.${keyText(compiler, property.name) ?? "*"}`);
    if (misfit) return misfit;
  }
  return undefined;
}

function arrayMisfit(compiler: Compiler, literal: ts.ArrayLiteralExpression, taken: ts.Type, path: string): Misfit | undefined {
  const { checker } = compiler;
  if (!checker.isArrayLikeType(taken)) return findTypeMisfit(compiler, checker.getTypeAtLocation(literal), taken, path);
  const places = placesOf(compiler, literal);
  if (checker.isTupleType(taken) && (places === undefined || !hasLength(compiler, taken, places.length))) {
    return { path, sent: checker.getTypeAtLocation(literal), taken };
  }
  const below = `${path}[]`;
  const filled = places ?? literal.elements.map((element) => placeOf(compiler, element));
  for (const [place, { element, spread }] of filled.entries()) {
    const type = indexedType(compiler, taken, place);
    if (type === undefined) continue;
    const misfit = ts.isSpreadElement(element)
      ? spread && placed(element, findTypeMisfit(compiler, spread, type, below))
      : valueMisfit(compiler, element, type, below);
    if (misfit) return misfit;
  }
  return undefined;
}

/** What fills a place of an array: an element, or what one spreads, which is of the type `spread`. */
interface Place {
  readonly element: ts.Expression;
  readonly spread: ts.Type | undefined;
}

function placeOf(compiler: Compiler, element: ts.Expression, place?: number): Place {
  if (!ts.isSpreadElement(element)) return { element, spread: undefined };
  return { element, spread: indexedType(compiler, compiler.checker.getTypeAtLocation(element.expression), place) };
}

// The places of an array one by one; undefined where something is spread of which the length is not known.
function placesOf(compiler: Compiler, { elements }: ts.ArrayLiteralExpression): readonly Place[] | undefined {
  const places: Place[] = [];
  for (const element of elements) {
    const length = ts.isSpreadElement(element) ? lengthOf(compiler, compiler.checker.getTypeAtLocation(element.expression)) : 1;
    if (length === undefined) return undefined;
    for (let place = 0; place < length; place++) places.push(placeOf(compiler, element, place));
  }
  return places;
}

function lengthOf(compiler: Compiler, array: ts.Type): number | undefined {
  const length = compiler.checker.isTupleType(array) ? propertyType(compiler, array, "length") : undefined;
  return length?.isNumberLiteral() ? length.value : undefined;
}

function hasLength(compiler: Compiler, tuple: ts.Type, length: number): boolean {
  const type = propertyType(compiler, tuple, "length");
  return type === undefined || compiler.checker.isTypeAssignableTo(compiler.checker.getNumberLiteralType(length), type);
}

// The expression that gives a property its value, unless a later spread may give another.
function valueOf(compiler: Compiler, literal: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of literal.properties.toReversed()) {
    if (ts.isSpreadAssignment(property)) {
      if (compiler.checker.getPropertyOfType(compiler.checker.getTypeAtLocation(property.expression), name)) return undefined;
    } else if (keyText(compiler, property.name) === name) {
      if (ts.isPropertyAssignment(property)) return property.initializer;
      return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    }
  }
  return undefined;
}

// The last spread that may give a property its value.
function spreadOf({ checker }: Compiler, literal: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const gives = ({ expression }: ts.SpreadAssignment): boolean =>
    unionParts(checker.getTypeAtLocation(expression)).some((part) => checker.getPropertyOfType(part, name));
  return literal.properties.filter((property) => ts.isSpreadAssignment(property)).findLast(gives)?.expression;
}

function placed(at: ts.Expression, misfit: Misfit | undefined): Misfit | undefined {
  return misfit && { ...misfit, at };
}

// The compiler refuses what has nothing of a type all of which may be missing, also where more than is asked for is fine.
function isWeak({ checker }: Compiler, sent: ts.Type, taken: ts.Type): boolean {
  const wanted = checker.getPropertiesOfType(taken);
  const optional = wanted.length > 0 && wanted.every(({ flags }) => flags & ts.SymbolFlags.Optional);
  if (!optional || checker.getIndexInfosOfType(taken).length > 0) return false;
  const given = checker.getPropertiesOfType(sent);
  return given.length > 0 && !given.some(({ name }) => wanted.some((property) => property.name === name));
}

// `as const` stays: it makes tuples and readonly members, and so a type of its own.
function stripped(expression: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(expression) || ts.isSatisfiesExpression(expression)
    ? stripped(expression.expression)
    : expression;
}
