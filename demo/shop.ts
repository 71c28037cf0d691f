/** A small shop whose books outlive the process: stock, three carriers and a payment gateway with moods, so that a batch of orders meets every outcome. */

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Carrier, Gateway, Inventory } from "./services.js";

const PRICES: Readonly<Record<string, number>> = { teapot: 32, lamp: 48, desk: 210, kettle: 41 };
const STOCK: Readonly<Record<string, number>> = { teapot: 5, lamp: 10, desk: 3, kettle: 2 };

/** What has been done, a line each: `hold <key> lamp 2`. What was done under a key is not done again. */
export class Books {
  private readonly lines: string[];

  constructor(private readonly file: string) {
    this.lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }

  /** Whether something was done under a key. */
  has(what: string, key: string): boolean {
    return this.lines.some((line) => line.startsWith(`${what} ${key} `));
  }

  write(what: string, key: string, ...more: (string | number)[]): void {
    const line = [what, key, ...more].join(" ");
    this.lines.push(line);
    appendFileSync(this.file, `${line}\n`);
  }

  all(what: string): readonly string[][] {
    return this.lines.map((line) => line.split(" ")).filter(([first]) => first === what);
  }
}

/** Stock that runs out, and a shelf that is busy the first time it is asked for a lamp. */
export class Shelf implements Inventory {
  private busy = true;

  constructor(private readonly books: Books) {}

  hold(sku: string, quantity: number, key: string): Promise<string | undefined> {
    if (this.books.has("hold", key)) return Promise.resolve(key);
    if (sku === "lamp" && this.busy) {
      this.busy = false;
      return Promise.reject(new Error("the shelf is being restocked"));
    }
    const held = this.books.all("hold").filter(([, hold = "", what]) => what === sku && !this.books.has("release", hold));
    const left = (STOCK[sku] ?? 0) - held.reduce((sum, [, , , count]) => sum + Number(count), 0);
    if (left < quantity) return Promise.resolve(undefined);
    this.books.write("hold", key, sku, quantity);
    return Promise.resolve(key);
  }

  release(hold: string): Promise<void> {
    if (!this.books.has("release", hold)) this.books.write("release", hold, "");
    return Promise.resolve();
  }

  ship(hold: string, carrier: string): Promise<string> {
    if (!this.books.has("ship", hold)) this.books.write("ship", hold, carrier);
    return Promise.resolve(`${carrier}-${hold.replaceAll("/", "-")}`);
  }
}

/** Carriers: `anvil` is cheap, `bolt` is dear, `crane` never answers for a desk. */
export const carriers: Readonly<Record<string, Carrier>> = {
  anvil: { quote: (sku, quantity) => later(5, price(sku, quantity) + 4) },
  bolt: { quote: (sku, quantity) => later(8, price(sku, quantity) + 9) },
  crane: { quote: (sku, quantity) => (sku === "desk" ? new Promise(() => undefined) : later(12, price(sku, quantity) + 2)) },
};

/**
 * A gateway that drops the first call for `ken`, refuses `margaret` for good, and lets the first process wait for `tony`, longer than that lives.
 * Charges once for each key.
 */
export class Bank implements Gateway {
  private calls = 0;

  constructor(
    private readonly books: Books,
    private readonly onWait: () => void,
  ) {}

  async charge(customer: string, amount: number, { idempotencyKey: key }: { idempotencyKey: string }): Promise<string> {
    await later(3, undefined);
    this.calls++;
    if (customer === "margaret") throw new Error("the card was declined");
    const wasCharged = this.books.has("charge", key);
    if (!wasCharged) this.books.write("charge", key, customer, amount);
    if (customer === "ken" && this.calls % 2 === 0 && !wasCharged) throw new Error("the line dropped");
    if (customer === "tony" && !wasCharged) {
      this.onWait();
      await later(60_000, undefined);
    }
    return `receipt over ${amount}`;
  }

  refund(receipt: string, key: string): Promise<void> {
    if (!this.books.has("refund", key)) this.books.write("refund", key, receipt);
    return Promise.resolve();
  }
}

function price(sku: string, quantity: number): number {
  return (PRICES[sku] ?? 0) * quantity;
}

function later<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}
