/** Where fixes put what they add, whatever the source looks like. */

import { expect, test } from "vitest";
import { EditedProject } from "./testing/edited-project.js";

const HEAD = `import { type Task, workflow } from "cano";
enum Job { Go = "go", Lost = "lost", Done = "done" }
class Go implements Task<Job> { async run() { return Job.Done; } }
`;
const PARTS = "initial: Job.Go, exits: [Job.Done], tasks: { [Job.Go]: Go }";
const CURED = /^cano (2006|2008) /;

interface Fixed {
  readonly text: string;
  readonly shown: readonly string[];
}

/** What is there after each of the fixes for a state without a task. */
function fixed(text: string): readonly Fixed[] {
  const count = new EditedProject({ "flow.ts": text }).fixes("flow.ts", 2001).length;
  return Array.from({ length: count }, (_, at) => {
    const project = new EditedProject({ "flow.ts": text });
    project.fixes("flow.ts", 2001)[at]?.apply();
    return { text: project.read("flow.ts"), shown: project.shown("flow.ts") };
  });
}

test.each(["\n", "\r\n"])("comments stay with what they are about, where lines end with %j", (end) => {
  const text = `${HEAD}
// Jobs.

/* The flow. */
// It goes.
export const flow = workflow({
  states: Job,
  initial: Job.Go,
  exits: [
    Job.Done // all is well
  ],
  tasks: {
    [Job.Go]: Go, /* first */ // and last
    // That is all.
  },
});
`;
  const [bound, listed] = fixed(text.replaceAll("\n", end)).map((result) => ({
    ...result,
    text: result.text.replaceAll(end, "\n"),
  }));
  expect(bound?.text).toContain("}\n\n/* The flow. */\n// It goes.\nexport const flow");
  expect(bound?.text).toContain("[Job.Go]: Go, /* first */ // and last\n    [Job.Lost]: Lost,\n    // That is all.");
  expect(listed?.text).toContain("    Job.Done, // all is well\n    Job.Lost\n  ],");
  expect([bound?.shown, listed?.shown]).toEqual([[expect.stringMatching(CURED)], [expect.stringMatching(CURED)]]);
});

test.each(["Error", "Promise", "Task"])("a state called %s gets a class that does not hide what it needs itself", (name) => {
  const lacks = HEAD.replace("Lost =", `${name} =`).replace("type Task, ", "").replace(" implements Task<Job>", "");
  const [bound] = fixed(`${lacks}export const flow = workflow({ states: Job, ${PARTS} });\n`);
  expect(bound?.text).toContain(`[Job.${name}]: ${name}Task }`);
  expect(bound?.shown).toEqual([expect.stringMatching(CURED)]);
});

test.each([
  ["in the call", "", "states: Job", 2],
  ["by a constant", "const All = Job;", "states: All", 2],
  ["by a constant of that name", "const states = Job;", "states", 2],
  ["in quotes", "", '"states": Job', 2],
  // Only the enum's own name tells its members, and what is spread does not say where that is.
  ["in what is spread", "const common = { states: Job };", "...common", 0],
  ["in parentheses", "", "states: (Job)", 0],
])("a member of an enum that is named %s", (_, before, states, fixes) => {
  const results = fixed(`${HEAD}${before}\nexport const flow = workflow({ ${states}, ${PARTS} });\n`);
  expect(results.map(({ shown }) => shown)).toEqual(Array.from({ length: fixes }, () => [expect.stringMatching(CURED)]));
});

test.each([
  [
    1014,
    "const attemptTimeOut = 5;",
    "{ config: { attemptTimeOut }, run: async () => Job.Done as const }",
    "attemptTimeout: attemptTimeOut }",
  ],
  [1014, "", '{ config: { "attemptTimeOut": 5 }, run: async () => Job.Done as const }', "{ attemptTimeout: 5 }"],
  [1011, "const runs = () => Job.Done as const;", "{ runs }", "{ run: runs }"],
])("CANO%i: a name that is a slip is written as it is meant, and what it stands for stays: %s", (code, before, task, is) => {
  const exits = "[Job.Done, Job.Lost]";
  const project = new EditedProject({
    "flow.ts": `${HEAD}${before}\nexport const flow = workflow({ states: Job, initial: Job.Go, exits: ${exits}, tasks: { [Job.Go]: ${task} } });\n`,
  });
  project.fixes("flow.ts", code)[0]?.apply();
  expect(project.read("flow.ts")).toContain(is);
  expect(project.shown("flow.ts")).toEqual([expect.stringMatching(CURED)]);
});

test("CANO1014: what is meant is not written a second time", () => {
  const task = "{ config: { attemptTimeOut: 5, attemptTimeout: 7 }, run: () => Job.Done as const }";
  const project = new EditedProject({
    "flow.ts": `${HEAD}export const flow = workflow({ states: Job, initial: Job.Go, exits: [Job.Done, Job.Lost], tasks: { [Job.Go]: ${task} } });\n`,
  });
  expect(project.fixes("flow.ts", 1014)).toEqual([]);
});

test("a state called __proto__ is bound as a key, and not as the prototype of the tasks", () => {
  const flow = 'workflow({ states: ["go", "__proto__", "done"], initial: "go", exits: ["done"], tasks: { go: Go } })';
  const [bound] = fixed(
    `import { workflow } from "cano";\nclass Go { async run() { return "done" as const; } }\nexport const flow = ${flow};\n`,
  );
  expect(bound?.text).toContain('tasks: { go: Go, ["__proto__"]: Proto }');
  expect(bound?.shown).toEqual([expect.stringMatching(CURED)]);
});
