/** Checks what a durable workflow says of itself. What it stores is for `check-storage.ts`. */

import { badVersion, noVersion } from "../diagnostics/catalogue/durability.js";
import type { Check } from "./check.js";
import { isCount } from "./numbers.js";

// What a column of every database can hold.
const LARGEST = 2 ** 31 - 1;

/**
 * Stored runs are told apart by the version under which they were begun, so a durable workflow has one, which can be read without running
 * anything.
 *
 * Breaks it: `durable: true` without `version`, `version: 0`, `version: Number(process.env.VERSION)`.
 */
export const checkDurability: Check = (draft, report) => {
  const { durable, span, version } = draft.durability;
  if (!durable || span === undefined) return;
  // Behind the value: `durable` may be a shorthand.
  const behind = { ...span, start: span.end };
  if (version === undefined)
    report(noVersion(span, {}, { fix: { title: "add `version: 1`", span: behind, text: ", version: 1" } }));
  else if (version.value === undefined || !isCount(version.value) || version.value < 1 || version.value > LARGEST)
    report(badVersion(version.span, { value: version.value, most: LARGEST }));
};
