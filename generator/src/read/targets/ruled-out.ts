/** Tells of states that come, though the type which the compiler has inferred for what is returned leaves them out. */

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
  const places = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    if (leaf.state.kind !== "member" || possible.has(leafKey(leaf))) {
      told.push(leaf);
      continue;
    }
    const { file, start } = leaf.state.span;
    const place = `${start}/${file}`;
    places.set(place, [...(places.get(place) ?? []), leaf]);
  }
  return [...told, ...[...places.values()].flatMap((ruledOut) => ruledOutLeaf(trace, ruledOut))];
}

function ruledOutLeaf({ set: { reading } }: Trace, leaves: readonly Leaf[]): readonly Leaf[] {
  const [first] = leaves;
  if (first === undefined) return [];
  const names = new Set(leaves.map(({ state }) => (state.kind === "member" ? `\`${reading.members[state.member]?.name}\`` : "")));
  return [unknownLeaf(`the compiler leaves ${[...names].join(", ")} out of the type of what is returned`, first.state.span)];
}
