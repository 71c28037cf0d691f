/** A machine for tests with one node of each kind, a bare and a carried edge, and names that need escaping. */

import type { Machine, TaskNode } from "../../model/machine.js";

const task = {
  form: "class",
  importable: undefined,
  exact: true,
  mixed: false,
  synchronous: false,
  takesResources: false,
  needsResources: false,
  takesContext: false,
} as const;

function makeTask(node: Pick<TaskNode, "kind" | "name" | "value" | "task" | "targets">): TaskNode {
  return {
    ...task,
    takesInput: false,
    retry: node.name === "Charge",
    attemptTimeout: false,
    guarded: "no",
    breaks: false,
    ...node,
  };
}

/** The machine. */
export const sampleMachine: Machine = {
  name: "order",
  exported: { kind: "named", name: "order" },
  file: "/project/order.ts",
  importStyle: ".js",
  statesKind: "enum",
  statesName: "Order",
  nodes: [
    makeTask({
      kind: "router",
      name: "Sort",
      value: "sort",
      task: "SortOrder",
      targets: [
        { to: 1, carries: true, by: "method" },
        { to: 4, carries: false, by: "fallback" },
      ],
    }),
    {
      kind: "split",
      name: "Quote",
      value: "quote",
      branches: ["QuoteFrom", "QuoteFrom"],
      kinds: [],
      join: "quorum",
      next: 2,
      handsOn: true,
      needsResources: false,
      takesInput: true,
      guarded: false,
      breaks: false,
    },
    makeTask({
      kind: "task",
      name: "Charge",
      value: 7,
      task: "Charge",
      targets: [
        { to: 2, carries: false, by: "method" },
        { to: 3, carries: false, by: "method" },
        { to: 3, carries: true, by: "fallback" },
      ],
    }),
    { kind: "exit", name: "Done", value: "done", reachable: true },
    { kind: "exit", name: 'say "no" <b>\\', value: "no", reachable: false },
  ],
  initial: [0, 2],
  totalTimeout: false,
  compensationTimeout: false,
  durable: false,
  codecs: false,
  migrations: false,
  record: undefined,
  kept: [],
};
