/** Tells of states that come, though the type which the compiler has inferred for what is returned leaves them out. */

import type { Span } from "../../diagnostics/diagnostic.js";
import { type Leaf, leafKey, type Trace, unknownLeaf } from "./leaf.js";
import { allTold } from "./leaves-of-type.js";

/**
 * The leaves of a body, with those that are not among `typed` made unknown: `C` in `table[key] ?? S.C`, where the compiler holds every key to be there,
 * or what a nested function assigns. Generated code, which sees the type alone, could not compare with them. One leaf stands for all in one place.
 */
export function withRuledOut(trace: Trace, leaves: readonly Leaf[], typed: readonly Leaf[]): readonly Leaf[] {
  if (!allTold(typed)) return leaves;
  const possible = new Set(typed.map(leafKey));
  const told: Leaf[] = [];
  const places = new Map<string, { readonly span: Span; readonly names: Set<string> }>();
  for (const leaf of leaves) {
    const { state } = leaf;
    if (state.kind !== "member" || possible.has(leafKey(leaf))) {
      told.push(leaf);
      continue;
    }
    const key = `${state.span.start}/${state.span.file}`;
    const place = places.get(key) ?? { span: state.span, names: new Set() };
    places.set(key, place);
    place.names.add(`\`${trace.set.reading.members[state.member]?.name}\``);
  }
  const ruledOut = [...places.values()].map(({ span, names }) =>
    unknownLeaf(`the compiler leaves ${[...names].join(", ")} out of the type of what is returned`, span),
  );
  return [...told, ...ruledOut];
}
