/** Reads one `workflow({...})` call: its options first, then its bindings with everything that hangs on them. */

import { ts } from "ts-morph";
import { unknownOption, unreadableArgument, unreadableOption } from "../../diagnostics/catalogue/reading.js";
import type { Diagnostic, Report } from "../../diagnostics/diagnostic.js";
import type { Compiler } from "../compiler.js";
import { followConstant } from "../follow/follow-constant.js";
import { elementsOf, keyText, membersOf } from "../follow/members-of.js";
import { readNumber } from "../follow/read-number.js";
import type { Reading, StateRef } from "../reading.js";
import { spanOf } from "../span-of.js";
import { readStates } from "../states/read-states.js";
import { readStateRef } from "../states/state-ref.js";
import type { StateSet } from "../states/state-set.js";
import { readExport } from "./exported-as.js";
import { calleeName } from "./find-workflows.js";
import { importStyleOf } from "./import-style.js";
import { nearest } from "./nearest.js";
import { readBindings } from "./read-bindings.js";

const OPTIONS = ["states", "initial", "exits", "tasks", "name", "totalTimeout"];

/** Reads a call; undefined when something in it cannot be read, which is then reported. */
export function readWorkflow(
  compiler: Compiler,
  call: ts.CallExpression,
  heldBack: readonly Diagnostic[],
  report: Report,
): Reading | undefined {
  let refused = false;
  const refuse: Report = (diagnostic) => {
    refused = true;
    report(diagnostic);
  };
  const options = readOptions(compiler, call, refuse);
  if (options === undefined) return undefined;
  const name = readName(compiler, options.get("name"), refuse);
  const exported = readExport(compiler, call, options.has("name"), refuse);
  const statesNode = options.get("states");
  const states = statesNode && readStates(compiler, statesNode, refuse);
  if (states === undefined) {
    if (!statesNode) refuse(unreadableArgument(spanOf(calleeName(call)), { why: "`states` is missing" }));
    return undefined;
  }
  const initial = readStateList(compiler, states, "initial", options.get("initial"), refuse);
  const exits = readStateList(compiler, states, "exits", options.get("exits"), refuse);
  const { bindings, resourceConflicts } = readBindings(compiler, states, options.get("tasks"), refuse);
  const total = options.get("totalTimeout");
  if (refused || exported === undefined) return undefined;
  return {
    name: name ?? (exported.kind === "named" ? exported.name : "workflow"),
    exported,
    file: call.getSourceFile().fileName,
    importStyle: importStyleOf(compiler, call.getSourceFile()),
    span: spanOf(calleeName(call)),
    states: states.reading,
    initial,
    exits,
    bindings,
    totalTimeout: total && readNumber(compiler, total),
    resourceConflicts,
    heldBack,
  };
}

function readOptions(compiler: Compiler, call: ts.CallExpression, report: Report): Map<string, ts.Expression> | undefined {
  const [argument] = call.arguments;
  const refuse = (node: ts.Node, why: string): undefined => {
    report(unreadableArgument(spanOf(node), { why }));
  };
  if (argument === undefined) return refuse(calleeName(call), "it is missing");
  const followed = followConstant(compiler, argument);
  if (followed.kind === "refused") return refuse(followed.node, followed.why);
  if (!ts.isObjectLiteralExpression(followed.node)) return refuse(argument, "it is no object literal");
  const { members, refused } = membersOf(compiler, followed.node);
  for (const { node, why } of refused) refuse(node, why);
  const options = new Map<string, ts.Expression>();
  for (const { name, value } of members) {
    const option = keyText(compiler, name);
    if (option === undefined || !OPTIONS.includes(option)) reportUnknown(name, option ?? name.getText(), report);
    else if (value === undefined) report(unreadableOption(spanOf(name), { option, why: "it is a method" }));
    else options.set(option, value);
  }
  return refused.length > 0 ? undefined : options;
}

function reportUnknown(name: ts.PropertyName, option: string, report: Report): void {
  const span = spanOf(name);
  const meant = nearest(option, OPTIONS);
  const plain = ts.isIdentifier(name) && !ts.isShorthandPropertyAssignment(name.parent);
  const fix = meant !== undefined && plain ? { fix: { title: `write \`${meant}\``, span, text: meant } } : {};
  report(unknownOption(span, { option, known: OPTIONS }, fix));
}

function readName(compiler: Compiler, node: ts.Expression | undefined, report: Report): string | undefined {
  if (node === undefined) return undefined;
  const followed = followConstant(compiler, node);
  if (followed.kind === "value" && ts.isStringLiteralLike(followed.node)) return followed.node.text;
  const why = followed.kind === "refused" ? followed.why : "it is no string literal";
  report(unreadableOption(spanOf(node), { option: "name", why }));
  return undefined;
}

function readStateList(
  compiler: Compiler,
  set: StateSet,
  option: string,
  node: ts.Expression | undefined,
  report: Report,
): StateRef[] {
  const refuse = (place: StateRef["span"], why: string): void => report(unreadableOption(place, { option, why }));
  if (node === undefined) return [];
  const followed = followConstant(compiler, node);
  const list =
    followed.kind === "value" && ts.isArrayLiteralExpression(followed.node) ? elementsOf(compiler, followed.node) : undefined;
  for (const { node: spread, why } of list?.refused ?? []) refuse(spanOf(spread), why);
  const refs = (list?.elements ?? [node]).map((element) => readStateRef(compiler, set, element));
  for (const ref of refs) if (ref.kind === "unknown") refuse(ref.span, ref.why);
  return refs;
}
