/** What the benchmarks of stores have in common: runs of a few hops, and what is said of them. */

import { say } from "./measure.mjs";

/** Rows of a run, the first and the last included. */
export const HOPS = 8;
/** What every row carries. */
export const PAYLOAD = JSON.stringify({ sku: "abc-123", quantity: 3, hold: "h-9921", note: "some text here" });
/** A driver to whom it does not matter. */
export const driver = { cancel: () => undefined };
let runs = 0;

/** A row, as a store is given it. */
export function rowOf(sequence, more = {}) {
  const rest = { state: "charge", count: 0, version: 1, payload: PAYLOAD, undo: undefined, due: undefined };
  return { sequence, kind: "entry", visit: Math.max(0, sequence - 1), ...rest, at: Date.now(), ...more };
}

/** The same, as a driver is given it. */
export function valuesOf(run, sequence) {
  return [run, sequence, 1, "entry", "charge", Math.max(0, sequence - 1), 0, 1, PAYLOAD, null, null, Date.now()];
}

/** The columns of these values. */
export const COLUMNS = "run, sequence, fence, kind, state, visit, count, version, payload, undo, due, at";

/** Runs of so many hops, as many at once as `concurrency` says. */
export function hopsOf(store, concurrency, operations, hops = HOPS) {
  const run = async () => {
    const claim = await store.begin({ workflow: "order", runId: `order-${runs++}`, version: 1 }, rowOf(0), driver);
    for (let sequence = 1; sequence < hops - 1; sequence++) await store.append(claim, rowOf(sequence));
    await store.append(claim, rowOf(hops - 1, { kind: "exit" }), { status: "completed" });
  };
  return {
    operations,
    async run() {
      let left = Math.ceil(operations / hops);
      const lane = async () => {
        while (left-- > 0) await run();
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
    },
  };
}

/** Says how often a second, and how many microseconds of processor time each takes. */
export function sayRates(concurrency, results) {
  const shown = Object.entries(results).map(
    ([name, { time, cpu }]) => `${name} ${(1e9 / time).toFixed(0)}/s ${(cpu / 1_000).toFixed(1)} µs`,
  );
  say(`  ${String(concurrency).padStart(5)} at once: ${shown.join(", ")}`);
}
