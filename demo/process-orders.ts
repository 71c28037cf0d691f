/** Runs every order of a file through the generated workflow and tells how each went. Run a second time, it goes on where it was. */

import { readFileSync } from "node:fs";
import { isCanoError, type Observer } from "cano";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { createOrder } from "./order.cano.js";
import { type Cart, Order } from "./order.js";
import { Bank, Books, carriers, Shelf } from "./shop.js";

const paths = new Map<string, string[]>();
const add = (runId: string, step: string): void => void paths.set(runId, [...(paths.get(runId) ?? []), step]);
const observer: Observer = {
  resume: ({ runId }) => add(runId, "(resumed)"),
  stateEnter: ({ runId, state }) => add(runId, String(state)),
  retry: ({ runId, attempt }) => add(runId, `(retry ${attempt})`),
  compensateSuccess: ({ runId, state }) => add(runId, `undo ${state}`),
};

const books = new Books("books.txt");
const bank = new Bank(books, () => console.log("the bank has charged tony, and is slow to say so …"));
await using checkpoints = sqliteCheckpoints("orders.db");
await using orders = createOrder({
  resources: { inventory: new Shelf(books), carriers, gateway: bank },
  observers: [observer],
  checkpoints,
});

for (const { runId, ok } of await orders.resumeAll()) if (ok) console.log(`${runId}  was left behind, and has been resumed`);
for (const { id, cart } of readOrders(process.argv[2] ?? "orders.csv")) {
  const started = performance.now();
  const outcome = await processOrder(id, cart);
  const path = paths.get(id)?.join(" > ") ?? "from the store";
  console.log(`${id}  ${outcome.padEnd(34)} ${`${(performance.now() - started).toFixed(0)} ms`.padStart(7)}  ${path}`);
}

async function processOrder(runId: string, input: Cart): Promise<string> {
  try {
    const result = await orders.orchestrate({ runId, input });
    return result.state === Order.Done ? `shipped as ${result.output.trackingId}` : "rejected";
  } catch (error) {
    if (!isCanoError(error)) throw error;
    const { status } = (await orders.runs.get(runId)) ?? {};
    const why = error.cause instanceof AggregateError ? error.cause.cause : error.cause;
    return `${status}: ${why instanceof Error ? why.message.replace(/.*: /, "") : error.message}`;
  }
}

function readOrders(file: string): { id: string; cart: Cart }[] {
  const [, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => {
    const [id = "", customer = "", sku = "", quantity, budget] = line.split(",");
    return { id, cart: { customer, sku, quantity: Number(quantity), budget: Number(budget) } };
  });
}
