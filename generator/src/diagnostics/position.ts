/** Turns offsets into lines and columns, as editors and the compiler count them. Drawing the lines is `frame.ts`. */

/** A place for readers: both numbers start at 1, the column counts UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A line's number and the offsets of its text, without the line end. */
export interface Line {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** The line ends that the compiler knows; `\r\n` is one of them. */
const lineEnd = /\r\n|[\n\r\u2028\u2029]/g;

/** Finds the line that holds `offset`; an offset beyond the text counts as its end. */
export function findLine(text: string, offset: number): Line {
  let number = 1;
  let start = 0;
  for (const match of text.matchAll(lineEnd)) {
    const next = match.index + match[0].length;
    if (offset < next) return { number, start, end: match.index };
    number += 1;
    start = next;
  }
  return { number, start, end: text.length };
}

/** Finds the line and column of `offset`; an offset beyond the text counts as its end. */
export function findPosition(text: string, offset: number): Position {
  const line = findLine(text, offset);
  return { line: line.number, column: Math.min(offset, text.length) - line.start + 1 };
}
