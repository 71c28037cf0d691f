/** The plugin of tsserver: adds what the generator has to say to what the compiler's language service answers. Never throws, never writes. */

import { describeThrown } from "../diagnostics/internal-error.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { ts } from "../../typescript/index.cjs";
import { numberOf, placeOf, toCompilerDiagnostic } from "./compiler-diagnostic.js";
import { findHover } from "./find-hover.js";
import { listFixes } from "./fixes/list-fixes.js";
import { fixableCodes } from "./fixes/makers.js";
import { type HostView, HostViews } from "./host-view.js";
import { toCodeFix } from "./to-code-fix.js";

/** What tsserver hands a plugin, as far as it is needed. */
export interface PluginHost {
  readonly languageService: ts.LanguageService;
  /** Takes a line for the server's log. */
  readonly log: (line: string) => void;
}

/** The language service with the generator's diagnostics, fixes and hovers. */
export function decorateLanguageService({ languageService: own, log }: PluginHost): ts.LanguageService {
  const views = new HostViews({ modules: false });
  const told = new WeakSet<HostView>();
  /** Whatever goes wrong here, the editor gets what the compiler says. */
  const attempt = <Answer>(fallback: Answer, work: (program: ts.Program, view: HostView) => Answer): Answer => {
    try {
      const program = own.getProgram();
      if (program === undefined) return fallback;
      const view = views.of(program);
      if (!told.has(view)) for (const line of listUnplaced(program, view)) log(`cano-gen: ${line}`);
      told.add(view);
      return work(program, view);
    } catch (error) {
      // A host that has called off its question wants to know that it has been.
      if (error instanceof ts.OperationCanceledException) throw error;
      log(`cano-gen: ${describeThrown(error)}`);
      return fallback;
    }
  };
  return {
    ...own,
    getSemanticDiagnostics: (fileName) => {
      const errors = own.getSemanticDiagnostics(fileName);
      return attempt(errors, (program, view) => [...errors, ...diagnosticsIn(program, view, fileName)]);
    },
    getSupportedCodeFixes: (...request) => [...new Set([...own.getSupportedCodeFixes(...request), ...fixableCodes])],
    getCodeFixesAtPosition: (fileName, start, end, codes, ...rest) => {
      const asked = attempt<readonly Diagnostic[]>([], (program, { diagnostics }) =>
        diagnostics.filter(
          ({ code, span }) =>
            codes.includes(numberOf(code)) &&
            span !== undefined &&
            span.file === program.getSourceFile(fileName)?.fileName &&
            span.start === start &&
            span.end === end,
        ),
      );
      const numbers = new Set(asked.map(({ code }) => numberOf(code)));
      const others = codes.filter((code) => !numbers.has(code));
      const fixes = others.length > 0 ? own.getCodeFixesAtPosition(fileName, start, end, others, ...rest) : [];
      return attempt(fixes, (program, { drafts }) => [
        ...asked.flatMap((diagnostic) => listFixes({ diagnostic, drafts, program }).map(toCodeFix)),
        ...fixes,
      ]);
    },
    getQuickInfoAtPosition: (fileName, position, ...rest) => {
      const info = own.getQuickInfoAtPosition(fileName, position, ...rest);
      return attempt(info, (program, { drafts }) => findHover(program, drafts, fileName, position, info));
    },
  };
}

/** What is shown in a file. What has no place in a source is shown at the first workflow, if there is one. */
function diagnosticsIn(program: ts.Program, { diagnostics, drafts }: HostView, fileName: string): readonly ts.Diagnostic[] {
  const file = program.getSourceFile(fileName);
  return diagnostics.flatMap((diagnostic) => {
    const span = hasPlace(program, diagnostic) ? diagnostic.span : drafts[0]?.span;
    const isHere = span !== undefined && span.file === file?.fileName;
    return isHere ? [toCompilerDiagnostic(program, diagnostic, placeOf(program, span))] : [];
  });
}

function hasPlace(program: ts.Program, { span }: Diagnostic): boolean {
  return span !== undefined && program.getSourceFile(span.file) !== undefined;
}

/** What cannot be shown anywhere. */
function listUnplaced(program: ts.Program, { diagnostics, drafts }: HostView): readonly string[] {
  if (drafts.length > 0) return [];
  return diagnostics.filter((diagnostic) => !hasPlace(program, diagnostic)).map(({ code, message }) => `${code} ${message}`);
}
