/** A workflow for tests that has something of most that a lock can hold. */

import { workflowOf } from "./lock-of.js";

/** Its second version, which leads on from its first. */
export const order = workflowOf(
  "order",
  {
    version: 2,
    migrates: [1],
    codecs: { date: "dates", money: "{ cents: number }" },
    states: {
      reserve: { kind: "compensatable", to: ["quote"], input: "{ sku: string; notes?: string[] }", undo: "string" },
      quote: { kind: "stepped", to: ["done"], cursor: "number" },
      done: { output: "{ id: string } | undefined" },
    },
  },
  { version: 1, states: { "10": { to: ["2"] }, "2": { output: "undefined" } } },
);
