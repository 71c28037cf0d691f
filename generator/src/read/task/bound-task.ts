/** Resolves a binding to the class or instance it stands for, and finds the methods by which its kind is told. Facts are read from it by `read-task.ts`. */

import { ts } from "../../../typescript/index.cjs";
import { unreadableBinding } from "../../diagnostics/catalogue/reading.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { type Kind, type KindMethod, KINDS, type TaskKind } from "../../kinds/kinds.js";
import type { Compiler } from "../compiler.js";
import { isHidden } from "../data/is-hidden.js";
import { type BoundMethod, bindMethod } from "../follow/bound-method.js";
import { followConstant } from "../follow/follow-constant.js";
import { spanOf } from "../span-of.js";
import { openDefault } from "./open-default.js";

/** A class or an instance in the place of a task. */
export interface BoundTask {
  /** What stands in `tasks` or in the list of branches. */
  readonly expression: ts.Expression;
  readonly form: "class" | "instance";
  /** The instance's type, with its type arguments: the facts belong to it, not to the class. */
  readonly type: ts.Type;
  /** Undefined for an object literal. */
  readonly classNode: ts.ClassLikeDeclaration | undefined;
  readonly className: string | undefined;
  /** The kinds of which it has every method. */
  readonly shapes: readonly BoundShape[];
  /** Where it is of no kind: the kind of which it has the most methods, if it has any. */
  readonly begun: Begun | undefined;
}

/** The methods of one kind, as a binding has them. */
export interface BoundShape {
  readonly kind: TaskKind;
  readonly besides: Kind["besides"];
  /** In the order in which the runtime calls them first. */
  readonly calls: readonly BoundCall[];
}

/** A method with what the runtime gives it. */
export interface BoundCall extends KindMethod {
  readonly method: BoundMethod;
}

/** A kind of which some methods are missing. */
export interface Begun {
  readonly kind: TaskKind;
  readonly present: readonly BoundCall[];
  readonly missing: readonly string[];
}

/** Resolves an expression to a task; reports CANO1006 when it is none. */
export function bindTask(compiler: Compiler, expression: ts.Expression, report: Report): BoundTask | undefined {
  const refuse = (node: ts.Node, why: string): undefined => {
    report(unreadableBinding(spanOf(node), { why }));
  };
  const followed = followConstant(compiler, expression);
  if (followed.kind === "refused") return refuse(expression, followed.why);
  const { node } = followed;
  if (followed.kind === "value" && ts.isClassLike(node)) {
    const task = bindClass(compiler, expression, node);
    if (task === undefined) return refuse(expression, "its class has no type");
    const calls = task.shapes.flatMap((shape) => shape.calls);
    const parameter = openDefault(compiler, expression, calls);
    if (parameter === undefined) return task;
    report(unreadableBinding(spanOf(expression), { generic: taskName(task), parameter }));
    return undefined;
  }
  if (ts.isNewExpression(node)) return bindInstance(compiler, expression, node);
  if (ts.isObjectLiteralExpression(node))
    return bound(compiler, expression, "instance", compiler.checker.getTypeAtLocation(node), undefined);
  const makesClass = ts.isCallExpression(node) && compiler.checker.getTypeAtLocation(node).getConstructSignatures().length > 0;
  if (!makesClass) return refuse(expression, whyNot(node));
  report(
    unreadableBinding(spanOf(expression), { maker: `${node.expression.getText()}(${node.arguments.length === 0 ? "" : "…"})` }),
  );
  return undefined;
}

/** What the task is, when it is of exactly one kind. */
export function onlyShape(task: BoundTask): BoundShape | undefined {
  return task.shapes.length === 1 ? task.shapes[0] : undefined;
}

/** What to call a task in a message. */
export function taskName(task: BoundTask): string {
  return task.className ?? "the object literal";
}

/** A task of a type alone, where no single class stands for it: the branches that a function computes. */
export function bindType(compiler: Compiler, expression: ts.Expression, type: ts.Type): BoundTask {
  return bound(compiler, expression, "instance", type, undefined);
}

function bindClass(compiler: Compiler, expression: ts.Expression, node: ts.ClassLikeDeclaration): BoundTask | undefined {
  const { checker } = compiler;
  // What its arguments make of a generic class is told where it is bound.
  const type = node.typeParameters && checker.getTypeAtLocation(expression).getConstructSignatures()[0]?.getReturnType();
  // An abstract class or one with a private constructor may have no signature to offer.
  const symbol = checker.getTypeAtLocation(node).symbol;
  const instance = type ?? (symbol && checker.getDeclaredTypeOfSymbol(symbol));
  return instance && bound(compiler, expression, "class", instance, node);
}

function bindInstance(compiler: Compiler, expression: ts.Expression, node: ts.NewExpression): BoundTask {
  const type = compiler.checker.getTypeAtLocation(node);
  const constructed = followConstant(compiler, node.expression);
  return bound(compiler, expression, "instance", type, ts.isClassLike(constructed.node) ? constructed.node : undefined);
}

function bound(
  compiler: Compiler,
  expression: ts.Expression,
  form: BoundTask["form"],
  type: ts.Type,
  classNode: ts.ClassLikeDeclaration | undefined,
): BoundTask {
  const found = KINDS.map(({ kind, besides, methods }) => {
    const calls = methods.flatMap((known) => {
      const method = bindMethod(compiler, type, known.name);
      // One that may be missing cannot be relied on.
      const isThere = method && !isHidden(method.symbol) && !(method.symbol.flags & ts.SymbolFlags.Optional);
      return isThere ? [{ ...known, method }] : [];
    });
    const missing = methods.map(({ name }) => name).filter((name) => !calls.some((call) => call.name === name));
    return { kind, besides, calls, missing };
  });
  const complete = found.filter(({ missing }) => missing.length === 0);
  const shapes = complete.filter((shape) => !complete.some((other) => includes(other, shape)));
  return {
    expression,
    form,
    type,
    classNode,
    className: classNode ? classNameOf(classNode, expression) : type.getSymbol()?.name.match(/^[A-Za-z]\w*$/)?.[0],
    shapes: shapes.map(({ kind, besides, calls }) => ({ kind, besides, calls })),
    begun: shapes.length > 0 ? undefined : begunIn(found),
  };
}

// `run` alone makes a task; with `compensate` it is one that can be undone.
function includes(other: BoundShape, { calls, kind }: BoundShape): boolean {
  return other.kind !== kind && calls.every(({ name }) => other.calls.some((call) => call.name === name));
}

// The one of which most is there, then the one that lacks the least: `processItem` alone may begin a batch or a stream.
function begunIn(found: readonly (BoundShape & Pick<Begun, "missing">)[]): Begun | undefined {
  const begun = found.filter(({ calls }) => calls.length > 0);
  const [nearest] = begun.sort((a, b) => b.calls.length - a.calls.length || a.missing.length - b.missing.length);
  return nearest && { kind: nearest.kind, present: nearest.calls, missing: nearest.missing };
}

function classNameOf(node: ts.ClassLikeDeclaration, expression: ts.Expression): string {
  if (node.name) return node.name.text;
  if (ts.isVariableDeclaration(node.parent)) return node.parent.name.getText();
  return ts.isIdentifier(expression) ? expression.text : "default";
}

function whyNot(node: ts.Node): string {
  if (ts.isCallExpression(node)) return "it is a call";
  if (ts.isFunctionLike(node)) return "it is a function";
  if (ts.isArrayLiteralExpression(node)) return "it is a list";
  if (node.kind === ts.SyntaxKind.NullKeyword || ts.isIdentifier(node)) return `it is \`${node.getText()}\``;
  if (ts.isEnumMember(node) || ts.isLiteralExpression(node)) return "it is neither a class nor an instance";
  return "it is computed";
}
