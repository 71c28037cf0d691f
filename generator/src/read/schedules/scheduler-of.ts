/** Tells which scheduler a schedule is given to, and which of the others it has been given by then for certain. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, symbolOf } from "../compiler.js";
import { isConst } from "../follow/follow-constant.js";
import { type ScheduleCall, scheduleCallOf } from "./find-schedule-calls.js";

/** A scheduler: the constant or parameter that holds it, or the expression that makes it. */
export type SchedulerKey = ts.Symbol | ts.Node;

/** The scheduler of a call; undefined where it may be one or another. */
export function schedulerOf(compiler: Compiler, { node, scheduler }: ScheduleCall): SchedulerKey | undefined {
  const made = startOf(compiler, scheduler);
  if (ts.isIdentifier(made)) return keptSymbol(compiler, made);
  if (!ts.isCallExpression(made)) return undefined;
  // `const scheduler = createScheduler().every(…)`: what a chain ends with is what it began with.
  const holder = endOf(compiler, node).parent;
  return (ts.isVariableDeclaration(holder) && keptSymbol(compiler, holder.name)) || made;
}

/** Whether `earlier` has been made whenever `later`, which comes after it, is. */
export function isMadeBefore(earlier: ScheduleCall, later: ScheduleCall): boolean {
  const branch = branchOf(earlier.node);
  const isSameFile = earlier.node.getSourceFile() === later.node.getSourceFile();
  return isSameFile && branch.pos <= later.node.pos && later.node.end <= branch.end;
}

/** The expression at the beginning of a chain of such calls. */
function startOf(compiler: Compiler, scheduler: ts.Expression): ts.Expression {
  if (ts.isParenthesizedExpression(scheduler) || ts.isNonNullExpression(scheduler))
    return startOf(compiler, scheduler.expression);
  const inner = scheduleCallOf(compiler, scheduler);
  return inner ? startOf(compiler, inner.scheduler) : scheduler;
}

/** The call at its end. */
function endOf(compiler: Compiler, node: ts.CallExpression): ts.CallExpression {
  const outer = scheduleCallOf(compiler, node.parent.parent);
  return outer?.scheduler === node ? endOf(compiler, outer.node) : node;
}

// What is assigned again, or is a field of several objects, may hold several schedulers.
function keptSymbol(compiler: Compiler, name: ts.Node): ts.Symbol | undefined {
  const symbol = symbolOf(compiler, name);
  const declaration = symbol?.valueDeclaration;
  if (declaration === undefined) return undefined;
  const isKept = ts.isVariableDeclaration(declaration) ? isConst(declaration) : ts.isParameter(declaration);
  return isKept ? symbol : undefined;
}

/** The innermost part of the program around a node that runs as a whole, or not at all. */
function branchOf(node: ts.Node): ts.Node {
  const { parent } = node;
  if (ts.isSourceFile(parent)) return parent;
  return mayBeLeftOut(node, parent) ? node : branchOf(parent);
}

function mayBeLeftOut(node: ts.Node, parent: ts.Node): boolean {
  if (ts.isFunctionLike(parent) || ts.isTryStatement(parent) || ts.isCaseOrDefaultClause(parent)) return true;
  if (ts.isIfStatement(parent)) return node !== parent.expression;
  if (ts.isConditionalExpression(parent)) return node !== parent.condition;
  if (ts.isIterationStatement(parent, false)) return node === parent.statement;
  return ts.isBinaryExpression(parent) && node === parent.right;
}
