/** Texts told apart by something short. */

import { createHash } from "node:crypto";

/** A short fingerprint of a text. */
export function hashText(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("base64url");
}
