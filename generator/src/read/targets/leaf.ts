/** What an expression in the place of a next state may yield, and what is carried along while it is being followed. */

import { TARGET_CAUSES } from "../../diagnostics/catalogue/target-causes.js";
import type { ts } from "../../../typescript/index.cjs";
import type { Span } from "../../diagnostics/diagnostic.js";
import type { Besides } from "../../kinds/kinds.js";
import type { Compiler } from "../compiler.js";
import { spanOf } from "../span-of.js";
import type { StateSet } from "../states/state-set.js";
import type { StateRef } from "../target-reading.js";

/** What is handed over along with a state. */
export interface Sent {
  readonly type: ts.Type;
  /** The argument of `to()`, where it is at hand. */
  readonly expression: ts.Expression | undefined;
  readonly span: Span;
}

/** One possible value. */
export interface Leaf {
  readonly state: StateRef;
  readonly form: "bare" | "to" | "hand-written";
  /** Undefined for a bare state. */
  readonly sent: Sent | undefined;
  /** Whether the compiler knows it as one type with others, of which it can tell none apart: `To<S.A | S.B, Input>`. */
  readonly joint?: true;
  /** Whether it is only what a type parameter may stand for: what it does stand for at the binding the compiler knows. */
  readonly constrained?: true;
  /** Whether it comes though the compiler leaves it out of the type of the expression that yields it: no type that follows from that one rules it out. */
  readonly leftOut?: true;
  /** An unknown that the compiler's type for a surrounding call or name may still decide. */
  readonly open?: true;
}

/** What stays the same, or is remembered, while a method's returned expressions are followed. */
export interface Trace {
  readonly compiler: Compiler;
  readonly set: StateSet;
  /** What `this` is in the code being followed. */
  readonly self: ts.Type | undefined;
  /** Type parameters of the binding's class and its bases, with what they stand for at the binding. */
  readonly typeArguments: ReadonlyMap<ts.Type, ts.Type>;
  /** Values of callback parameters that are known: `state` in `.then((state) => state)`. */
  readonly parameters: ReadonlyMap<ts.Node, () => readonly Leaf[]>;
  /** Functions and constants that are being followed right now, against going round in circles. */
  readonly visiting: readonly ts.Node[];
  readonly besides: Besides;
  /** The expression in the method itself that led elsewhere: problems elsewhere are shown there. */
  readonly place: Span | undefined;
}

/** The trace of code that nothing has led to yet, of a task whose type at its binding is `self`. */
export function beginTrace(
  compiler: Compiler,
  set: StateSet,
  self: ts.Type,
  { typeArguments, besides }: Pick<Trace, "typeArguments" | "besides">,
): Trace {
  return { compiler, set, self, typeArguments, parameters: new Map(), visiting: [], besides, place: undefined };
}

/** Follows an expression to its leaves; handed to the parts of the walk so that none of them imports the whole. */
export type Follow = (trace: Trace, expression: ts.Expression) => readonly Leaf[];

/** The place to show for a node: where it is, or what in the method led there. */
export function placeOf(trace: Trace, node: ts.Node): Span {
  return trace.place ?? spanOf(node);
}

/** The trace for code that `from` leads to; undefined when that code is being followed already. */
export function enter(trace: Trace, from: ts.Node, into: ts.Node): Trace | undefined {
  if (trace.visiting.includes(into)) return undefined;
  return { ...trace, visiting: [...trace.visiting, into], place: placeOf(trace, from) };
}

/** A leaf for a member. */
export function memberLeaf(member: number, span: Span): Leaf {
  return { state: { kind: "member", member, span }, form: "bare", sent: undefined };
}

/** A leaf for something that is no member of this set. */
export function foreignLeaf(text: string, span: Span): Leaf {
  return { state: { kind: "foreign", text, span }, form: "bare", sent: undefined };
}

/** A leaf for what cannot be told, for good. `why` completes "because …". */
export function unknownLeaf(why: string, span: Span): Leaf {
  return { state: { kind: "unknown", why, span }, form: "bare", sent: undefined };
}

/** A leaf for what cannot be told from the syntax, while the compiler's types may still tell. */
export function openLeaf(why: string, span: Span): Leaf {
  return { ...unknownLeaf(why, span), open: true };
}

/** A leaf for what a decorator may have replaced, of which nothing is declared. */
export function decoratedLeaf(span: Span): Leaf {
  return unknownLeaf(TARGET_CAUSES.decorated, span);
}

/** A leaf for a method whose signatures return different states: the one that is called would be proved, and the others not. */
export function overloadedLeaf(span: Span): Leaf {
  return unknownLeaf("its signatures return different states", span);
}

/** Tells leaves apart that mean different transitions. */
export function leafKey({ state, form }: Leaf): string {
  return `${state.kind === "member" ? state.member : state.kind}/${form === "bare" ? "bare" : "carrying"}`;
}

/** Those of `others` that hand something to the state of `leaf`, in its form. */
export function alike(leaf: Leaf, others: readonly Leaf[]): readonly Leaf[] {
  return others.filter((other) => other.sent !== undefined && leafKey(other) === leafKey(leaf));
}
