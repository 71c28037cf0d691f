/** What the generator tells its user about their source: the values only. The texts live in `catalogue/`, the pictures in `frame.ts`. */

/** A place in a source file: an absolute path, and offsets in UTF-16 units from its start. */
export interface Span {
  /** Absolute path. */
  readonly file: string;
  /** Offset of the first unit, from 0 on. */
  readonly start: number;
  /** Offset behind the last unit. */
  readonly end: number;
}

/** An error forbids that anything is written, and makes the exit code 1; a warning does neither. */
export type Severity = "error" | "warning";

/** A second place that explains the first, or a fact without a place. */
export interface Note {
  /** In lower case without a full stop. */
  readonly message: string;
  /** Undefined for a fact without a place. */
  readonly span?: Span;
}

/** A change that cures the problem: replace what `span` covers by `text`. */
export interface Fix {
  /** What the change does, as an editor lists it. */
  readonly title: string;
  /** What is replaced; empty where something is only inserted. */
  readonly span: Span;
  /** What stands there afterwards. */
  readonly text: string;
}

/** One problem. `message` states it in lower case without a full stop; `help` states the cure. */
export interface Diagnostic {
  /** `CANO2001` and so on; a code never comes to mean anything else. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in lower case without a full stop. */
  readonly message: string;
  /** Undefined only for problems without a place in a source: a missing file, a bad option. */
  readonly span: Span | undefined;
  /** What explains it, in the order in which it is shown. */
  readonly notes: readonly Note[];
  /** How to cure it, in lower case without a full stop. */
  readonly help: string;
  /** A change that cures it, where one can be told for certain. */
  readonly fix?: Fix;
}

/** Takes diagnostics as they are found. */
export type Report = (diagnostic: Diagnostic) => void;
