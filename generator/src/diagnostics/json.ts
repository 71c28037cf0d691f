/** Diagnostics for tools, `--format json`: one stable shape with lines and columns worked out. `render.ts` renders them for people. */

import type { Diagnostic, Severity, Span } from "./diagnostic.js";
import { displayPath } from "./display-path.js";
import { findPosition } from "./position.js";
import type { RenderOptions } from "./render.js";

/** What `--format json` prints. Members may be added under the same `version`, none is removed or changes its meaning. */
export interface JsonReport {
  /** The version of this shape. */
  readonly version: 1;
  /** Sorted by place. */
  readonly diagnostics: readonly JsonDiagnostic[];
  /** How many diagnostics there are of each severity. */
  readonly summary: { readonly errors: number; readonly warnings: number };
  /** The generated files, the lock included; none where an error kept them from being made. */
  readonly files: readonly JsonFile[];
}

/** A generated file, and what became of it; `stale` and `missing` are found by `--check`. */
export interface JsonFile {
  readonly path: string;
  readonly status: "created" | "updated" | "unchanged" | "stale" | "missing";
}

/** A place: all null together when there is none. Lines and columns start at 1; columns count UTF-16 units; the end is exclusive. */
export interface JsonPlace {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
}

/** One diagnostic; paths are relative to the working directory, with forward slashes. */
export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly notes: readonly (JsonPlace & { readonly message: string })[];
  readonly help: string;
  /** Replace what the place covers by `text`. */
  readonly fix: (JsonPlace & { readonly title: string; readonly text: string }) | null;
}

/** Renders the report as JSON with a line end: indented, or all of it in one line, where several follow each other. */
export function renderJson(
  diagnostics: readonly Diagnostic[],
  files: readonly JsonFile[],
  options: Omit<RenderOptions, "colour">,
  layout: "indented" | "line" = "indented",
): string {
  const count = (severity: Severity): number => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const report: JsonReport = {
    version: 1,
    diagnostics: diagnostics.map((diagnostic) => buildDiagnostic(diagnostic, options)),
    summary: { errors: count("error"), warnings: count("warning") },
    files: files.map(({ path, status }) => ({ path: displayPath(path, options.cwd), status })),
  };
  return JSON.stringify(report, null, layout === "line" ? 0 : 2) + "\n";
}

function buildDiagnostic(diagnostic: Diagnostic, options: Omit<RenderOptions, "colour">): JsonDiagnostic {
  const { code, severity, message, span, notes, help, fix } = diagnostic;
  return {
    code,
    severity,
    message,
    ...buildPlace(span, options),
    notes: notes.map((note) => ({ message: note.message, ...buildPlace(note.span, options) })),
    help,
    fix: fix ? { title: fix.title, ...buildPlace(fix.span, options), text: fix.text } : null,
  };
}

function buildPlace(span: Span | undefined, { cwd, texts }: Omit<RenderOptions, "colour">): JsonPlace {
  if (!span) return { file: null, line: null, column: null, endLine: null, endColumn: null };
  const file = displayPath(span.file, cwd);
  const text = texts.find(span.file);
  if (text === undefined) return { file, line: null, column: null, endLine: null, endColumn: null };
  const start = findPosition(text, span.start);
  const end = findPosition(text, span.end);
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
