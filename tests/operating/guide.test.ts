/** The guide to operating shows what the command prints, and a health endpoint that works. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import type { ManualClock } from "cano/testing";
import { beforeAll, expect, test } from "vitest";
import { runMain } from "../../generator/src/cli/testing/run-main.js";
import { commandsOf, readBlocks } from "../docs/blocks.js";
import { Other } from "../support/processes.js";
import { fillShop } from "./shop.js";
import { runCano } from "./run-cano.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PLACE = join(ROOT, ".cano", "operating");
const guide = readFileSync(join(ROOT, "docs/operating.md"), "utf8");
const blocks = readBlocks("docs/operating.md");
const shown = blocks.flatMap(({ isOutput, text }, index) => {
  const before = blocks[index - 1];
  return isOutput && before ? [{ commands: commandsOf(before), output: text }] : [];
});

process.env["TZ"] = "UTC";
let clock: ManualClock;

beforeAll(async () => {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  await using store = sqliteCheckpoints(join(PLACE, "orders.db"));
  clock = await fillShop(store);
});

test.each(shown)("$commands", async ({ commands, output }) => {
  const [last = "", first] = commands.toReversed();
  if (first !== undefined) {
    const [, argv = "", file = "nothing"] = /^npx cano-gen (.*) > (\S+)$/.exec(first) ?? [];
    const { code, stdout } = await runMain(argv, join(ROOT, "fixtures/order/input"));
    expect([first, code]).toEqual([`npx cano-gen ${argv} > ${file}`, 0]);
    writeFileSync(join(PLACE, file), stdout);
  }
  expect(last).toMatch(/^npx cano /);
  expect(await runCano(last.split(" ").slice(2), { cwd: PLACE, clock })).toEqual({ code: 0, stdout: output, stderr: "" });
});

test("every command but `tail`, which never ends, is shown", () => {
  const commands = shown.flatMap((each) => each.commands.at(-1)?.split(" ").slice(2, 4).join(" ") ?? []);
  expect([...new Set(commands)].sort()).toEqual(["runs graph", "runs list", "runs show", "schedules list"]);
});

// What an application would have: a workflow, a breaker that is open, a scheduler; closed when a line comes.
const APPLICATION = `
import { circuitBreaker } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { createDurable, Resources } from "cano/codegen/v1";
import { createScheduler } from "cano/scheduler";
import { ManualClock } from "cano/testing";

const clock = new ManualClock(new Date("2026-01-01"));
const checkpoints = new MemoryCheckpoints();
const graph = { name: "order", initial: [], states: {} };
const resources = new Resources({ inventory: {}, gateway: {} });
export const orders = createDurable({ graph, states: [], drive: async () => undefined, resources, version: 1 }, { checkpoints });
export const bank = circuitBreaker({ name: "bank", failureThreshold: 1, clock });
bank.acquire().fail();
export const scheduler = createScheduler({ checkpoints });
scheduler.cron("nightly", orders, "0 3 * * *");
await scheduler.start();
process.stdin.once("data", async () => {
  await orders.close();
  console.log("closed");
});
`;

test("the health endpoint answers a probe", async () => {
  const [, endpoint = ""] = /```js\n([\s\S]*?)```\n/.exec(guide) ?? [];
  const [, answer = "{}"] = /```\n(\{\n[\s\S]*?)```/.exec(guide) ?? [];
  expect(endpoint).toContain(".listen(8080)");
  writeFileSync(join(PLACE, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(PLACE, "shop.js"), APPLICATION);
  const onFreePort = endpoint.replace(
    ".listen(8080)",
    '.listen(0, "127.0.0.1", function () { console.log(this.address().port); })',
  );
  writeFileSync(join(PLACE, "health.js"), onFreePort);
  await using application = new Other(join(PLACE, "health.js"));
  const url = `http://127.0.0.1:${await application.line()}`;
  const live = await fetch(`${url}/live`);
  expect([live.status, await live.text()]).toEqual([200, ""]);
  const ready = await fetch(`${url}/ready`);
  expect([ready.status, ready.headers.get("content-type")]).toEqual([200, "application/json"]);
  expect(await ready.json()).toEqual(JSON.parse(answer));
  application.say("close");
  expect(await application.line()).toBe("closed");
  const closed = await fetch(`${url}/ready`);
  expect([closed.status, await closed.json()]).toMatchObject([
    503,
    { checks: { orders: { reason: "workflow `order` is closed" } } },
  ]);
});
