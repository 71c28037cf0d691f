/** A small shop in memory: stock, three carriers and a payment gateway with moods, so that a batch of orders meets every outcome. */

import type { Carrier, Gateway, Inventory } from "./services.js";

const PRICES: Readonly<Record<string, number>> = { teapot: 32, lamp: 48, desk: 210, kettle: 41 };

/** Stock that runs out, and a shelf that is busy the first time it is asked for a lamp. */
export class Shelf implements Inventory {
  private readonly stock: Record<string, number> = { teapot: 5, lamp: 10, desk: 3, kettle: 2 };
  private busy = true;
  private holds = 0;

  hold(sku: string, quantity: number): Promise<string | undefined> {
    if (sku === "lamp" && this.busy) {
      this.busy = false;
      return Promise.reject(new Error("the shelf is being restocked"));
    }
    const left = this.stock[sku] ?? 0;
    if (left < quantity) return Promise.resolve(undefined);
    this.stock[sku] = left - quantity;
    return Promise.resolve(`hold-${++this.holds}`);
  }

  ship(hold: string, carrier: string): Promise<string> {
    return Promise.resolve(`${carrier}-${hold}`);
  }
}

/** Carriers: `anvil` is cheap, `bolt` is dear, `crane` never answers for a desk. */
export const carriers: Readonly<Record<string, Carrier>> = {
  anvil: { quote: (sku, quantity) => later(5, price(sku, quantity) + 4) },
  bolt: { quote: (sku, quantity) => later(8, price(sku, quantity) + 9) },
  crane: { quote: (sku, quantity) => (sku === "desk" ? new Promise(() => undefined) : later(12, price(sku, quantity) + 2)) },
};

/** A gateway that drops the first call for `ken`, and refuses `margaret` for good. Charges once for each idempotency key. */
export class Bank implements Gateway {
  private readonly receipts = new Map<string, string>();
  private calls = 0;

  async charge(customer: string, amount: number, { idempotencyKey }: { idempotencyKey: string }): Promise<string> {
    await later(3, undefined);
    this.calls++;
    if (customer === "margaret") throw new Error("the card was declined");
    if (customer === "ken" && !this.receipts.has(idempotencyKey)) {
      this.receipts.set(idempotencyKey, `receipt-${this.calls}`);
      throw new Error("the line dropped");
    }
    const receipt = this.receipts.get(idempotencyKey) ?? `receipt-${this.calls}`;
    this.receipts.set(idempotencyKey, receipt);
    return `${receipt} over ${amount}`;
  }
}

function price(sku: string, quantity: number): number {
  return (PRICES[sku] ?? 0) * quantity;
}

function later<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}
