/** The numbers of states that were stored by their names. */

import type { Home } from "../run/home.js";

/** The number of a stored state; -1 when the workflow has none of that name. */
export function numberOf({ states }: Home, stored: string): number {
  return states.findIndex((state) => String(state) === stored);
}
