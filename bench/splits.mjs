/** What a branch of a split costs, against `Promise.all` and `Promise.allSettled`. */

import { loadMachines } from "./machines.mjs";
import { race, say, sayGoal } from "./measure.mjs";

const CALLS = 60_000;
const WIDTHS = [3, 10, 100];
const work = async () => 1;

const splitOf = (branches) => `
import { split, workflow } from "cano";
export const States = { Fan: "fan", Done: "done" } as const;
class One { async run() { return 1; } }
export const chain = workflow({
  states: States, initial: States.Fan, exits: [States.Done],
  tasks: { [States.Fan]: split([${Array.from({ length: branches }, () => "One").join(", ")}], { next: States.Done }) },
});
`;

/** The same by hand: a task that awaits `Promise.all`. */
const allOf = (branches) => `
import { to, workflow } from "cano";
export const States = { Fan: "fan", Done: "done" } as const;
const work = async () => 1;
const branches = [${Array.from({ length: branches }, () => "work").join(", ")}];
class All { async run() { return to(States.Done, await Promise.all(branches.map((branch) => branch()))); } }
export const chain = workflow({ states: States, initial: States.Fan, exits: [States.Done], tasks: { [States.Fan]: All } });
`;

/** The least by hand: `Promise.all`, where a branch is given a context of its own, and what it comes to has its index. */
async function least(branches) {
  const values = await Promise.all(
    branches.map((branch, index) => branch({ index, input: 1, stopped: undefined, waits: undefined })),
  );
  return { input: 1, successes: values.map((value, branch) => ({ branch, value })), failures: [], cancelled: [] };
}

/** Measures splits and says what came of it. */
export async function benchSplits() {
  const machines = await loadMachines({
    ...Object.fromEntries(WIDTHS.map((width) => [`split${width}`, splitOf(width)])),
    ...Object.fromEntries(WIDTHS.map((width) => [`all${width}`, allOf(width)])),
  });
  for (const width of WIDTHS) await benchSplit(machines, width);
}

async function benchSplit(machines, width) {
  const workflow = machines[`split${width}`].create();
  const byHand = machines[`all${width}`].create();
  const branches = Array.from({ length: width }, () => work);
  const turns = Math.round(CALLS / width);
  const each = (call) => ({
    operations: turns * width,
    async run() {
      for (let i = 0; i < turns; i++) await call();
    },
  });
  const times = await race({
    split: each(() => workflow.orchestrate()),
    all: each(() => Promise.all(branches.map((branch) => branch()))),
    settled: each(() => Promise.allSettled(branches.map((branch) => branch()))),
    least: each(() => least(branches)),
    "all in a task": each(() => byHand.orchestrate()),
  });
  say(`\na split of ${width}, ns a branch`);
  for (const [name, time] of Object.entries(times)) say(`  ${name.padEnd(20)} ${time.toFixed(1).padStart(10)}`);
  sayGoal("against `Promise.all`", times.split / times.all, 1);
  say("  the least by hand against it".padEnd(64) + `${(times.least / times.all).toFixed(2).padStart(9)} x`);
  say(
    `  against a task that awaits \`Promise.all\``.padEnd(64) +
      `${(times.split / times["all in a task"]).toFixed(2).padStart(9)} x`,
  );
  sayGoal("against `Promise.allSettled`, which keeps failures too", times.split / times.settled, 1);
}
