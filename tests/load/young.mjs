/** Prints how many bytes of each split that has ended outlive collections of young objects. */

import { split } from "cano";
import { createWorkflow, exit, fork, prepareSplit } from "cano/codegen/v1";

const BRANCHES = 100;
const RUNS = 200;

class One {
  async run() {
    return 1;
  }
}

const branches = Array.from({ length: BRANCHES }, () => One);
const fan = prepareSplit(
  split(branches, { next: "done" }),
  branches.map(() => "One"),
);

async function drive(run) {
  return exit(run, 0, 1, "done", await fork(run, 0, fan));
}

const graph = {
  name: "young",
  initial: ["fan"],
  states: { fan: { kind: "split", name: "fan", branches: [], targets: ["done"] }, done: { kind: "exit", name: "done" } },
};
const workflow = createWorkflow({ graph, states: ["fan", "done"], drive }, {});

/** Bytes in use once what is young and of no use is collected. */
function inUse() {
  // What survives twice counts as old.
  for (let times = 0; times < 2; times++) globalThis.gc({ type: "minor" });
  return process.memoryUsage().heapUsed;
}

async function runAll() {
  for (let times = 0; times < RUNS; times++) await workflow.orchestrate();
}

// Code is compiled meanwhile.
for (let times = 0; times < 5; times++) await runAll();
globalThis.gc();
await runAll();
const before = inUse();
await runAll();
console.log((inUse() - before) / RUNS);
