/** Declared targets that no path of a method returns. */

import type { MethodReading } from "../read/reading.js";
import type { TargetReading } from "../read/target-reading.js";

/** Lists the targets that stand in the annotation only; none where the body leaves a doubt. */
export function listUnreturned(method: MethodReading): readonly TargetReading[] {
  const returned = new Set<number>();
  if (!method.annotated || method.returned === undefined) return [];
  for (const ref of method.returned) {
    if (ref.kind !== "member") return [];
    returned.add(ref.member);
  }
  return method.targets.filter(({ state }) => state.kind === "member" && !returned.has(state.member));
}
