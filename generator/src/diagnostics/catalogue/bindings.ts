/** Codes 1xxx from CANO1010: what is bound to a state, and how a task is written. */

import { define } from "./define.js";
import { listed, type Subject, subject } from "./wording.js";

export const notConstructible = define<{ task: string; problem: "abstract" | "private" | "arguments" }>(
  "CANO1010",
  "error",
  {
    title: "a bound class that cannot be constructed without arguments",
    reason:
      "A class in `tasks` or in a split is constructed by the generated module, once, without arguments. A class that needs them is bound as an instance, which you construct.",
  },
  ({ task, problem }) =>
    ({
      abstract: {
        message: `\`${task}\` is bound as a class, but it is abstract`,
        help: "bind a class that extends it",
      },
      private: {
        message: `\`${task}\` is bound as a class, but its constructor is not public`,
        help: "make the constructor public, or bind an instance",
      },
      arguments: {
        message: `\`${task}\` is bound as a class, but its constructor has required parameters`,
        help: `bind an instance, \`new ${task}(…)\`, or give the parameters defaults`,
      },
    })[problem],
);

/** A name that is there, and the one that was probably meant. */
export interface Slip {
  readonly found: string;
  readonly meant: string;
}

export const noTaskMethod = define<
  Subject & { methods: readonly string[]; role: "state" | "branch"; slip: Slip | undefined; hidden: string | undefined }
>(
  "CANO1011",
  "error",
  {
    title: "a binding without the method of a task",
    reason:
      "The kind of a task is told by the methods that it has: `run` makes a task or a branch, with `compensate` one that can be undone, `route` a router, `poll` a poll, `wait` and `afterWait` a timer, `load`, `processItem` and `finish` a batch, `step` a stepped task, `open`, `processItem`, `flushWindow` and `onClose` a stream. Without one there is nothing to call.",
  },
  ({ methods, role, slip, hidden, ...which }) => ({
    message: `${subject(which)} ${methods.length > 1 ? "has none of the methods" : "does not have the method"} ${listed(methods)} of a ${role === "branch" ? "branch" : "task"}`,
    help:
      hidden !== undefined
        ? `make \`${hidden}\` public, and no static method`
        : slip === undefined
          ? `give it the method ${methods.map((name) => `\`${name}\``).join(" or ")}${role === "branch" ? "" : ", and what else its kind has"}`
          : `rename \`${slip.found}\` to \`${slip.meant}\``,
  }),
);

export const twoShapes = define<Subject & { methods: readonly string[] }>(
  "CANO1012",
  "error",
  {
    title: "a task of two kinds at once",
    reason:
      "The kind of a task is told by the method that it has. With the methods of two kinds it could be either, and only one of them would ever be called.",
  },
  ({ methods, ...which }) => ({
    message: `${subject(which)} has the methods of several kinds of tasks: ${listed(methods)}`,
    help: "keep one of them in this class, and move the others to classes of their own",
  }),
);

export const disagreeingInterface = define<
  Subject & { named: string; role: "state" | "branch"; method: string; lacks: string | undefined }
>(
  "CANO1013",
  "error",
  {
    title: "a task that implements the interface of another kind",
    reason:
      "`implements` states what a class is meant to be; its methods and its place decide what it is. Where the two disagree, one of them is a mistake: a branch returns data that the join collects, a task returns the next state.",
  },
  ({ named, role, method, lacks, ...which }) => ({
    message: `${subject(which)} implements \`${named}\`, but ${role === "branch" ? "is a branch of a split" : lacks === undefined ? `its method \`${method}\` makes it another kind of task` : `has no method \`${lacks}\``}`,
    help:
      role === "branch"
        ? "implement `Branch`, and return data instead of a state"
        : `${lacks === undefined ? "" : `give it \`${lacks}\`, or `}implement the interface of the kind that it is`,
  }),
);

export const unknownConfigKey = define<{
  of: string;
  key: string;
  keys: readonly string[];
  meant: string | undefined;
}>(
  "CANO1014",
  "error",
  {
    title: "an unknown key in a task's `config`, or in another option of it",
    reason:
      "A key that nothing reads is a policy that is not in force: `retires` retries nothing, and nobody notices until it matters.",
  },
  ({ of, key, keys, meant }) => ({
    message: `\`${key}\` is not a key of a task's \`${of}\``,
    help: meant === undefined ? `the keys are ${listed(keys)}` : `write \`${meant}\``,
  }),
);

export const misspelledMember = define<Slip & { isThere: boolean; isStatic: boolean }>(
  "CANO1015",
  "error",
  {
    title: "a public member that is one slip away from one that its kind of task has",
    reason:
      "Other public members are free, but one that differs from a known one by a single slip was probably meant to be that one, and nothing would ever look at it.",
  },
  ({ found, meant, isThere, isStatic }) => ({
    message: `\`${isStatic ? "static " : ""}${found}\` is one slip away from \`${meant}\``,
    help: isStatic
      ? "remove `static`, since it is the instance that is looked at, or give it another name"
      : `${isThere ? "give it" : `write \`${meant}\`; if it is something else, give it`} a name that cannot be taken for ${isThere ? `\`${meant}\`` : "that"}, or make it private`,
  }),
);

export const missingMethods = define<
  Subject & { named: string; present: readonly string[]; missing: readonly string[]; slip: Slip | undefined }
>(
  "CANO1017",
  "error",
  {
    title: "a task with some methods of its kind, but not all",
    reason:
      "Some kinds of tasks have several methods, each of which is needed: a batch is loaded, worked through and finished. With one of them missing it would stop half way.",
  },
  ({ named, present, missing, slip, ...which }) => ({
    message: `${subject(which)} has ${listed(present)} of a \`${named}\`, but not ${listed(missing)}`,
    help: slip === undefined ? `add ${listed(missing)}` : `rename \`${slip.found}\` to \`${slip.meant}\``,
  }),
);

const ROOM = {
  resources:
    "let it take first the resources that it needs, `object` where it needs none, and the rest behind them; or no parameter at all",
  context: "let it take `Context<…>` with its input, or leave the parameter out",
  input: "let it take `Context<…>` with its input, or `Context` where it takes none",
};

export const closedParameter = define<Subject & { method: string | undefined; given: keyof typeof ROOM; type: string }>(
  "CANO1018",
  "error",
  {
    title: "a parameter that cannot be given what the runtime gives",
    reason:
      "A task's method is given its resources and a context, both of them objects. TypeScript lets a method take less than its interface says, so nothing but the generated module would fail to compile.",
  },
  ({ method, given, type, ...which }) => ({
    message: `${method === undefined ? `the branch function of \`${which.state}\`` : `\`${method}\` of ${subject(which)}`} takes \`${type}\` as its ${given}, which nothing that it is given can be`,
    help: ROOM[given],
  }),
);

export const collidingNames = define<{ name: string; exported: string }>(
  "CANO1016",
  "error",
  {
    title: "two workflows of one file with the same generated names",
    reason:
      "All workflows of a file share one generated module, and the names in it are made from theirs: `order` and `Order` would both export `createOrder`.",
  },
  ({ name, exported }) => ({
    message: `the workflow \`${name}\` would be generated as \`${exported}\`, which another workflow of this file is too`,
    help: "give one of the two another `name`",
  }),
);
