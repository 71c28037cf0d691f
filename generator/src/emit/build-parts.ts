/** Cuts a dispatcher into functions. A function with many states, or more than some 300 awaits, is no longer optimised well. */

import { buildBlock } from "./build-states.js";
import type { Layout } from "./layout.js";
import type { PartView } from "./view.js";
import { nodeAt, RETURNED, stateType, type Words } from "./words.js";

const STATES_IN_A_PART = 64;

/** See the file's first line. A machine that fits has one part, which is the dispatcher. */
export function buildParts(words: Words, layout: Layout): readonly PartView[] {
  const groups = groupBlocks(layout.blocks);
  let begin = 0;
  return groups.map((group, at) => {
    const part = { begin, end: begin + group.flat().length };
    begin = part.end;
    const blocks = group.map((block) => buildBlock(words, layout, block, part));
    return {
      admits: blocks.some(({ states }) => states.some(({ admitted }) => admitted)),
      returned: buildReturned(words, group.flat()),
      function: groups.length === 1 ? "drive" : `drive${at + 1}`,
      end: part.end,
      last: at === groups.length - 1,
      single: groups.length === 1,
      blocks,
    };
  });
}

// Only what is used is declared.
function buildReturned(words: Words, places: readonly number[]): PartView["returned"] {
  const returned = new Map<string, string>();
  for (const place of places) {
    const { kind } = nodeAt(words, place);
    if (kind === "exit" || kind === "split") continue;
    const name = words.returnedNames[place] ?? "";
    const tasks = name === RETURNED ? words.tasksType : `Pick<${words.tasksType}, ${stateType(words, place)}>`;
    returned.set(name, `${words.imports.use("ReturnedBy")}<${tasks}>`);
  }
  return Array.from(returned, ([name, type]) => ({ name, type }));
}

function groupBlocks(blocks: readonly (readonly number[])[]): readonly (readonly (readonly number[])[])[] {
  const groups: (readonly number[])[][] = [[]];
  let states = 0;
  for (const block of blocks.flatMap(cutBlock)) {
    if (states > 0 && states + block.length > STATES_IN_A_PART) {
      groups.push([]);
      states = 0;
    }
    groups.at(-1)?.push(block);
    states += block.length;
  }
  return groups;
}

/** A block longer than a part becomes several, each of which jumps to the next. */
function cutBlock(block: readonly number[]): readonly (readonly number[])[] {
  const pieces: (readonly number[])[] = [];
  for (let at = 0; at < block.length; at += STATES_IN_A_PART) pieces.push(block.slice(at, at + STATES_IN_A_PART));
  return pieces;
}
