/** Parses JSON with comments and trailing commas, as configurations of the compiler are written, without loading the compiler. */

/** The value, or what is wrong and at which offset. */
export type Jsonc =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "invalid"; readonly problem: string; readonly offset: number };

/** A string, a comment, or a comma with nothing but blanks and comments before the closing bracket; strings come first so that nothing in them counts. */
const token = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|,(?=(?:\s|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)*[\]}])/g;

/** Parses `text`; offsets in problems are offsets in `text`. */
export function parseJsonc(text: string): Jsonc {
  const plain = text
    .replace(/^\uFEFF/, " ")
    .replace(token, (match) => (match.startsWith('"') ? match : match.replace(/[^\n\r]/g, " ")));
  if (plain.trim() === "") return { kind: "value", value: {} };
  try {
    return { kind: "value", value: JSON.parse(plain) };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const offset = /at position (\d+)/.exec(message)?.[1];
    // The engine's message also quotes the text, in a way that changes from one version to the next.
    return {
      kind: "invalid",
      problem: "is not valid JSON",
      offset: offset === undefined ? plain.trimEnd().length : Number(offset),
    };
  }
}
