/** Turns diagnostics into the compiler's own, which hosts know how to show. */

import { readFileSync } from "node:fs";
import type { Diagnostic, Note, Span } from "../diagnostics/diagnostic.js";
import { ts } from "../../typescript/index.cjs";

/** Who the diagnostics are from, where a host shows that. */
export const SOURCE = "cano";

/** Where a diagnostic is shown; nowhere in particular where the file is not at hand. */
export type Place = Pick<ts.Diagnostic, "file" | "start" | "length">;

/** The number that a code has for a host: 2001 for `CANO2001`. */
export function numberOf(code: string): number {
  return Number(code.replace(/^\D+/, ""));
}

/** The place of a span in a program, or in a file that is none of its sources, such as the lock. */
export function placeOf(program: ts.Program, span: Span | undefined): Place {
  const file = span && (program.getSourceFile(span.file) ?? readJson(span.file));
  return span && file ? { file, start: span.start, length: span.end - span.start } : NOWHERE;
}

const NOWHERE: Place = { file: undefined, start: undefined, length: undefined };

/** Builds the compiler's diagnostic at `place`; `message` is what it says before notes and help. */
export function toCompilerDiagnostic(
  program: ts.Program,
  { code, severity, message, notes, help }: Diagnostic,
  place: Place,
  introduce: (message: string, code: string) => string = (text) => text,
): ts.Diagnostic {
  const remarks = notes.filter(({ span }) => span === undefined).map((note) => `note: ${note.message}`);
  return {
    ...place,
    category: severity === "error" ? ts.DiagnosticCategory.Error : ts.DiagnosticCategory.Warning,
    code: numberOf(code),
    source: SOURCE,
    messageText: [introduce(message, code), ...remarks, `help: ${help}`].join("\n"),
    relatedInformation: notes.filter(({ span }) => span !== undefined).map((note) => toRelated(program, note)),
  };
}

function toRelated(program: ts.Program, { message, span }: Note): ts.DiagnosticRelatedInformation {
  return { ...placeOf(program, span), category: ts.DiagnosticCategory.Message, code: 0, messageText: message };
}

function readJson(path: string): ts.SourceFile | undefined {
  if (!path.endsWith(".json")) return undefined;
  try {
    return ts.parseJsonText(path, readFileSync(path, "utf8"));
  } catch {
    // Without its text there is no place to show in it.
    return undefined;
  }
}
