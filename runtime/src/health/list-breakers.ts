/** The circuit breakers that the tasks and branches of a workflow have in their configs, by name. */

import type { CircuitBreaker } from "../resilience/circuit-breaker.js";
import type { Policies } from "../resilience/policies.js";
import type { PreparedSplit } from "../task/prepared-split.js";

/** Where a breaker may be: the policies of a task, or a split with those of its branches. */
export type Breaking = Pick<Policies, "config"> | Pick<PreparedSplit<unknown>, "branches">;

/** See the file's first line. Each once; of several that have one name, all but the first are numbered. Of branches that a function computes nothing is known. */
export function listBreakers(places: readonly Breaking[]): readonly (readonly [name: string, breaker: CircuitBreaker])[] {
  const found = new Set(
    places.flatMap(policiesIn).flatMap(({ config: { breaker } }) => (breaker === undefined ? [] : [breaker])),
  );
  const named = new Map<string, CircuitBreaker>();
  for (const breaker of found) {
    let name = breaker.name;
    for (let number = 2; named.has(name); number++) name = `${breaker.name} ${number}`;
    named.set(name, breaker);
  }
  return [...named];
}

function policiesIn(place: Breaking): readonly Pick<Policies, "config">[] {
  if ("config" in place) return [place];
  return typeof place.branches === "function" ? [] : place.branches.map(({ policies }) => policies);
}
