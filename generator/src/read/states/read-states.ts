/** Reads the `states` option: an enum, a constant object or a constant tuple of literals, or one that is declared with their types. */

import { ts } from "../../../typescript/index.cjs";
import { unreadableStates } from "../../diagnostics/catalogue/reading.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { type Compiler, propertyType, symbolOf } from "../compiler.js";
import { followConstant, isConst } from "../follow/follow-constant.js";
import { elementsOf, keyText, membersOf } from "../follow/members-of.js";
import { isCovering } from "../uses/use-of.js";
import type { MemberReading, StatesReading } from "../reading.js";
import { spanOf } from "../span-of.js";
import type { StateSet } from "./state-set.js";

/** Reads the state set that an expression stands for; reports CANO1004 when there is none. */
export function readStates(compiler: Compiler, expression: ts.Expression, report: Report): StateSet | undefined {
  const refuse = (node: ts.Node, why: string): undefined => {
    report(unreadableStates(spanOf(node), { why }));
  };
  const followed = followConstant(compiler, expression);
  const declaration = followed.kind === "refused" ? declaredConstant(compiler, followed.node) : undefined;
  if (followed.kind === "refused" && declaration === undefined) return refuse(followed.node, followed.why);
  const node = declaration ?? followed.node;
  const found = readFound(compiler, node, expression, refuse);
  if (found === undefined) return undefined;
  if (found.members.length === 0) return refuse(expression, "it has no members");
  const { kind, members, declared } = found;
  if (kind === "object" && isWidened(compiler, expression, members))
    return refuse(expression, "its type is wider than its values");
  const { name, span } = nameOf(node, expression);
  return { reading: { kind, name, span, members }, declared, root: node, literals: kind !== "enum" };
}

// An annotation such as `Record<string, string>` takes the values out of the type, and with them every proof by type.
function isWidened(compiler: Compiler, expression: ts.Expression, members: readonly MemberReading[]): boolean {
  const type = compiler.checker.getTypeAtLocation(expression);
  return members.some(({ name }) => propertyType(compiler, type, name)?.isLiteral() !== true);
}

function readFound(compiler: Compiler, node: ts.Node, expression: ts.Expression, refuse: Refuse): Found | undefined {
  if (ts.isEnumDeclaration(node)) return readEnum(compiler, node, refuse);
  if (ts.isObjectLiteralExpression(node)) return readObject(compiler, node, refuse);
  if (ts.isArrayLiteralExpression(node)) return readTuple(compiler, node, refuse);
  if (ts.isVariableDeclaration(node)) return readDeclared(compiler, node, expression, refuse);
  return refuse(expression, ts.isCallExpression(node) ? "it is a call" : "it is neither an enum nor a constant object or tuple");
}

interface Found {
  readonly kind: StatesReading["kind"];
  readonly members: readonly MemberReading[];
  readonly declared: ReadonlyMap<ts.Node, number>;
}

type Refuse = (node: ts.Node, why: string) => undefined;

const PROTOTYPE = "__proto__";
const NO_MEMBER = `\`${PROTOTYPE}\` names what objects inherit from, and becomes no member`;

function readEnum(compiler: Compiler, node: ts.EnumDeclaration, refuse: Refuse): Found | undefined {
  const members: MemberReading[] = [];
  const declared = new Map<ts.Node, number>();
  // An enum may be declared in several pieces.
  const pieces = symbolOf(compiler, node.name)?.declarations?.filter((piece) => ts.isEnumDeclaration(piece)) ?? [node];
  for (const member of pieces.flatMap((piece) => piece.members)) {
    const value = compiler.checker.getConstantValue(member);
    if (value === undefined) return refuse(member.name, `the value of \`${member.name.getText()}\` is computed`);
    if (Number.isNaN(value)) return refuse(member.name, `the value of \`${member.name.getText()}\` is not a number`);
    const name = keyText(compiler, member.name) ?? member.name.getText();
    // What the compiler makes of it is an assignment, of which nothing comes.
    if (name === PROTOTYPE) return refuse(member.name, NO_MEMBER);
    declared.set(member, members.length);
    members.push({ name, value, span: spanOf(member.name) });
  }
  return { kind: "enum", members, declared };
}

function readObject(compiler: Compiler, node: ts.ObjectLiteralExpression, refuse: Refuse): Found | undefined {
  const { members: properties, refused } = membersOf(compiler, node);
  if (refused[0]) return refuse(refused[0].node, refused[0].why);
  const members: MemberReading[] = [];
  const declared = new Map<ts.Node, number>();
  for (const { name, value, node: property } of properties) {
    const key = keyText(compiler, name);
    if (key === undefined || value === undefined) return refuse(name, `\`${name.getText()}\` is no constant property`);
    if (key === PROTOTYPE && !ts.isComputedPropertyName(name)) return refuse(name, NO_MEMBER);
    const literal = literalOf(compiler, value);
    if (literal === undefined) return refuse(value, `the value of \`${key}\` is no literal`);
    const earlier = members.findIndex((member) => member.name === key);
    const index = earlier < 0 ? members.length : earlier;
    declared.set(property, index);
    if (literal.declaration) declared.set(literal.declaration, index);
    members[index] = { name: key, value: literal.value, span: spanOf(name) };
  }
  return { kind: "object", members, declared };
}

function readTuple(compiler: Compiler, node: ts.ArrayLiteralExpression, refuse: Refuse): Found | undefined {
  const { elements, refused } = elementsOf(compiler, node);
  if (refused[0]) return refuse(refused[0].node, refused[0].why);
  const members: MemberReading[] = [];
  const declared = new Map<ts.Node, number>();
  for (const element of elements) {
    const literal = literalOf(compiler, element);
    if (literal === undefined) return refuse(element, "an element is no literal");
    if (literal.declaration) declared.set(literal.declaration, members.length);
    members.push({ name: String(literal.value), value: literal.value, span: spanOf(element) });
  }
  return { kind: "tuple", members, declared };
}

// What a package brings along may be declared alone, as `declare const Job: { readonly Run: "run" }`.
function declaredConstant(compiler: Compiler, place: ts.Node): ts.VariableDeclaration | undefined {
  const name = ts.isPropertyAccessExpression(place) ? place.name : place;
  const declaration = symbolOf(compiler, name)?.valueDeclaration;
  const isDeclared = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && !declaration.initializer;
  return isDeclared ? declaration : undefined;
}

// A literal type has one value: types of literals tell what the values would.
function readDeclared(
  { checker }: Compiler,
  declaration: ts.VariableDeclaration,
  expression: ts.Expression,
  refuse: Refuse,
): Found | undefined {
  const type = checker.getTypeAtLocation(declaration);
  const isTuple = checker.isTupleType(type);
  const parts = isTuple
    ? checker.getTypeArguments(type as ts.TypeReference).map((part) => ({ part, symbol: undefined }))
    : checker.getPropertiesOfType(type).map((symbol) => ({ part: checker.getTypeOfSymbol(symbol), symbol }));
  const members: MemberReading[] = [];
  const declared = new Map<ts.Node, number>();
  for (const { part, symbol } of parts) {
    if (!part.isStringLiteral() && !part.isNumberLiteral())
      return refuse(expression, "it is declared with a type that is wider than literals");
    for (const each of symbol?.declarations ?? []) declared.set(each, members.length);
    const name = ts.getNameOfDeclaration(symbol?.valueDeclaration) ?? declaration.name;
    members.push({ name: symbol?.name ?? String(part.value), value: part.value, span: spanOf(name) });
  }
  return { kind: isTuple ? "tuple" : "object", members, declared };
}

function literalOf(
  compiler: Compiler,
  value: ts.Expression,
): { value: string | number; declaration: ts.Node | undefined } | undefined {
  const type = compiler.checker.getTypeAtLocation(value);
  if (!type.isStringLiteral() && !type.isNumberLiteral()) return undefined;
  return { value: type.value, declaration: type.symbol?.valueDeclaration };
}

function nameOf(node: ts.Node, expression: ts.Expression): Pick<StatesReading, "name" | "span"> {
  const named = ts.isEnumDeclaration(node) ? node.name : constantNameOf(ts.isVariableDeclaration(node) ? node.name : node);
  return named ? { name: named.text, span: spanOf(named) } : { name: "States", span: spanOf(expression) };
}

function constantNameOf(node: ts.Node): ts.Identifier | undefined {
  let holder = node.parent;
  // Whose call has been followed is that of `Object.freeze`.
  while (isCovering(holder) || ts.isCallExpression(holder)) holder = holder.parent;
  return ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? holder.name : undefined;
}
