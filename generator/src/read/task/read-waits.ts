/** Reads what a timer waits, and a poll between its polls, where that is written down. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { findMaker } from "../follow/find-maker.js";
import { readNumber } from "../follow/read-number.js";
import type { NumberReading } from "../number-reading.js";
import type { WaitsReading } from "../reading.js";
import { spanOf } from "../span-of.js";
import { returnedChoices } from "../targets/returned-by.js";
import type { BoundShape } from "./bound-task.js";

const NONE: WaitsReading = { times: [], byBackoff: false };

/** Reads those of a task of one kind; none where it is neither a timer nor a poll. */
export function readWaits(compiler: Compiler, shape: BoundShape | undefined): WaitsReading {
  if (shape?.kind !== "timer" && shape?.kind !== "poll") return NONE;
  const asked = shape.calls.find(({ name }) => name === "wait" || name === "poll")?.method.implementation;
  if (asked === undefined) return NONE;
  const returned = returnedChoices(compiler, asked);
  if (shape.kind === "timer") return { times: returned.map((time) => readTime(compiler, time)), byBackoff: false };
  const pauses = returned.flatMap((answer) => findMaker(compiler, answer, ["pending"]) ?? []);
  return {
    times: pauses.flatMap(({ arguments: [time] }) => (time ? readTime(compiler, time) : [])),
    byBackoff: pauses.some((pause) => pause.arguments.length === 0),
  };
}

// What a field holds, a constructor or a subclass may have set otherwise.
function readTime(compiler: Compiler, time: ts.Expression): NumberReading {
  return mentionsThis(time) ? { value: undefined, span: spanOf(time) } : readNumber(compiler, time);
}

function mentionsThis(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.ThisKeyword || (ts.forEachChild(node, (child) => mentionsThis(child) || undefined) ?? false);
}
