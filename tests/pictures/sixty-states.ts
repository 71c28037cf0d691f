/** A workflow of 60 states with every kind of state and transition: what a large picture must still be readable for. */

import type { Drawing, DrawnState, DrawnTransition } from "../../runtime/src/drawing/drawing.js";

const PARTS = ["Receive", "Screen", "Reserve", "Price", "Approve", "Charge", "Pack", "Ship", "Deliver", "Settle"];
const STEPS = ["Request", "Lookup", "Decision", "Answer", "Record"];
const KINDS = [
  "task",
  "poll",
  "router",
  "compensatable",
  "task",
  "timer",
  "batch",
  "router",
  "stepped",
  "stream",
  "task",
] as const;

const names = PARTS.flatMap((part) => STEPS.map((step) => part + step)).concat(
  "Invoice",
  "Remind",
  "Collect",
  "Report",
  "Archive",
);
const exits = ["Completed", "Rejected", "Cancelled", "Lost", "Returned"];

/** The workflow. */
export const sixtyStates: Drawing = {
  name: "fulfilment",
  durable: true,
  initial: ["ReceiveRequest"],
  states: [...names.map(buildState), ...exits.map((name): DrawnState => ({ name, value: name, kind: "exit", reachable: true }))],
  transitions: names.flatMap(listTransitions),
};

function buildState(name: string, place: number): DrawnState {
  if (place % 17 === 8)
    return { name, value: name, kind: "split", branches: ["AskNorth", "AskSouth", "AskNorth"], join: "quorum" };
  const kind = KINDS[place % KINDS.length] ?? "task";
  return {
    name,
    value: name,
    kind,
    task: place % 3 === 0 ? name : `${name}Task`,
    retry: place % 4 === 1,
    attemptTimeout: place % 7 === 1,
  };
}

function listTransitions(from: string, place: number): readonly DrawnTransition[] {
  const to = (steps: number): string => names[place + steps] ?? "Completed";
  const onward: DrawnTransition = { from, to: to(1), carries: place % 2 === 0 ? "input" : "nothing", by: "method" };
  if (place % 17 === 8) return [{ ...onward, carries: "joined" }];
  const kind = KINDS[place % KINDS.length];
  return [
    onward,
    ...(kind === "router" ? [{ ...onward, to: to(3) }] : []),
    ...(place % 5 === 2 ? [{ ...onward, to: "Rejected", carries: "nothing" } as const] : []),
    ...(place % 12 === 7 ? [{ ...onward, to: to(-5) }] : []),
    ...(place % 11 === 4 ? [{ ...onward, to: from }] : []),
    ...(place % 14 === 3 ? [{ ...onward, to: "Cancelled", by: "fallback" } as const] : []),
    ...(place === 40 ? [{ ...onward, to: "Lost" }] : []),
    ...(place === 45 ? [{ ...onward, to: "Returned" }] : []),
  ];
}
