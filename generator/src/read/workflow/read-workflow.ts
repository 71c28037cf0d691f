/** Reads one `workflow({...})` call: its options first, then its bindings with everything that hangs on them. */

import { ts } from "../../../typescript/index.cjs";
import { missingOptions, unreadableArgument, unreadableOption } from "../../diagnostics/catalogue/reading.js";
import type { Diagnostic, Report } from "../../diagnostics/diagnostic.js";
import type { Compiler } from "../compiler.js";
import { followConstant } from "../follow/follow-constant.js";
import { elementsOf, membersOf } from "../follow/members-of.js";
import { optionsOf } from "../follow/options-of.js";
import { readNumber } from "../follow/read-number.js";
import { readText } from "../follow/read-text.js";
import type { NumberReading } from "../number-reading.js";
import type { Reading } from "../reading.js";
import { spanOf } from "../span-of.js";
import { readStates } from "../states/read-states.js";
import { readStateRef } from "../states/state-ref.js";
import type { StateSet } from "../states/state-set.js";
import type { StateRef } from "../target-reading.js";
import { seenTasks } from "../task/seen-as.js";
import { readExport } from "./exported-as.js";
import { calleeName } from "./find-workflows.js";
import { importStyleOf } from "./import-style.js";
import { readBindings } from "./read-bindings.js";
import { readCodecs } from "./read-codecs.js";
import { readDurability, readSagas } from "./read-durability.js";

const NEEDED = ["states", "initial", "exits", "tasks"];
const OPTIONS = [...NEEDED, "name", "totalTimeout", "compensationTimeout", "sagas", "durable", "version", "codecs", "migrations"];

/** The options as they are given. */
interface Given {
  readonly states: ts.Expression;
  readonly initial: ts.Expression;
  readonly exits: ts.Expression;
  readonly tasks: ts.Expression;
  /** Any option, if it is given. */
  readonly option: (name: string) => ts.Expression | undefined;
}

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
  const given = readOptions(compiler, call, refuse);
  if (given === undefined) return undefined;
  const name = readName(compiler, given.option("name"), refuse);
  const exported = readExport(compiler, call, given.option("name") !== undefined, refuse);
  const states = readStates(compiler, given.states, refuse);
  if (states === undefined) return undefined;
  const initial = readStateList(compiler, states, "initial", given.initial, refuse);
  const exits = readStateList(compiler, states, "exits", given.exits, refuse);
  const sagas = readSagas(compiler, given.option("sagas"), refuse);
  const durability = readDurability(compiler, given.option, refuse);
  const { codecs, losses, recorded } = readCodecs(compiler, durability.durable ? given.option("codecs") : undefined, refuse);
  const seen = seenTasks(compiler, call);
  const toBind = { tasks: given.tasks, seen, migrations: given.option("migrations"), stored: durability.durable };
  const bound = readBindings({ ...compiler, codecs }, states, toBind, refuse);
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
    endSpans: { initial: spanOf(given.initial), exits: spanOf(given.exits) },
    ...bound,
    totalTimeout: numberOf(compiler, given.option("totalTimeout")),
    compensationTimeout: numberOf(compiler, given.option("compensationTimeout")),
    sagas,
    durability: { ...durability, codecs: recorded },
    payloadLosses: [...losses, ...bound.payloadLosses],
    heldBack,
  };
}

function numberOf(compiler: Compiler, node: ts.Expression | undefined): NumberReading | undefined {
  return node && readNumber(compiler, node);
}

function readOptions(compiler: Compiler, call: ts.CallExpression, report: Report): Given | undefined {
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
  const { given, misgiven } = optionsOf(compiler, members, { of: "workflow", known: OPTIONS }, report);
  const missing = NEEDED.filter((option) => !given.has(option) && !misgiven.has(option));
  // What is missing may come from a spread that cannot be read.
  if (missing.length > 0 && refused.length === 0) report(missingOptions(spanOf(calleeName(call)), { missing }));
  const [states, initial, exits, tasks] = NEEDED.map((option) => given.get(option));
  return states && initial && exits && tasks && { states, initial, exits, tasks, option: (name) => given.get(name) };
}

function readName(compiler: Compiler, node: ts.Expression | undefined, report: Report): string | undefined {
  if (node === undefined) return undefined;
  const followed = followConstant(compiler, node);
  const text = followed.kind === "value" ? readText(compiler, node).value : undefined;
  if (text !== undefined && text.trim() !== "") return text;
  const why = followed.kind === "refused" ? followed.why : text === undefined ? "it is no string literal" : "it is empty";
  report(unreadableOption(spanOf(node), { option: "name", why }));
  return undefined;
}

function readStateList(
  compiler: Compiler,
  set: StateSet,
  option: "initial" | "exits",
  node: ts.Expression,
  report: Report,
): StateRef[] {
  const refuse = (place: StateRef["span"], why: string): void => report(unreadableOption(place, { option, why }));
  const followed = followConstant(compiler, node);
  const list =
    followed.kind === "value" && ts.isArrayLiteralExpression(followed.node) ? elementsOf(compiler, followed.node) : undefined;
  for (const { node: spread, why } of list?.refused ?? []) refuse(spanOf(spread), why);
  if (list) return list.elements.map((element) => readStateRef(compiler, set, element));
  // Instead of a list, `initial` may be a single state.
  const ref = readStateRef(compiler, set, node);
  if (ref.kind === "unknown") refuse(ref.span, ref.why);
  else if (option === "exits")
    report(unreadableOption(spanOf(node), { option, why: "it is no list", cure: "put it in brackets" }));
  return [ref];
}
