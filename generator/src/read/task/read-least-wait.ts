/** Reads how long a timer waits at least, where all that its `wait` may return is a number that is written down. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { readNumber } from "../follow/read-number.js";
import type { NumberReading } from "../number-reading.js";
import { returnedExpressions } from "../targets/returned-by.js";
import type { BoundShape } from "./bound-task.js";

/** Reads the shortest wait of a task of one kind; undefined where it is no timer, or may wait for a time that is not known. */
export function readLeastWait(compiler: Compiler, shape: BoundShape | undefined): NumberReading | undefined {
  const wait = shape?.kind === "timer" ? shape.calls.find(({ name }) => name === "wait") : undefined;
  const implementation = wait?.method.implementation;
  if (implementation === undefined) return undefined;
  // What a field holds, a constructor or a subclass may have set otherwise.
  const told = returnedExpressions(compiler, implementation).map((expression) =>
    mentionsThis(expression) ? undefined : readNumber(compiler, expression),
  );
  return told.reduce((least, number) => {
    if (least?.value === undefined || number?.value === undefined) return undefined;
    return number.value < least.value ? number : least;
  }, told[0]);
}

function mentionsThis(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.ThisKeyword || (ts.forEachChild(node, (child) => mentionsThis(child) || undefined) ?? false);
}
