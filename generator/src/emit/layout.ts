/**
 * Arranges the states of a machine into blocks, the cases of the dispatcher's switch, and numbers them. A block is a straight stretch: its
 * first state can be jumped to, every other one is entered only from the state before it, so no dispatch stands between them. Numbers
 * count up within a block, which is what the runtime's trail relies on.
 */

import type { Machine, Node } from "../model/machine.js";

/** Where every state goes. */
export interface Layout {
  /** Places in `machine.nodes`, block after block; exits are in none. */
  readonly blocks: readonly (readonly number[])[];
  /** The dispatcher's number of each place in `machine.nodes`: tasks and splits in the order of the blocks, then the exits. */
  readonly numbers: readonly number[];
}

/** See the file's first lines. */
export function buildLayout(machine: Machine): Layout {
  const { nodes } = machine;
  // A run that is stored may be resumed in any state, so each begins a block.
  const blocks = machine.durable ? buildBlocks(machine).flatMap((block) => block.map((place) => [place])) : buildBlocks(machine);
  const exits = nodes.flatMap((node, place) => (node.kind === "exit" ? [place] : []));
  const numbers = nodes.map(() => 0);
  for (const [number, place] of [...blocks.flat(), ...exits].entries()) numbers[place] = number;
  return { blocks, numbers };
}

function buildBlocks({ nodes, initial }: Machine): readonly (readonly number[])[] {
  const entries = countEntries(nodes);
  const placed = new Set<number>();
  const canFollow = (place: number): boolean =>
    entries[place] === 1 && nodes[place]?.kind !== "exit" && !initial.includes(place) && !placed.has(place);
  const blocks: number[][] = [];
  const place = (head: number): void => {
    if (placed.has(head) || nodes[head]?.kind === "exit") return;
    const block: number[] = [];
    for (let next: number | undefined = head; next !== undefined;) {
      placed.add(next);
      block.push(next);
      next = followers(nodes[next]).find(canFollow);
    }
    blocks.push(block);
  };
  for (const head of initial) place(head);
  // Heads first: a state that is only entered from one place must be left for the block of that place.
  nodes.forEach((_, index) => entries[index] === 1 || place(index));
  nodes.forEach((_, index) => place(index));
  return blocks;
}

/** How many transitions lead to each state. */
function countEntries(nodes: readonly Node[]): number[] {
  const entries = nodes.map(() => 0);
  for (const target of nodes.flatMap(targetsOf)) entries[target] = (entries[target] ?? 0) + 1;
  return entries;
}

/** Targets that may stand right behind a state: where some are bare and some are not, those that carry an input, which are compared last. */
function followers(node: Node | undefined): readonly number[] {
  if (node === undefined || node.kind === "exit" || node.kind === "split") return targetsOf(node);
  const carrying = node.targets.filter(({ carries }) => carries);
  return (carrying.length > 0 ? carrying : node.targets).map(({ to }) => to);
}

function targetsOf(node: Node | undefined): readonly number[] {
  if (node === undefined || node.kind === "exit") return [];
  return node.kind === "split" ? [node.next] : node.targets.map(({ to }) => to);
}
