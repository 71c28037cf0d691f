/** Errors of workflows as build tools want them: one that is thrown, with the code frames as its message and the place of the first. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { findPosition } from "../diagnostics/position.js";
import { renderDiagnostics, type RenderOptions } from "../diagnostics/render.js";

/** A place as Rollup and Vite name it. */
export interface BuildPlace {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What ends a build. It has no stack: where in the generator it was made is of no use to whoever made the mistake. */
export class BuildFailure extends Error {
  override readonly name = "CanoError";
  readonly plugin = "cano-gen";
  /** The file of the first place. */
  readonly id: string | undefined;
  readonly loc: BuildPlace | undefined;

  constructor(diagnostics: readonly Diagnostic[], options: RenderOptions) {
    super(renderDiagnostics(diagnostics, options).trimEnd());
    this.stack = "";
    this.loc = diagnostics.map((diagnostic) => findPlace(diagnostic, options)).find((place) => place !== undefined);
    this.id = this.loc?.file;
  }
}

function findPlace({ severity, span }: Diagnostic, { texts }: RenderOptions): BuildPlace | undefined {
  if (severity !== "error" || span === undefined) return undefined;
  const text = texts.find(span.file);
  return text === undefined ? undefined : { file: span.file, ...findPosition(text, span.start) };
}
