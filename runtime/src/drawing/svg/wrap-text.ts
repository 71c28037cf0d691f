/** Breaks long names into lines where a reader would: at spaces and signs, between the words of a compound, and anywhere if nothing else helps. */

import { type TextStyle, textWidth } from "./text-line.js";

/** The lines of `text`, none wider than `limit` pixels in `style` unless it is a single character; at least one. */
export function wrapText(text: string, style: TextStyle, limit: number): readonly string[] {
  const lines = [""];
  for (const word of wordsOf(text)) {
    for (const piece of piecesOf(word, style, limit)) {
      const line = lines.at(-1) ?? "";
      if (line === "" || textWidth((line + piece).trimEnd(), style) <= limit) lines[lines.length - 1] = line + piece;
      else lines.push(piece);
    }
  }
  return lines.map((line) => line.trim());
}

/** The words with what ends them; together they are the text. */
function wordsOf(text: string): readonly string[] {
  return text.replace(/\s/g, " ").split(/(?<=[\s_.,:/-])|(?<=[\p{Ll}\d])(?=\p{Lu})/u);
}

/** A word that is too wide is cut, character by character. */
function piecesOf(word: string, style: TextStyle, limit: number): readonly string[] {
  if (textWidth(word.trimEnd(), style) <= limit) return [word];
  const pieces = [""];
  for (const character of word) {
    const piece = pieces.at(-1) ?? "";
    if (piece === "" || textWidth(piece + character, style) <= limit) pieces[pieces.length - 1] = piece + character;
    else pieces.push(character);
  }
  return pieces;
}
