/** What the generator tells its user about their source: the values only. The texts live in `catalogue/`, the pictures in `frame.ts`. */

/** A place in a source file: an absolute path, and offsets in UTF-16 units from its start. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export type Severity = "error" | "warning";

/** A second place that explains the first, or a fact without a place. */
export interface Note {
  readonly message: string;
  readonly span?: Span;
}

/** A change that cures the problem: replace what `span` covers by `text`. */
export interface Fix {
  readonly title: string;
  readonly span: Span;
  readonly text: string;
}

/** One problem. `message` states it in lower case without a full stop; `help` states the cure. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Undefined only for problems without a place in a source: a missing file, a bad option. */
  readonly span: Span | undefined;
  readonly notes: readonly Note[];
  readonly help: string;
  readonly fix?: Fix;
}

/** Takes diagnostics as they are found. */
export type Report = (diagnostic: Diagnostic) => void;
