/** Texts as a terminal shows them: nothing in them can command it, and colours are used where they are wanted. */

import { styleText } from "node:util";
import type { Io } from "./io.js";

/** The colours that mean something here; whatever has one says it in words, too. */
export type Colour = "red" | "yellow" | "green" | "dim" | "bold";

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** Colours as `NO_COLOR` and `FORCE_COLOR` say, else on a terminal only. */
export function paintFor({ env, isTerminal }: Pick<Io, "env" | "isTerminal">): Paint {
  const isWanted = isSet(env["FORCE_COLOR"]) ? env["FORCE_COLOR"] !== "0" : isTerminal && env["TERM"] !== "dumb";
  if (!isWanted || isSet(env["NO_COLOR"])) return (_, text) => text;
  return (colour, text) => styleText(colour, text, { validateStream: false });
}

/** A text on one line. Control characters, with which an id or a message could move the cursor or change what was printed, are written as in JSON. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
    const quoted = JSON.stringify(character).slice(1, -1);
    return quoted === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}` : quoted;
  });
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
