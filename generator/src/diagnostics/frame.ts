/** Draws the lines of a code frame: the first source line of a span with carets under it. The text around it is `render.ts`. */

import { findLine } from "./position.js";

/** What a frame shows, before colours: the gutter, the source line, and the carets with the blanks before them. */
export interface Frame {
  /** The line number. */
  readonly gutter: string;
  readonly source: string;
  readonly underline: string;
}

/** How many columns of a source line are shown at most. */
const widest = 120;

/** How many columns are kept before the span when a line is cut. */
const lead = 30;

/** The width of a tab; fixed, because the width in the reader's terminal cannot be known. */
const tab = "    ";

/** Builds the frame of the span from `start` to `end`. A span over several lines is underlined on its first; an empty one gets one caret. */
export function buildFrame(text: string, start: number, end: number): Frame {
  const line = findLine(text, start);
  const from = Math.min(start, line.end);
  const to = Math.max(from, Math.min(end, line.end));
  const before = columns(text.slice(line.start, from));
  const inside = columns(end > line.end ? text.slice(from, to).trimEnd() : text.slice(from, to));
  const after = columns(text.slice(from, line.end)).slice(inside.length);
  const shown = cut(before, inside, after);
  return { gutter: String(line.number), source: shown.source, underline: " ".repeat(shown.blanks) + "^".repeat(shown.carets) };
}

/** The characters as the terminal shows them, one array entry a column: tabs made wide, what would act on the terminal replaced. */
function columns(text: string): readonly string[] {
  // Code points, so that a character outside the basic plane takes one column and is never cut in half.
  return [...text.replaceAll("\t", tab)].map((character) => (/\p{Cc}|\p{Cf}/u.test(character) ? "\uFFFD" : character));
}

/** Shortens a line that is too long to the part around the span. */
function cut(
  before: readonly string[],
  inside: readonly string[],
  after: readonly string[],
): { source: string; blanks: number; carets: number } {
  const all = [...before, ...inside, ...after];
  const carets = Math.max(1, inside.length);
  if (all.length <= widest) return { source: all.join("").trimEnd(), blanks: before.length, carets };
  const first = Math.max(0, Math.min(before.length - lead, all.length - widest));
  const last = Math.min(all.length, first + widest);
  const head = first > 0 ? "…" : "";
  const tail = last < all.length ? "…" : "";
  const blanks = before.length - first + head.length;
  return {
    source: head + all.slice(first, last).join("").trimEnd() + tail,
    blanks,
    carets: Math.min(carets, last - before.length),
  };
}
