/** How the catalogue's texts name things. */

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
