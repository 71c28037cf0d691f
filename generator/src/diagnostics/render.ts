/** Renders diagnostics for people: message, code frame, notes, help, fix, and the summary line. `json.ts` renders them for tools. */

import pc from "picocolors";
import type { Diagnostic, Span } from "./diagnostic.js";
import { displayPath } from "./display-path.js";
import { buildFrame } from "./frame.js";
import { findPosition } from "./position.js";
import type { SourceTexts } from "./source-texts.js";

/** Where paths are shown from, where texts come from, and whether to use colours. */
export interface RenderOptions {
  readonly cwd: string;
  readonly texts: SourceTexts;
  readonly colour: boolean;
}

type Colours = ReturnType<typeof pc.createColors>;

/** Renders all of `diagnostics` in the order given, a blank line between them, and the summary; nothing for none. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions): string {
  if (diagnostics.length === 0) return "";
  const blocks = diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options));
  return `${blocks.join("\n")}\n${renderSummary(diagnostics)}\n`;
}

/** Renders one diagnostic, each line ended. */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions): string {
  const colours = pc.createColors(options.colour);
  const mark = diagnostic.severity === "error" ? colours.red : colours.yellow;
  const [message = "", ...more] = diagnostic.message.split("\n");
  const lines = [
    `${mark(`${diagnostic.severity} ${diagnostic.code}`)}${colours.bold(`: ${message}`)}`,
    ...more.map((line) => `  ${line}`),
  ];
  if (diagnostic.span)
    lines.push(...placeLines(diagnostic.span, options, colours), ...frameLines(diagnostic.span, options, colours, mark));
  for (const note of diagnostic.notes) {
    lines.push(`${colours.cyan("note")}: ${note.message.replaceAll("\n", "\n  ")}`);
    if (note.span) lines.push(...placeLines(note.span, options, colours));
  }
  lines.push(`${colours.cyan("help")}: ${diagnostic.help}`);
  if (diagnostic.fix) lines.push(`${colours.cyan("fix")}: ${diagnostic.fix.title}`);
  return lines.join("\n") + "\n";
}

/** Renders `2 errors, 1 warning`; what there is none of is left out. */
export function renderSummary(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: string): string[] => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return found === 0 ? [] : [`${found} ${severity}${found === 1 ? "" : "s"}`];
  };
  return [...count("error"), ...count("warning")].join(", ");
}

function placeLines(span: Span, { cwd, texts }: RenderOptions, colours: Colours): string[] {
  const text = texts.find(span.file);
  const path = displayPath(span.file, cwd);
  if (text === undefined) return [`  ${colours.dim("-->")} ${path}`];
  const { line, column } = findPosition(text, span.start);
  return [`  ${colours.dim("-->")} ${path}:${line}:${column}`];
}

function frameLines(span: Span, { texts }: RenderOptions, colours: Colours, mark: (text: string) => string): string[] {
  const text = texts.find(span.file);
  if (text === undefined) return [];
  const { gutter, source, underline } = buildFrame(text, span.start, span.end);
  const blank = " ".repeat(gutter.length);
  const carets = underline.trimStart();
  const blanks = underline.slice(0, underline.length - carets.length);
  return [
    colours.dim(`${blank} |`),
    `${colours.dim(`${gutter} |`)} ${source}`.trimEnd(),
    `${colours.dim(`${blank} |`)} ${blanks}${mark(carets)}`,
  ];
}
