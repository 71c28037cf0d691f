/** Lines of text in a picture: their fonts, the room that they take, and how they are written so that they keep to it in any font. */

import { round, textElement } from "./xml.js";

/** How a text is set; the name is also its class in the style sheet. */
export type TextStyle = "heading" | "title" | "task" | "chip" | "note";

/** A text whose middle is at `x` and `y`, in pixels. */
export interface TextLine {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly style: TextStyle;
  /** Whether it stands on a chip that is filled with a strong colour. */
  readonly onColour?: boolean;
}

/** The fonts of the styles: sizes in pixels. */
export const FONTS: Readonly<Record<TextStyle, { readonly size: number; readonly bold: boolean }>> = {
  heading: { size: 16, bold: true },
  title: { size: 13, bold: true },
  task: { size: 11, bold: false },
  chip: { size: 10, bold: false },
  note: { size: 11, bold: false },
};

/** The height of a line in a style, in pixels. */
export function lineHeight(style: TextStyle): number {
  return Math.ceil(FONTS[style].size * 1.35);
}

/** The width of a text in a style, in pixels. */
export function textWidth(text: string, style: TextStyle): number {
  const { size, bold } = FONTS[style];
  const table = bold ? BOLD : REGULAR;
  let thousandths = 0;
  for (const character of text.normalize("NFD")) thousandths += table[character.charCodeAt(0) - 32] ?? widthOf(character);
  return (thousandths * size) / 1_000;
}

/** Renders a line; `textLength` makes a font that is wider or narrower than the table keep to the room that was measured. */
export function renderLine({ x, y, text, style, onColour = false }: TextLine): string {
  const attributes = {
    class: onColour ? `${style} on` : style,
    x,
    y: round(y + FONTS[style].size * 0.36),
    textLength: round(textWidth(text, style)),
    lengthAdjust: "spacingAndGlyphs",
  };
  return textElement("text", attributes, text);
}

// Marks above a letter take no room; signs of East Asia and pictures take a square; of the rest few letters are wider than 0.8.
function widthOf(character: string): number {
  if (/\p{M}|\p{Cf}/u.test(character)) return 0;
  return /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Extended_Pictographic}|[\u3000-\u303F\uFF00-\uFF60]/u.test(
    character,
  )
    ? 1_000
    : 750;
}

// Widths of Helvetica in thousandths of its size, from the space on; Arial, Liberation Sans, Nimbus Sans and Arimo have the same.
const REGULAR: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
  556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
  722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
  500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const BOLD: readonly number[] = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
  556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778,
  722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278,
  556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];
