/** How the catalogue's texts name things. */

import type { StateKind } from "../../kinds/kinds.js";

/** A task: its class, where it has one, and the state that it is bound to. */
export interface Subject {
  readonly task: string | undefined;
  readonly state: string;
}

/** Names a task by its class, else by its state. */
export function subject({ task, state }: Subject): string {
  return task === undefined ? `the task of \`${state}\`` : `\`${task}\``;
}

/** Names several things: `` `a`, `b` and `c` ``. */
export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}

const KIND_WORDS: Readonly<Record<StateKind, string>> = {
  task: "a plain task",
  router: "a router",
  compensatable: "a compensatable task",
  poll: "a poll",
  timer: "a timer",
  batch: "a batch",
  stepped: "a stepped task",
  stream: "a stream",
  split: "a split",
  exit: "an exit",
};

/** Names what a state is bound to: `a stepped task`. */
export function kindWords(kind: StateKind): string {
  return KIND_WORDS[kind];
}
