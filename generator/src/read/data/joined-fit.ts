/** Tells whether what a split's join hands on fits the state that follows. */

import type { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType, typeText } from "../compiler.js";
import type { Fit } from "../data-reading.js";
import {
  findMemberMisfit,
  isBuiltIn,
  type Misfit,
  objectPartOf,
  type Property,
  propertiesOf,
  unionParts,
} from "./find-type-misfit.js";
import { findMadeMisfit } from "./find-made-misfit.js";
import { describeMisfit, FITS } from "./fit-of.js";
import { listedType } from "./iterated-type.js";
import { intersectionText, joinedInputMisfit } from "./joined-input.js";
import { isWeak } from "./literal-versions.js";
import { isOpen, isPlainObject } from "./type-kinds.js";

/** What a join hands on, as far as it differs from split to split. */
export interface JoinedTypes {
  /** What the branches take: the split's input is all of these at once. Empty when no branch takes an input. */
  readonly inputs: readonly ts.Type[];
  /** What the branches return, awaited. */
  readonly values: readonly ts.Type[];
}

/** The same, with what is the same for every split: the declaration of `Joined`, where it is at hand. */
interface DeclaredTypes extends JoinedTypes {
  readonly declared: ts.Type | undefined;
}

/** Compares the results of the join of a split, which `call` makes, with every receiver's type. What cannot be decided is taken to fit. */
export function joinedFit(compiler: Compiler, call: ts.CallExpression, joined: JoinedTypes, taken: readonly ts.Type[]): Fit {
  const types: DeclaredTypes = { ...joined, declared: taken.length > 0 ? findJoined(compiler, call) : undefined };
  for (const type of taken) {
    const misfits = unionParts(type).map((part) => misfitOf(compiler, types, part));
    const [first] = misfits;
    if (first === undefined || misfits.includes(undefined)) continue;
    if (first.path !== "") return describeMisfit(compiler, first);
    return { kind: "misfit", path: "", sent: joinedText(compiler, joined), taken: typeText(compiler, type) };
  }
  return FITS;
}

// As one would write it down for the receiver.
function joinedText(compiler: Compiler, { inputs, values }: JoinedTypes): string {
  return `Joined<${intersectionText(compiler, inputs) || "undefined"}, ${valuesText(compiler, values)}>`;
}

function valuesText(compiler: Compiler, values: readonly ts.Type[]): string {
  return [...new Set(values.map((type) => typeText(compiler, type)))].join(" | ") || "never";
}

// The type `Joined` of the `cano` that declares what a call makes.
function findJoined({ checker }: Compiler, call: ts.CallExpression): ts.Type | undefined {
  const declaration = checker.getResolvedSignature(call)?.declaration;
  const module = declaration && checker.getSymbolAtLocation(declaration.getSourceFile());
  const joined = module && checker.getExportsOfModule(module).find(({ name }) => name === "Joined");
  return joined && checker.getDeclaredTypeOfSymbol(joined);
}

function misfitOf(compiler: Compiler, joined: DeclaredTypes, taken: ts.Type): Misfit | undefined {
  if (isOpen(taken)) return undefined;
  const { declared } = joined;
  const whole: Misfit = { path: "", sent: declared ?? compiler.checker.getUndefinedType(), taken };
  // `Joined` is an interface, and so without an index signature.
  if (!isPlainObject(compiler, taken) || compiler.checker.getIndexInfosOfType(taken).length > 0) return whole;
  if (declared && isWeak(compiler, new Set(propertiesOf(compiler, declared).map(({ name }) => name)), taken)) return whole;
  for (const property of propertiesOf(compiler, taken)) {
    const misfit = memberMisfit(compiler, joined, property);
    if (misfit) return isBuiltIn(compiler, taken) ? whole : misfit;
  }
  return undefined;
}

function memberMisfit(compiler: Compiler, joined: DeclaredTypes, property: Property): Misfit | undefined {
  if (property.name === "input") return joinedInputMisfit(compiler, joined.inputs, property.type);
  if (property.name === "successes") return successesMisfit(compiler, joined, property.type);
  return joined.declared && findMemberMisfit(compiler, joined.declared, property, "");
}

// A readonly list of any length, of what the branches have returned with their numbers.
function successesMisfit(compiler: Compiler, { values, declared }: DeclaredTypes, taken: ts.Type): Misfit | undefined {
  const { checker } = compiler;
  if (isOpen(taken)) return undefined;
  const text = `{ branch: number; value: ${valuesText(compiler, values)} }`;
  const whole = { path: ".successes", sent: checker.getUndefinedType(), text: `readonly ${text}[]`, taken };
  const wanted = objectPartOf(taken);
  if (wanted === undefined || checker.isTupleType(wanted)) return whole;
  const element = listedType(compiler, wanted);
  const list = declared && propertyType(compiler, declared, "successes");
  if (element === undefined) return list && !checker.isTypeAssignableTo(list, wanted) ? whole : undefined;
  const success = new Map([
    ["branch", [checker.getNumberType()]],
    ["value", values],
  ]);
  const misfits = unionParts(element).map((part) => findMadeMisfit(compiler, success, part, ".successes[]", text));
  const [first] = misfits;
  if (first && !misfits.includes(undefined)) return first;
  return checker.isArrayType(wanted) && wanted.getSymbol()?.name === "Array" ? whole : undefined;
}
