/** What an editor shows of a state: its task, what that takes, and the transitions in and out. */

import type { Span } from "../diagnostics/diagnostic.js";
import { isSameSpan } from "../diagnostics/same-span.js";
import { findBinding } from "../model/bindings.js";
import type { Draft, DraftState } from "../model/draft.js";
import type { BindingReading } from "../read/reading.js";
import { ts } from "../../typescript/index.cjs";

/** What the compiler shows, and below it what each workflow makes of the state at `position`, if it is one. */
export function findHover(
  program: ts.Program,
  drafts: readonly Draft[],
  fileName: string,
  position: number,
  info: ts.QuickInfo | undefined,
): ts.QuickInfo | undefined {
  const file = program.getSourceFile(fileName);
  const node = file && findWord(file, position);
  if (node === undefined) return info;
  const places = placesOf(program, node);
  const texts = drafts.flatMap((draft) =>
    draft.states.filter(({ span }) => places.some((place) => isSameSpan(place, span))).map((state) => describe(draft, state)),
  );
  if (texts.length === 0) return info;
  const shown = info ?? {
    kind: ts.ScriptElementKind.enumMemberElement,
    kindModifiers: "",
    textSpan: { start: node.getStart(file), length: node.getWidth(file) },
  };
  return {
    ...shown,
    documentation: [
      ...(info?.documentation ?? []),
      { kind: "text", text: `${info?.documentation?.length ? "\n\n" : ""}${texts.join("\n\n")}` },
    ],
  };
}

/** Markdown, as editors render it. */
function describe(draft: Draft, state: DraftState): string {
  const names = (numbers: readonly number[]): string =>
    [...new Set(numbers)].map((number) => `\`${draft.states[number]?.name ?? ""}\``).join(", ");
  const number = draft.states.indexOf(state);
  const entering = draft.states.flatMap(({ edges }, from) => (edges.some(({ to }) => to === number) ? [from] : []));
  const binding = findBinding(state);
  const lines = [
    `${roleOf(state, binding)} of the workflow \`${draft.name}\``,
    ...(binding ? [`task: ${taskWords(binding)}`, `takes: ${inputWords(binding)}`] : []),
    `from: ${[...(state.initial ? ["the start"] : []), ...(entering.length > 0 ? [names(entering)] : [])].join(", ") || "nowhere"}`,
    ...(binding
      ? [`to: ${names(state.edges.map(({ to }) => to)) || "nowhere"}${state.open ? ", and where it cannot be told" : ""}`]
      : []),
  ];
  return lines.join("  \n");
}

function roleOf({ exit }: DraftState, binding: BindingReading | undefined): string {
  if (exit !== undefined) return "exit";
  return binding === undefined ? "state without a task" : "state";
}

function taskWords(binding: BindingReading): string {
  if (binding.kind === "task") return `\`${binding.task.className ?? "an object"}\``;
  const { branches, join } = binding;
  const names =
    branches.kind === "dynamic"
      ? "branches made at run time"
      : branches.list.map((task) => `\`${task.className ?? "an object"}\``).join(", ");
  return `a split (${join.strategy}) of ${names}`;
}

function inputWords(binding: BindingReading): string {
  const input = binding.kind === "split" ? binding.input : binding.task.method?.input;
  return input?.kind === "typed" ? `\`${input.text}\`` : "nothing";
}

/** The name or literal at a position. */
function findWord(file: ts.SourceFile, position: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > position || node.getEnd() < position) return;
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Where that is declared, and where it is itself. */
function placesOf(program: ts.Program, node: ts.Node): readonly Span[] {
  const symbol = program.getTypeChecker().getSymbolAtLocation(node);
  const declared = (symbol?.declarations ?? []).flatMap((declaration) => [
    declaration,
    ts.getNameOfDeclaration(declaration) ?? declaration,
  ]);
  return [node, ...declared].map((place) => {
    const file = place.getSourceFile();
    return { file: file.fileName, start: place.getStart(file), end: place.getEnd() };
  });
}
