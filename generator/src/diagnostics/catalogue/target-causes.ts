/** Causes why a target cannot be told that have a cure of their own: naming the states in the return type would not help there, or nothing else would. */

/** What such a cause is, as it stands behind "because". */
export const TARGET_CAUSES = {
  undoable: "it is made by `undoable()`, which only `run` of a task with a method `compensate` may return",
  pending: "it is made by `pending()`, which only `poll` may return",
  more: "it is made by `more()`, which only `step` may return",
  generator: "it is a generator",
  decorated: "it is decorated",
} as const;

/** The cause where a type is all states, though nobody wrote that down. */
export function widenedTo(states: string): string {
  return `the compiler widens its type to the whole of \`${states}\``;
}

/** What to do about it; undefined for any other cause. */
export function targetCure(why: string, methods: string, states: string): string | undefined {
  const cures: Readonly<Record<string, string>> = {
    [TARGET_CAUSES.undoable]:
      methods === "`run`"
        ? "give its task a method `compensate`, or return the next state as it is"
        : "return the next state as it is, and do what has to be undone in a task with `run` and `compensate`",
    [TARGET_CAUSES.pending]: `return a member of \`${states}\`, or write a poll: rename ${methods} to \`poll\``,
    [TARGET_CAUSES.more]: `return a member of \`${states}\`, or write a stepped task: rename ${methods} to \`step\``,
    [TARGET_CAUSES.generator]: `leave the \`*\` out, and return a member of \`${states}\``,
    [TARGET_CAUSES.decorated]: `name the states in the return type of ${methods}, as members of \`${states}\``,
    // In the return type, fewer states than all would not compile.
    [widenedTo(states)]: "write `as const` behind each state where it comes from, or name the states in a type there",
  };
  return cures[why];
}
