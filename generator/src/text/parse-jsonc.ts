/** Parses JSON with comments and trailing commas, as configurations of the compiler are written, without loading the compiler. */

import { createRequire } from "node:module";
import type * as Jsonc from "jsonc-parser";

/** The value, or what is wrong and at which offset. */
export type ParsedJsonc =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "invalid"; readonly problem: string; readonly offset: number };

/** What is wrong with a text that is nested deeper than the stack is. */
export const TOO_DEEP = "is nested too deeply";

let loaded: typeof Jsonc | undefined;

/** The library, which is loaded when a text is first met that is no plain JSON, or has to be shown. */
export function loadJsonc(): typeof Jsonc {
  // At once, since the pipeline does not wait for anything.
  loaded ??= createRequire(import.meta.url)("jsonc-parser") as typeof Jsonc;
  return loaded;
}

/** Parses `text`; offsets in problems are offsets in `text`. An empty text is an empty object, as it is to the compiler. */
export function parseJsonc(text: string): ParsedJsonc {
  // A byte order mark is no part of the value, and counts as a character.
  const plain = text.replace(/^\uFEFF/, " ");
  if (plain.trim() === "") return { kind: "value", value: {} };
  try {
    return { kind: "value", value: JSON.parse(plain) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return parseLoosely(plain);
  }
}

function parseLoosely(plain: string): ParsedJsonc {
  const errors: Jsonc.ParseError[] = [];
  try {
    const value: unknown = loadJsonc().parse(plain, errors, { allowTrailingComma: true });
    const [first] = errors;
    if (first === undefined) return { kind: "value", value };
    // What is missing at the end is shown behind the last character.
    return { kind: "invalid", problem: "is not valid JSON", offset: Math.min(first.offset, plain.trimEnd().length) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "invalid", problem: TOO_DEEP, offset: 0 };
  }
}
