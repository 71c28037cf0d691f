/** Looks for the hooks of resources. When they are called is `resources.ts`. */

import type { Resource } from "../resource.js";

/** A hook of a value, if it has it. Throws what a getter throws. */
export function hookOf<K extends keyof Resource>(value: unknown, hook: K): Resource[K] | undefined {
  if (value === undefined || value === null) return undefined;
  const found = (value as Resource)[hook];
  return typeof found === "function" ? found : undefined;
}
