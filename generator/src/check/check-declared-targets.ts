/** Checks that every target which a return type declares is returned by some path. */

import { unreturnedTarget } from "../diagnostics/catalogue/states.js";
import type { Span } from "../diagnostics/diagnostic.js";
import { listTasks } from "../model/bindings.js";
import { listUnreturned } from "../model/unreturned.js";
import { type Check, subjectOf } from "./check.js";

/**
 * An annotation is taken at its word, so a target that no path returns is an edge that no run can take. Said only where the annotation
 * stands on the method itself and its body can be read without a doubt.
 *
 * Breaks it: `run(): S.B | S.Done { return S.Done; }`.
 */
export const checkDeclaredTargets: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    if (bound.task.method === undefined) continue;
    // An annotation with the whole enum is one place for many targets: one message for each place.
    const places = new Map<string, { readonly span: Span; readonly names: Set<string> }>();
    for (const { state } of listUnreturned(bound.task.method)) {
      if (state.kind !== "member") continue;
      const key = `${state.span.file}:${state.span.start}:${state.span.end}`;
      const place = places.get(key) ?? { span: state.span, names: new Set() };
      places.set(key, place);
      place.names.add(draft.states[state.member]!.name);
    }
    for (const { span, names } of places.values()) report(unreturnedTarget(span, { ...subjectOf(bound), targets: [...names] }));
  }
};
