/** What `workflow()` takes for states at run time, and what it refuses of callers without types. */

import { workflow } from "cano";
import { expect, test } from "vitest";

enum Numbered {
  Start,
  Done = -1,
}

enum Login {
  Start = "start",
  "2fa" = "2fa",
}

const build = workflow as (spec: object) => { readonly states: unknown };
const tasks = { run: () => undefined };

test.each([
  ["an enum of numbers", Numbered, Numbered.Start, Numbered.Done],
  ["an enum with a name that begins with a digit", Login, Login.Start, Login["2fa"]],
  ["an object with a number for a name", { 5: "five", start: "start" }, "start", "five"],
  ["a tuple", ["start", "0"], "start", "0"],
])("%s", (_, states, initial, exit) => {
  expect(build({ states, initial, exits: [exit], tasks: { [initial]: tasks } }).states).toBe(states);
  expect(() => build({ states, initial, exits: [], tasks: { [initial]: tasks } })).toThrow(
    `state \`${exit}\` has no task and is not an exit`,
  );
  expect(() => build({ states, initial, exits: [exit, "Start"], tasks: { [initial]: tasks } })).toThrow(
    "`Start` is not one of the workflow's states",
  );
});
