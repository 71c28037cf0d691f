/** Tells the generator's own files from everybody else's: modules by their first line, which the template prints, the lock by its mark. */

import { isLockText } from "../lock/parse-lock.js";
import { hasModuleHeader } from "../text/module-header.js";

/** Whether `text` starts as generated modules do, or is a lock. */
export function isGenerated(text: string): boolean {
  const plain = text.replace(/^\uFEFF/, "");
  return hasModuleHeader(plain) || (plain.startsWith("{") && isLockText(plain));
}
