/** Finds the calls by which schedulers are given their schedules, and takes them apart. What their arguments say is read elsewhere. */

import { ts } from "../../../typescript/index.cjs";
import { canoTypeName } from "../cano-export.js";
import type { Compiler } from "../compiler.js";
import type { ScheduleReading } from "../schedule-reading.js";

/** A call of a scheduler's method. */
export interface ScheduleCall {
  readonly kind: ScheduleReading["kind"];
  readonly node: ts.CallExpression;
  /** What the method is called on. */
  readonly scheduler: ts.Expression;
  readonly given: {
    readonly name: ts.Expression;
    readonly workflow: ts.Expression;
    /** The interval, the expression or the time. */
    readonly when: ts.Expression | undefined;
    readonly options: ts.Expression | undefined;
  };
}

const METHODS = ["every", "cron", "at", "manual"] as const satisfies readonly ScheduleReading["kind"][];

/** The calls in a file, in the order in which they are made. */
export function findScheduleCalls(compiler: Compiler, file: ts.SourceFile): ScheduleCall[] {
  const calls: ScheduleCall[] = [];
  const visit = (node: ts.Node): void => {
    // The inner calls of a chain are made before the outer ones.
    ts.forEachChild(node, visit);
    const found = scheduleCallOf(compiler, node);
    if (found) calls.push(found);
  };
  visit(file);
  return calls;
}

/** The node as such a call; undefined when it is none, or has too few arguments or a spread among them, which is the compiler's to judge. */
export function scheduleCallOf(compiler: Compiler, node: ts.Node): ScheduleCall | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression: scheduler, name: method } = node.expression;
  const kind = METHODS.find((known) => known === method.text);
  const [name, workflow, ...more] = node.arguments;
  if (kind === undefined || name === undefined || workflow === undefined || node.arguments.some(ts.isSpreadElement))
    return undefined;
  const [when, options] = kind === "manual" ? [undefined, ...more] : more;
  if (kind !== "manual" && when === undefined) return undefined;
  // Other things have methods of these names, too.
  return isScheduler(compiler, scheduler) ? { kind, node, scheduler, given: { name, workflow, when, options } } : undefined;
}

function isScheduler(compiler: Compiler, expression: ts.Expression): boolean {
  const { checker } = compiler;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(expression));
  // A method that returns `this` has a type that stands for the scheduler's.
  return canoTypeName(compiler, checker.getBaseConstraintOfType(type) ?? type) === "Scheduler";
}
