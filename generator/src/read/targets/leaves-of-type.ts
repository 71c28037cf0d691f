/** Reads a type as next states: members, members with an input, or what is neither. */

import { ts } from "../../../typescript/index.cjs";
import { TARGET_CAUSES } from "../../diagnostics/catalogue/target-causes.js";
import type { Span } from "../../diagnostics/diagnostic.js";
import { canoTypeName } from "../cano-export.js";
import { type Compiler, propertyType, typeText } from "../compiler.js";
import { isReference } from "../follow/declarations-of.js";
import { memberByValue, memberBySymbol } from "../states/state-set.js";
import { foreignLeaf, type Leaf, leafKey, memberLeaf, openLeaf, type Trace, unknownLeaf } from "./leaf.js";

/** The states that values of a type stand for, promises unwrapped; each once. All have the same span. */
export function leavesOfType(trace: Trace, type: ts.Type, span: Span): Leaf[] {
  // A bare type parameter stays one: its awaited type would only be a name for what it may stand for.
  const awaited = type.flags & ts.TypeFlags.TypeParameter ? type : (trace.compiler.checker.getAwaitedType(type) ?? type);
  const parts = awaited.isUnion() ? awaited.types : [awaited];
  return distinctLeaves(parts.flatMap((part) => leavesOfPart(trace, part, span)));
}

/** Whether leaves name every member as a bare state: what an annotation may say, and what widening always says. */
export function coversAll({ set }: Trace, leaves: readonly Leaf[]): boolean {
  const bare = new Set(
    leaves.filter(({ form }) => form === "bare").map(({ state }) => (state.kind === "member" ? state.member : -1)),
  );
  bare.delete(-1);
  return bare.size > 1 && bare.size === set.reading.members.length;
}

/**
 * What type parameters stand for at the binding, where the compiler's type tells: without what one may stand for and does not, as `S` of a function that
 * makes the class, and with what is looked up in one, as by `this.table[key]`.
 */
export function asBound(trace: Trace, leaves: readonly Leaf[], typed: readonly Leaf[]): readonly Leaf[] {
  if (!allTold(typed)) return leaves;
  const possible = new Set(typed.map(leafKey));
  const wide = coversAll(trace, typed);
  return leaves.flatMap((leaf) => {
    if (!leaf.constrained || possible.has(leafKey(leaf))) return [leaf];
    if (!leaf.open) return [];
    return wide ? [leaf] : settled(leaf, typed);
  });
}

function settled({ state: { span }, form, sent }: Leaf, typed: readonly Leaf[]): readonly Leaf[] {
  const meant = sent ? typed.filter((leaf) => leaf.form === form) : typed;
  return meant.map((leaf) => ({ ...leaf, state: { ...leaf.state, span }, sent: sent ?? (leaf.sent && { ...leaf.sent, span }) }));
}

/** Whether every leaf is a member. */
export function allTold(leaves: readonly Leaf[]): boolean {
  return leaves.every(({ state }) => state.kind === "member");
}

/** What the type parameters of a class and its bases stand for at an instantiated type. */
export function typeArgumentsOf(compiler: Compiler, type: ts.Type): Map<ts.Type, ts.Type> {
  const known = new Map<ts.Type, ts.Type>();
  const collect = (instance: ts.Type): void => {
    // What a mixin makes of a class is both.
    if (instance.isIntersection()) return instance.types.forEach(collect);
    if (!isReference(instance)) return;
    const values = compiler.checker.getTypeArguments(instance);
    for (const [index, parameter] of (instance.target.typeParameters ?? []).entries()) {
      const value = values[index];
      if (value && value !== parameter) known.set(parameter, known.get(value) ?? value);
    }
    if (instance.target.isClassOrInterface()) compiler.checker.getBaseTypes(instance.target).forEach(collect);
  };
  collect(type);
  // A class without type parameters of its own may extend one that has some.
  if (type.isClassOrInterface()) compiler.checker.getBaseTypes(type).forEach(collect);
  return known;
}

function distinctLeaves(leaves: readonly Leaf[]): Leaf[] {
  const known = new Map<string, Leaf[]>();
  return leaves.filter((leaf) => {
    const key = leaf.state.kind === "foreign" ? leaf.state.text : leafKey(leaf);
    const alike = known.get(key) ?? [];
    known.set(key, [...alike, leaf]);
    return !alike.some(({ sent }) => sent?.type === leaf.sent?.type);
  });
}

function leavesOfPart(trace: Trace, part: ts.Type, span: Span): Leaf[] {
  const { compiler, set } = trace;
  const { flags } = part;
  if (flags & (ts.TypeFlags.Never | ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void)) return [];
  if (flags & ts.TypeFlags.Any) return [unknownLeaf("its type is `any`", span)];
  // A guard may tell more where it is read, and nothing of these types is taken for a state unseen.
  if (flags & ts.TypeFlags.Unknown) return [openLeaf("its type is `unknown`", span)];
  if (flags & ts.TypeFlags.TypeParameter) {
    const known = trace.typeArguments.get(part);
    const argument = known ?? compiler.checker.getBaseConstraintOfType(part);
    const told = argument !== undefined && argument !== part && !(argument.flags & ts.TypeFlags.Unknown);
    if (!told) return [{ ...openLeaf("its type is a type parameter", span), constrained: true }];
    return leavesOfType(trace, argument, span).map((leaf) => (known ? leaf : { ...leaf, constrained: true as const }));
  }
  if (flags & ts.TypeFlags.EnumLiteral) {
    const member = memberBySymbol(set, part.getSymbol());
    return [member === undefined ? foreignLeaf(typeText(compiler, part), span) : memberLeaf(member, span)];
  }
  if (part.isStringLiteral() || part.isNumberLiteral()) return [literalLeaf(trace, part, span)];
  if (flags & ts.TypeFlags.StringLike) return [openLeaf(`its type is \`${typeText(compiler, part)}\``, span)];
  if (flags & ts.TypeFlags.NumberLike) return [unknownLeaf(`its type is \`${typeText(compiler, part)}\``, span)];
  if (part.isIntersection()) return leavesOfIntersection(trace, part, span);
  // A condition or a member that is looked up: what it comes to is settled where the type parameter is.
  if (flags & ts.TypeFlags.Instantiable)
    return [{ ...openLeaf("its type depends on a type parameter", span), constrained: true }];
  return flags & ts.TypeFlags.Object ? leavesOfObject(trace, part, span) : [foreignLeaf(typeText(compiler, part), span)];
}

function literalLeaf({ compiler, set }: Trace, type: ts.StringLiteralType | ts.NumberLiteralType, span: Span): Leaf {
  const member = set.literals ? memberByValue(set, type.value) : undefined;
  if (member !== undefined) return memberLeaf(member, span);
  if (!set.literals && type.isNumberLiteral()) return unknownLeaf("it is a number, not a member", span);
  return foreignLeaf(typeText(compiler, type), span);
}

// A branded member: `Order.Done & { __brand: … }`.
function leavesOfIntersection(trace: Trace, type: ts.IntersectionType, span: Span): Leaf[] {
  const primitive = type.types.find((part) => part.flags & (ts.TypeFlags.Literal | ts.TypeFlags.TypeParameter));
  return primitive ? leavesOfPart(trace, primitive, span) : leavesOfObject(trace, type, span);
}

function leavesOfObject(trace: Trace, type: ts.Type, span: Span): Leaf[] {
  const { compiler, besides } = trace;
  const known = canoTypeName(compiler, type);
  if (known === "Undoable") return leavesOfUndoable(trace, type, span);
  if (known !== undefined && known === besides) return [];
  if (known === "Pending") return [unknownLeaf(TARGET_CAUSES.pending, span)];
  if (known === "More") return [unknownLeaf(TARGET_CAUSES.more, span)];
  const state = propertyType(compiler, type, "state");
  const input = propertyType(compiler, type, "input");
  if (state === undefined || input === undefined) return [foreignLeaf(typeText(compiler, type), span)];
  const form = known === "To" ? "to" : "hand-written";
  const leaves = leavesOfType(trace, state, span);
  const joint = leaves.length > 1 ? { joint: true as const } : {};
  return leaves.map((leaf) => ({ ...leaf, ...joint, form, sent: { type: input, expression: undefined, span } }));
}

/** What undoes a task comes with the state that it names; of a task that has no `compensate` it would be forgotten. */
export function undoableLeaf(span: Span): Leaf {
  return unknownLeaf(TARGET_CAUSES.undoable, span);
}

function leavesOfUndoable(trace: Trace, type: ts.Type, span: Span): Leaf[] {
  const next = propertyType(trace.compiler, type, "next");
  return trace.besides === "Undoable" && next ? leavesOfType(trace, next, span) : [undoableLeaf(span)];
}
