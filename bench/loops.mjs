/** Batches and streams: the cost of an item against a loop written by hand, and the heap while a million items go by. */

import { loadMachines } from "./machines.mjs";
import { race, say, sayGoal } from "./measure.mjs";

const ITEMS = 100_000;
const LINES = 1_000_000;
const WINDOW = 1_000;

/** The items of a batch, as the machines below load them, and what is done with each: the same function for everybody. */
const shared = `
export const double = (item: number): number => item * 2;
export const doubleLater = async (item: number): Promise<number> => item * 2;
export const items: readonly number[] = Array.from({ length: ${ITEMS} }, (_, item) => item);
export async function* lines(): AsyncGenerator<number> { for (let line = 0; line < ${LINES}; line++) yield line; }
`;

const batchSource = (concurrency, work) => `
import { type ItemOutcome, to, workflow } from "cano";
export const States = { Work: "work", Done: "done" } as const;
${shared}
class Work {
  readonly concurrency = ${concurrency};
  load() { return items; }
  processItem(_: unknown, item: number) { return ${work}(item); }
  finish(_: unknown, outcomes: readonly ItemOutcome<number>[]) { return to(States.Done, outcomes.length); }
}
export const chain = workflow({ states: States, initial: States.Work, exits: [States.Done], tasks: { [States.Work]: Work } });
`;

const streamSource = `
import { to, workflow } from "cano";
export const States = { Read: "read", Done: "done" } as const;
${shared}
class Read {
  readonly window = { count: ${WINDOW} };
  static sum = 0;
  open() { return lines(); }
  processItem(_: unknown, line: number): readonly [number, number] { return [double(line), line]; }
  flushWindow(_: unknown, outputs: readonly number[]) { for (const output of outputs) Read.sum += output; }
  onClose() { return to(States.Done, Read.sum); }
}
export const chain = workflow({ states: States, initial: States.Read, exits: [States.Done], tasks: { [States.Read]: Read } });
`;

/** Measures the loops and says what came of it. */
export async function benchLoops() {
  const sources = { stream: streamSource };
  for (const work of ["double", "doubleLater"])
    for (const concurrency of [1, 64]) sources[`${work}${concurrency}`] = batchSource(concurrency, work);
  const machines = await loadMachines(sources);
  for (const work of ["double", "doubleLater"]) await benchBatch(machines, work);
  await benchStream(machines.stream);
}

async function benchBatch(machines, work) {
  const { module } = machines[`${work}1`];
  const one = machines[`${work}1`].create();
  const many = machines[`${work}64`].create();
  const times = await race({
    byHand: { operations: ITEMS, run: () => batchByHand(module.items, module[work]) },
    byHand64: { operations: ITEMS, run: () => workersByHand(module.items, module[work], 64) },
    one: { operations: ITEMS, run: () => one.orchestrate() },
    many: { operations: ITEMS, run: () => many.orchestrate() },
  });
  say(`\na batch of ${ITEMS} ${work === "double" ? "synchronous" : "asynchronous"} items, ns an item`);
  say(`  \`for await\` by hand ${times.byHand.toFixed(1)}, 64 workers by hand ${times.byHand64.toFixed(1)}`);
  say(`  batch, concurrency 1 ${times.one.toFixed(1)}, concurrency 64 ${times.many.toFixed(1)}`);
  const ratios = [times.one / times.byHand, times.many / times.byHand64];
  if (work === "doubleLater") return say(`  against those ${ratios.map((ratio) => `${ratio.toFixed(2)} x`).join(" and ")}`);
  sayGoal("concurrency 1 against `for await`", ratios[0], 1.5);
  sayGoal("concurrency 64 against 64 workers", ratios[1], 1.5);
}

async function benchStream({ create, module }) {
  const workflow = create();
  const times = await race(
    {
      byHand: { operations: LINES, run: () => streamByHand(module.lines(), module.double) },
      stream: { operations: LINES, run: () => workflow.orchestrate() },
    },
    5,
  );
  say(`\na stream of ${LINES} items in windows of ${WINDOW}, ns an item`);
  say(`  \`for await\` by hand ${times.byHand.toFixed(1)}, stream ${times.stream.toFixed(1)}`);
  sayGoal("against `for await`", times.stream / times.byHand, 1.5);
  if (globalThis.gc === undefined) return say("  heap: not measured, run with --expose-gc");
  sayGoal("heap growth while streaming", (await heapGrowth(() => workflow.orchestrate())) / 2 ** 20, 10, "MB");
}

/** What the heap holds at most while `run` goes on, beyond what it held before; looked at after a collection, ten times a second. */
async function heapGrowth(run) {
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  let most = before;
  const look = () => {
    globalThis.gc();
    most = Math.max(most, process.memoryUsage().heapUsed);
  };
  const watch = setInterval(look, 100);
  await run();
  look();
  clearInterval(watch);
  return most - before;
}

/** What one writes without a workflow: a slot for each item, in order. */
async function batchByHand(items, work) {
  const outcomes = [];
  for await (const item of items) {
    try {
      outcomes.push({ ok: true, value: await work(item) });
    } catch (error) {
      outcomes.push({ ok: false, error });
    }
  }
  return outcomes;
}

async function workersByHand(items, work, count) {
  const outcomes = Array.from({ length: items.length });
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) {
      try {
        outcomes[at] = { ok: true, value: await work(items[at]) };
      } catch (error) {
        outcomes[at] = { ok: false, error };
      }
    }
  };
  await Promise.all(Array.from({ length: count }, worker));
  return outcomes;
}

async function streamByHand(source, work) {
  let outputs = [];
  let sum = 0;
  const flush = () => {
    for (const output of outputs) sum += output;
    outputs = [];
  };
  for await (const line of source) {
    outputs.push(work(line));
    if (outputs.length === WINDOW) flush();
  }
  flush();
  return sum;
}
