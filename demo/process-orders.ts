/** Runs every order of `orders.csv` through the generated workflow and tells how each went. */

import { readFileSync } from "node:fs";
import { isCanoError, type Observer } from "cano";
import { createOrder } from "./order.cano.js";
import { type Cart, Order } from "./order.js";
import { Bank, carriers, Shelf } from "./shop.js";

const paths = new Map<string, (string | number)[]>();
const retries = new Map<string, number>();
const observer: Observer = {
  stateEnter: ({ runId, state }) => void paths.set(runId, [...(paths.get(runId) ?? []), state]),
  retry: ({ runId }) => void retries.set(runId, (retries.get(runId) ?? 0) + 1),
};

await using orders = createOrder({ resources: { inventory: new Shelf(), carriers, gateway: new Bank() }, observers: [observer] });

for (const { id, cart } of readOrders(process.argv[2] ?? "orders.csv")) {
  const started = performance.now();
  const outcome = await processOrder(id, cart);
  const path = (paths.get(id) ?? []).join(" > ");
  const again = retries.has(id) ? ` (retries: ${retries.get(id)})` : "";
  console.log(`${id}  ${outcome.padEnd(34)} ${`${(performance.now() - started).toFixed(0)} ms`.padStart(7)}  ${path}${again}`);
}

async function processOrder(runId: string, input: Cart): Promise<string> {
  try {
    const result = await orders.orchestrate({ runId, input });
    return result.state === Order.Done ? `shipped as ${result.output.trackingId}` : "rejected";
  } catch (error) {
    if (isCanoError(error))
      return `failed in ${error.state}: ${error.cause instanceof Error ? error.cause.message : error.message}`;
    throw error;
  }
}

function readOrders(file: string): { id: string; cart: Cart }[] {
  const [, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => {
    const [id = "", customer = "", sku = "", quantity, budget] = line.split(",");
    return { id, cart: { customer, sku, quantity: Number(quantity), budget: Number(budget) } };
  });
}
