/** A database as an operator finds it: orders that were shipped, refused, taken up again, left behind or cannot be undone, all at fixed dates. */

import type { DurableOrchestrator } from "cano";
import { type CheckpointStore, type Claim, MemoryCheckpoints, type RunStatus } from "cano/checkpoints";
import { createScheduler } from "cano/scheduler";
import { ManualClock } from "cano/testing";
import { loadFixture } from "../runtime/load-fixture.js";

const INPUT = { customer: "ada", sku: "lamp", quantity: 2, budget: 100 };
const ANY: readonly RunStatus[] = ["running", "compensating", "failed", "cancelled", "stuck"];
const driver = { cancel: () => undefined };
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

type Orders = DurableOrchestrator<{ runId: string; input: typeof INPUT }, unknown>;

/** The workflow of the fixture, its services taking their time on the clock. */
class Shop {
  readonly clock = new ManualClock(new Date("2026-01-01T00:00:00Z"));
  store = new MemoryCheckpoints();
  orders: Orders | undefined;
  bankIs: "well" | "silent" | "refusing" = "well";
  isWarehouseSilent = false;

  async open(): Promise<Orders> {
    const { createOrder } = (await loadFixture("order", "order")) as { createOrder: (options: object) => Orders };
    const { clock, store: checkpoints } = this;
    const inventory = {
      hold: () => this.answer("hold of 2 lamps", 30),
      ship: () => this.answer("parcel-1", 400),
      release: () =>
        this.isWarehouseSilent ? Promise.reject(new Error("the warehouse does not answer")) : this.answer(undefined, 20),
    };
    const carrier = (price: number) => ({ quote: () => this.answer(price, price) });
    const gateway = {
      charge: () =>
        this.bankIs === "refusing"
          ? Promise.reject(new Error("the bank refuses"))
          : this.answer("receipt over 40", this.bankIs === "silent" ? 1_000_000 : 50),
      refund: () => this.answer(undefined, 20),
    };
    const resources = { inventory, gateway, carriers: { anvil: carrier(40), bolt: carrier(41), crane: carrier(45) } };
    return createOrder({ clock, random: () => 0.5, log: quiet, checkpoints, resources });
  }

  /** Runs an order until nothing more happens to it, or until its process is gone. */
  async order(runId: string, time = 10_000): Promise<void> {
    const orders = await this.open();
    orders.orchestrate({ runId, input: INPUT }).catch(() => undefined);
    await this.clock.advance(time);
  }

  /** The process is gone, and another one finds what it has left. */
  async crash(): Promise<void> {
    const before = this.store;
    this.store = new MemoryCheckpoints(before);
    await before.close();
  }

  private async answer<T>(what: T, after: number): Promise<T> {
    await new Promise<void>((resolve) => this.clock.schedule(resolve, after));
    return what;
  }
}

/** Puts five orders and three schedules into an empty store, the last order as if its process had just died. Resolves to the date of that. */
export async function fillShop(store: CheckpointStore): Promise<ManualClock> {
  const shop = new Shop();
  await shop.order("order-1");
  shop.bankIs = "refusing";
  await shop.order("order-2");
  shop.isWarehouseSilent = true;
  await shop.order("order-3");
  shop.bankIs = "silent";
  await shop.order("order-4", 200);
  await shop.crash();
  shop.bankIs = "well";
  const orders = await shop.open();
  void orders.resume("order-4");
  await shop.clock.advance(10_000);
  shop.bankIs = "silent";
  await shop.order("order-5", 200);
  await shop.crash();
  await copyRuns(shop.store, store);
  await addSchedules(store, shop.clock);
  return shop.clock;
}

/** Copies all runs, row by row: in memory nothing takes time but what the clock is told of, so the dates are always the same. */
async function copyRuns(from: MemoryCheckpoints, to: CheckpointStore): Promise<void> {
  for (const run of await from.list({ limit: 100 })) {
    const [first, ...rows] = await from.history(run, -1, 100);
    if (first === undefined) throw new RangeError(`run ${run.runId} has no rows`);
    let claim = await to.begin(run, first, driver);
    for (const row of rows) {
      if (claim === undefined) throw new RangeError(`run ${run.runId} is there already`);
      if (row.kind === "resume") claim = await takeUp(to, claim, row.at);
      else await to.append(claim, row, row.sequence === rows.length ? { status: run.status } : {});
    }
    if (claim !== undefined) await to.release(claim);
  }
}

async function takeUp(store: CheckpointStore, claim: Claim, at: number): Promise<Claim> {
  await store.release(claim);
  const claiming = await store.claim(claim, ANY, at, driver);
  if (claiming.kind !== "claimed") throw new RangeError(`run ${claim.runId} is ${claiming.kind}`);
  return claiming.claim;
}

async function addSchedules(checkpoints: CheckpointStore, clock: ManualClock): Promise<void> {
  const work = async (): Promise<void> => undefined;
  const job = { graph: { name: "report" }, orchestrate: (_request?: object) => work(), start: work };
  const scheduler = createScheduler({ checkpoints, clock, log: quiet });
  scheduler
    .cron("nightly", job, "0 3 * * *", { timeZone: "Europe/Berlin" })
    .manual("on demand", job)
    .cron("paused", job, "@hourly");
  await scheduler.start();
  await scheduler.trigger("on demand");
  await scheduler.pause("paused");
  await scheduler.stop({ running: "finish" });
}
