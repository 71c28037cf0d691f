/** Reads one call by which a scheduler is given a schedule, as far as it is written down. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { followConstant } from "../follow/follow-constant.js";
import { findMember, membersOf } from "../follow/members-of.js";
import { constantNumber, readNumber } from "../follow/read-number.js";
import { readText } from "../follow/read-text.js";
import type { NumberReading } from "../number-reading.js";
import type { CronReading, EveryReading, OverlapReading, ScheduleReading } from "../schedule-reading.js";
import { spanOf } from "../span-of.js";
import type { ScheduleCall } from "./find-schedule-calls.js";
import { readScheduledWorkflow } from "./scheduled-workflow.js";

/** Reads a call; `follows` are the schedules that have been made by then, by their places in the list. */
export function readSchedule(compiler: Compiler, { kind, given }: ScheduleCall, follows: readonly number[]): ScheduleReading {
  const base = {
    name: readText(compiler, given.name),
    follows,
    workflow: readScheduledWorkflow(compiler, given.workflow),
    overlap: readOverlap(compiler, optionOf(compiler, given.options, "overlap")),
  };
  if (kind === "manual" || given.when === undefined) return { kind: "manual", ...base };
  if (kind === "at") return { kind, ...base, time: readTime(compiler, given.when) };
  if (kind === "every") {
    const mode = readMode(compiler, optionOf(compiler, given.options, "mode"));
    return { kind, ...base, interval: readNumber(compiler, given.when), mode };
  }
  const timeZone = readZone(compiler, optionOf(compiler, given.options, "timeZone"));
  return { kind, ...base, expression: readText(compiler, given.when), timeZone };
}

/** An option's value; `default` where it is not given, undefined where that cannot be told. */
type Option = ts.Expression | "default" | undefined;

function optionOf(compiler: Compiler, options: ts.Expression | undefined, name: string): Option {
  if (options === undefined) return "default";
  const { kind, node } = followConstant(compiler, options);
  if (kind !== "value" || !ts.isObjectLiteralExpression(node) || membersOf(compiler, node).refused.length > 0) return undefined;
  const member = findMember(compiler, node, name);
  return member === undefined ? "default" : member.value;
}

function readMode(compiler: Compiler, option: Option): EveryReading["mode"] {
  if (option === undefined) return undefined;
  if (option === "default") return "delay";
  const { value } = readText(compiler, option);
  return value === "delay" || value === "rate" ? value : undefined;
}

function readZone(compiler: Compiler, option: Option): CronReading["timeZone"] {
  return option === undefined || option === "default" ? option : readText(compiler, option);
}

function readOverlap(compiler: Compiler, option: Option): OverlapReading | undefined {
  if (option === undefined) return undefined;
  if (option === "default") return { limit: 1, whenBusy: "skip" };
  const { value } = readText(compiler, option);
  if (value === "skip" || value === "queue" || value === "cancel") return { limit: 1, whenBusy: value };
  const { kind, node } = followConstant(compiler, option);
  if (kind !== "value" || !ts.isObjectLiteralExpression(node)) return undefined;
  const allowed = findMember(compiler, node, "allow")?.value;
  const limit = allowed && constantNumber(compiler, allowed);
  return limit === undefined ? undefined : { limit, whenBusy: "skip" };
}

function readTime(compiler: Compiler, expression: ts.Expression): NumberReading {
  const { kind, node } = followConstant(compiler, expression);
  const time = kind === "value" && ts.isNewExpression(node) ? timeOf(compiler, node) : undefined;
  return time === undefined ? readNumber(compiler, expression) : { value: time, span: spanOf(expression) };
}

// `new Date("2026-03-01T12:00Z")`, or the same with milliseconds.
function timeOf(compiler: Compiler, node: ts.NewExpression): number | undefined {
  const [given, ...more] = node.arguments ?? [];
  if (given === undefined || more.length > 0 || node.expression.getText() !== "Date") return undefined;
  const value = readText(compiler, given).value ?? constantNumber(compiler, given);
  return value === undefined ? undefined : new Date(value).getTime();
}
