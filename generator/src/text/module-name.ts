/** What the module that is generated from a source is called. */

import { basename } from "node:path";

/** `order.cano.ts` for `…/order.ts`. */
export function moduleNameOf(source: string): string {
  return basename(source).replace(/\.([cm]?)tsx?$/, ".cano.$1ts");
}
