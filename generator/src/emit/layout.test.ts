import fc from "fast-check";
import { expect, test } from "vitest";
import type { Machine, Node, Target } from "../model/machine.js";
import { buildLayout } from "./layout.js";

const bare = (to: number): Target => ({ to, carries: false, by: "method" });
const carrying = (to: number): Target => ({ to, carries: true, by: "method" });
const exit = (): Node => ({ kind: "exit", name: "X", value: "x", reachable: true });

function task(...targets: Target[]): Node {
  const facts = {
    exact: true,
    mixed: false,
    synchronous: true,
    takesResources: false,
    needsResources: false,
    takesContext: false,
    takesInput: false,
    retry: false,
    attemptTimeout: false,
    guarded: "no" as const,
    breaks: false,
  };
  return { kind: "task", name: "T", value: "t", task: "T", form: "class", importable: undefined, targets, ...facts };
}

function machine(nodes: readonly Node[], initial: readonly number[] = [0]): Machine {
  const names = {
    name: "m",
    exported: { kind: "default" },
    file: "/m.ts",
    importStyle: ".js",
    statesKind: "enum",
    statesName: "M",
  } as const;
  return {
    ...names,
    nodes,
    initial,
    totalTimeout: false,
    compensationTimeout: false,
    durable: false,
    codecs: false,
    migrations: false,
    record: undefined,
    kept: [],
  };
}

test("a chain is one block", () => {
  expect(buildLayout(machine([task(bare(1)), task(bare(2)), task(bare(3)), exit()]))).toEqual({
    blocks: [[0, 1, 2]],
    numbers: [0, 1, 2, 3],
  });
});

test("a state that is entered from two places begins a block", () => {
  const nodes = [task(bare(1), bare(2)), task(bare(3)), task(bare(3)), task(bare(4)), exit()];
  expect(buildLayout(machine(nodes)).blocks).toEqual([[0, 1], [3], [2]]);
});

test("a state that is entered again from itself begins a block", () => {
  expect(buildLayout(machine([task(bare(1)), task(bare(1), bare(2)), exit()])).blocks).toEqual([[0], [1]]);
});

test("an initial state begins a block, however it is entered else", () => {
  expect(buildLayout(machine([task(bare(1)), task(bare(2)), exit()], [0, 1])).blocks).toEqual([[0], [1]]);
});

test("where some targets are bare and some carry an input, one that carries follows", () => {
  const nodes = [task(bare(1), carrying(2)), task(bare(3)), task(bare(3)), exit()];
  expect(buildLayout(machine(nodes)).blocks[0]).toEqual([0, 2]);
});

test("any machine: every state in one block, numbers dense, and inner states entered from the state before only", () => {
  const machines = fc.integer({ min: 1, max: 12 }).chain((states) => {
    const target = fc.record({
      to: fc.integer({ min: 0, max: states }),
      carries: fc.boolean(),
      by: fc.constantFrom("method", "fallback"),
    });
    const targets = fc.uniqueArray(target, { minLength: 1, maxLength: 4, selector: ({ to }) => to });
    return fc.array(targets, { minLength: states, maxLength: states });
  });
  fc.assert(
    fc.property(machines, (targets) => {
      const nodes = [...targets.map((list) => task(...list)), exit()];
      const { blocks, numbers } = buildLayout(machine(nodes));
      expect(blocks.flat().toSorted((a, b) => a - b)).toEqual(targets.map((_, at) => at));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(nodes.map((_, at) => at));
      for (const block of blocks) {
        for (const [at, place] of block.entries()) {
          const from = targets.flatMap((list, source) => (list.some(({ to }) => to === place) ? [source] : []));
          if (at > 0) expect(from).toEqual([block[at - 1]]);
          if (at > 0) expect(numbers[place]).toBe((numbers[block[at - 1] ?? 0] ?? 0) + 1);
        }
      }
    }),
  );
});
