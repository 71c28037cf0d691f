/** Codes 4xxx: data between states, and resources. */

import { define } from "./define.js";

export const misfit = define<{ state: string; from: "to" | "join"; path: string; sent: string; taken: string }>(
  "CANO4001",
  "error",
  {
    title: "what is handed over does not fit what the next state takes",
    reason:
      "The next task would find something else in `input` than what it declares. TypeScript cannot see this, since the two tasks meet only in the machine.",
  },
  ({ state, from, path, sent, taken }) => ({
    message: `${from === "join" ? "what the join hands to" : "what is handed to"} \`${state}\` is \`${sent}\`${path === "" ? "" : ` at \`${path}\``}, but its task takes \`${taken}\``,
    help:
      from === "join"
        ? "let its task take `Joined` with the split's input and its branches' results"
        : "hand over what its task takes, or change its `Context<…>`",
  }),
);

export const bareEntry = define<{ state: string; taken: string }>(
  "CANO4002",
  "error",
  {
    title: "a state that takes an input is entered without one",
    reason: "The next task would find nothing in `input`.",
  },
  ({ state, taken }) => ({
    message: `\`${state}\` is entered without an input, but its task takes \`${taken}\``,
    help: `return \`to(…)\` with the input, or let its task accept \`undefined\``,
  }),
);

export const unusedInput = define<{ state: string }>(
  "CANO4003",
  "warning",
  {
    title: "an input for a state that takes none",
    reason: "What is handed over is never looked at. Either the next task was meant to take it, or it is left over.",
  },
  ({ state }) => ({
    message: `an input is handed to \`${state}\`, but its task takes none`,
    help: "return the state as it is, or let its task take `Context<…>`",
  }),
);

export const resourceConflict = define<{
  resource: string;
  first: string;
  firstType: string;
  second: string;
  secondType: string;
}>(
  "CANO4004",
  "error",
  {
    title: "a resource with two types that contradict",
    reason: "All tasks of a workflow get the same resources. One value must be what each of them asks for under that name.",
  },
  ({ resource, first, firstType, second, secondType }) => ({
    message: `\`${second}\` asks for the resource \`${resource}\` as \`${secondType}\`, but \`${first}\` asks for it as \`${firstType}\``,
    help: "agree on one type, or ask for one of the two under another name",
  }),
);

export const branchInputConflict = define<{ first: string; firstType: string; second: string; secondType: string }>(
  "CANO4005",
  "error",
  {
    title: "branches of one split with inputs that contradict",
    reason:
      "Every branch gets the split's own input, so that must be what each of them takes. No value can be both of two types that contradict.",
  },
  ({ first, firstType, second, secondType }) => ({
    message: `the branch \`${second}\` takes \`${secondType}\`, but the branch \`${first}\` of the same split takes \`${firstType}\``,
    help: "let both take one type that has what each of them needs",
  }),
);
