/** Codes 3xxx from CANO3019: tasks whose effects can be undone. */

import { define } from "./define.js";
import { listed, type Subject, subject } from "./wording.js";

export const undoableBranch = define<Subject>(
  "CANO3019",
  "error",
  {
    title: "a branch of a split that would have to be undone",
    reason:
      "What a run has done is undone in reverse order, one after the other. Branches run beside each other and may be abandoned half way when their join is decided, so " +
      "there would be no order, and no telling what was done.",
  },
  (which) => ({
    message: `${subject(which)} has a method \`compensate\`, but is a branch of a split`,
    help: "bind it to a state of its own before or after the split, or let one compensatable task do what its branches do",
  }),
);

export const lastingEffect = define<Subject & { later: readonly string[] | "never called" }>(
  "CANO3020",
  "warning",
  {
    title: "an effect that a later failure cannot undo",
    reason:
      'The workflow says `sagas: "complete"`: whatever it does is to be undone when it fails. This task has no `compensate`, or never returns the `undoable(…)` ' +
      "without which that is not called, and states that may fail come after it. A `compensate` that is never called is told in any workflow. Routers, polls and timers are taken to have no effect; whether a task has one cannot be proved.",
  },
  ({ later, ...which }) =>
    later === "never called"
      ? {
          message: `\`compensate\` of ${subject(which)} is never called: no path of \`run\` returns \`undoable(…)\``,
          help: "return `undoable(next, output)` where there is something to undo, or remove `compensate`",
        }
      : {
          message: `what ${subject(which)} does is not undone when ${listed(later)} ${later.length === 1 ? "fails" : "fail"}`,
          help: "give it a method `compensate` and return `undoable(…)`, make it a router if it only decides, or do it last",
        },
);
