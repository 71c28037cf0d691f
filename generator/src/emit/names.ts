/** Names for generated code: identifiers out of any text, and no two alike in one scope. */

// Words that a generated identifier must not be: the language's own, those by which CommonJS, which the compiler may make of the module, reaches other modules
// and what this one exports, and the names that the templates use.
const RESERVED = new Set(
  (
    "abstract any arguments as async await boolean break case catch class const continue debugger declare default delete do else enum eval " +
    "export exports extends false finally for from function get if implements import in infer instanceof interface is keyof let module namespace never new " +
    "null number object of package private protected public readonly require return satisfies set static string super switch symbol this throw " +
    "true try type typeof undefined unique unknown using var void while with yield " +
    "admission attempt drive error next options r run s start watch RangeError Promise"
  ).split(" "),
);

// The functions of a dispatcher that is cut into parts.
const PART = /^drive\d+$/;

/** Hands out the names of one scope. */
export class Names {
  private readonly taken = new Set<string>();

  constructor(taken: Iterable<string> = []) {
    for (const name of taken) this.taken.add(name);
  }

  /** `wanted`, or with `suffix`, or with a number too when that is taken; taken from now on. */
  take(wanted: string, suffix = ""): string {
    const isTaken = (name: string): boolean => this.taken.has(name) || RESERVED.has(name) || PART.test(name);
    let name = isTaken(wanted) ? `${wanted}${suffix}` : wanted;
    for (let n = 2; isTaken(name); n++) name = `${wanted}${suffix}${n}`;
    this.taken.add(name);
    return name;
  }

  /** `short` if it is free, else `long`. */
  takeFirst(short: string, long: string): string {
    return this.take(this.taken.has(short) ? long : short);
  }

  /** A scope inside this one: what is taken here is taken there, and not the other way round. */
  scope(): Names {
    return new Names(this.taken);
  }
}

/** A string or number as a literal of generated code. */
export function literal(value: string | number): string {
  return JSON.stringify(value);
}

/** Any text as part of a comment, which it neither ends nor leaves: what ends a line or is not seen is written as an escape. */
export function commentText(text: string): string {
  return text
    .replaceAll("*/", "*\\/")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}
