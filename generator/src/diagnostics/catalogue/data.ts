/** Codes 4xxx: data between states, and resources. */

import { define } from "./define.js";
import { type Subject, subject } from "./wording.js";

const CURES = {
  "as const": "TypeScript widens a literal here: put `as const` behind it, or let its task take the wider type",
  widened: "let the two agree on one type: where TypeScript has widened a literal, put `as const` behind it",
  await: "it is a promise: `await` it first",
  instance: "its class is generic: bind an instance with its type arguments, such as `new Work<string>()`, in place of the class",
};

export const misfit = define<{
  state: string;
  from: "to" | "join";
  path: string;
  sent: string;
  taken: string;
  missing?: boolean;
  cure?: keyof typeof CURES;
}>(
  "CANO4001",
  "error",
  {
    title: "what is handed over does not fit what the next state takes",
    reason:
      "The next task would find something else in `input` than what it declares. TypeScript cannot see this, since the two tasks meet only in the machine.",
  },
  ({ state, from, path, sent, taken, missing = false, cure }) => ({
    message: `${from === "join" ? "what the join hands to" : "what is handed to"} \`${state}\` ${missing ? "has nothing" : `is \`${sent}\``}${path === "" ? "" : ` at \`${path}\``}, but its task takes \`${taken}\``,
    help:
      from === "join"
        ? "let its task take `Joined` with the split's input and its branches' results"
        : cure
          ? CURES[cure]
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

export const flowMisfit = define<
  Subject & { from: string; to: string; path: string; sent: string; taken: string; cure?: keyof typeof CURES }
>(
  "CANO4006",
  "error",
  {
    title: "a method of a task that does not take what another one gives it",
    reason:
      "Items, outputs, outcomes and cursors pass from one method of a task to another. TypeScript lets a method take less than its interface says, so only the generator can see that they do not meet.",
  },
  ({ from, to, path, sent, taken, cure, ...which }) => ({
    message: `\`${to}\` of ${subject(which)} takes \`${taken}\`${path === "" ? "" : ` at \`${path}\``}, but ${from.includes(" ") ? from : `\`${from}\``} gives it \`${sent}\``,
    help: from.includes(" ")
      ? `let the parameter of \`${to}\` take it`
      : cure
        ? CURES[cure]
        : "let the two methods agree on one type",
  }),
);

export const wrongResult = define<Subject & { method: string; given: string; lack: string; wanted: string }>(
  "CANO4007",
  "error",
  {
    title: "a method of a task that returns what its kind cannot use",
    reason:
      "What `load` and `open` return is iterated, what `wait` returns is waited for, and a stream's `processItem` returns an output together with the cursor behind it. What a branch of a split returns is data: it cannot lead anywhere, and a state would be lost.",
  },
  ({ method, given, lack, wanted, ...which }) => ({
    message: `\`${method}\` of ${subject(which)} returns \`${given}\`, which ${lack}`,
    help: `return ${wanted}`,
  }),
);

export const lossyCursor = define<Subject & { path: string; type: string; why: string }>(
  "CANO4008",
  "error",
  {
    title: "a cursor that does not survive JSON",
    reason:
      "A cursor says where to go on, also in another process: it is stored as JSON. What JSON drops or changes would be missing when it is needed.",
  },
  ({ path, type, why, ...which }) => ({
    message: `the cursor of ${subject(which)} does not survive JSON: \`${type}\`${path === "" ? "" : ` at \`${path}\``} ${why}`,
    help: "keep to texts, numbers, booleans, `null`, arrays and plain objects: a date as its `toISOString()`, a map as its entries",
  }),
);
