/** How code reaches a member of an object by its name. */

import { isName } from "./is-name.js";

/** `.name` where that may stand after an object, else `["name"]`. */
export function memberAccess(name: string): string {
  return isName(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
