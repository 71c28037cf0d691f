/** How an entry of the catalogue is written: a code, a severity, a title, and the text that its facts turn into. */

import type { Diagnostic, Fix, Note, Severity, Span } from "../diagnostic.js";

/** An entry: called with a place and its facts, it makes the diagnostic. */
export interface Entry<Facts> {
  (span: Span | undefined, facts: Facts, more?: { readonly notes?: readonly Note[]; readonly fix?: Fix }): Diagnostic;
  readonly code: string;
  readonly severity: Severity;
  /** What the code is about, as lists of codes show it. */
  readonly title: string;
  /** Why the rule exists, in a few sentences, as `cano-gen explain` shows it. */
  readonly reason: string;
}

/** Defines an entry. Facts are inserted into the text; sentences stay here. */
export function define<Facts extends object = object>(
  code: `CANO${number}`,
  severity: Severity,
  about: { readonly title: string; readonly reason: string },
  text: (facts: Facts) => { readonly message: string; readonly help: string },
): Entry<Facts> {
  const make = (
    span: Span | undefined,
    facts: Facts,
    more: { readonly notes?: readonly Note[]; readonly fix?: Fix } = {},
  ): Diagnostic => ({
    code,
    severity,
    ...text(facts),
    span,
    notes: more.notes ?? [],
    ...(more.fix ? { fix: more.fix } : {}),
  });
  return Object.assign(make, { code, severity, title: about.title, reason: about.reason });
}
