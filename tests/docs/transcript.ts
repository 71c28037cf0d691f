/** Follows a page as its reader would: writes the files, runs the commands, and compares what they print. */

import { expect } from "vitest";
import type { Ended } from "../support/packed.js";
import { type Block, commandsOf } from "./blocks.js";

const DATE = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d/;
const DATES = new RegExp(DATE, "g");

/** Where a page is followed. */
export interface Folder {
  write(files: Readonly<Record<string, string>>): void;
  /** Runs a command as it is written. */
  shell(command: string): Ended;
}

/**
 * Follows `blocks` in `folder`. What npm prints is npm's own business; everything else prints what the page says, or nothing, but for dates and
 * durations of real runs, and the blanks around them.
 */
export function follow(blocks: readonly Block[], folder: Folder): void {
  blocks.forEach((block, index) => {
    if (block.mark !== undefined) return;
    if (block.file !== undefined) folder.write({ [block.file]: block.text });
    if (block.language !== "sh") return;
    const printed = commandsOf(block)
      .map((command) => {
        const { code, stdout, stderr } = folder.shell(command);
        expect({ place: block.place, command, code, stderr }).toEqual({ place: block.place, command, code: 0, stderr: "" });
        return command.startsWith("npm ") ? "" : stdout;
      })
      .join("");
    const next = blocks[index + 1];
    expect(`${block.place}\n${timeless(printed)}`).toBe(`${block.place}\n${next?.isOutput === true ? timeless(next.text) : ""}`);
  });
}

function timeless(text: string): string {
  if (!DATE.test(text)) return text;
  return text
    .replaceAll(DATES, "<date>")
    .replaceAll(/\b(?:\d+[dhm] )?\d[\d.]*(?:ms|[smh])\b/g, "<for>")
    .replaceAll(/ +/g, " ");
}
