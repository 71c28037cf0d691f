/** A source that has changed since its module was written: the compiler refuses the stale module, and so does `cano-gen --check`. */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";
import { main } from "../generator/src/cli/main.js";
import { FIXTURES } from "./support/fixtures.js";

const PLACE = fileURLToPath(new URL("../.cano/staleness/", import.meta.url));
const SOURCE = join(PLACE, "order.ts");
const original = readFileSync(join(FIXTURES, "order/input/order.ts"), "utf8");

// Each is an ordinary change of a working program, so that only the module is wrong afterwards.
const edits: Readonly<Record<string, (source: string) => string>> = {
  "a new exit": (source) =>
    source.replace('Rejected = "rejected",\n', '$&  Lost = "lost",\n').replace("exits: [Order.Done, ", "$&Order.Lost, "),
  "a wider target": (source) => source.replace("return to(Order.Done,", 'if (trackingId === "") return Order.Rejected;\n    $&'),
  "a narrower target": (source) => source.replace(/(best.price > budget\)) return Order.Rejected;/, "$1 throw new Error();"),
  "another target": (source) => source.replace("return to(Order.Done,", "return to(Order.Rejected,"),
  "a renamed class": (source) => source.replaceAll("ChargeCard", "ChargeAccount"),
  "an input that is no longer handed over": (source) => source.replace("to(Order.Reserve, cart)", "Order.Reserve"),
  "an input that is no longer taken": (source) =>
    source.replace(
      /, \{ input: \{ hold, carrier, receipt \} \}: Context<Paid>\) \{/,
      ') {\n    const [hold, carrier, receipt] = ["", "", ""];',
    ),
  "another input": (source) =>
    source.replace(
      "{ input: cart }: Context<Cart>) {\n    const hold",
      "{ input: cart }: Context<Cart & { note: string }>) {\n    const hold",
    ),
  "a renamed state": (source) => source.replace("  Ship =", "  Send =").replaceAll("Order.Ship", "Order.Send"),
  "a renamed workflow": (source) => source.replace("export const order =", "export const orders ="),
  "another kind of task": (source) =>
    source.replace("implements RouterTask<Order> {\n  route", "implements Task<Order> {\n  run"),
  "a task that has become asynchronous": (source) => source.replace("  route(_", "  async route(_"),
  "a total timeout that is gone": (source) => source.replace("  totalTimeout: 2_000,\n", ""),
  "a split that has become a task": (source) =>
    source.replace(/split\(\[[\s\S]*?\n    \}\)/, "class { run() { return Order.Rejected as const; } }"),
};

beforeAll(() => {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  cpSync(join(FIXTURES, "order/input"), PLACE, { recursive: true });
  cpSync(join(FIXTURES, "order/expected/order.cano.ts"), join(PLACE, "order.cano.ts"));
});

test("an unchanged source compiles with its module and passes --check", async () => {
  writeFileSync(SOURCE, original);
  expect(compile()).toEqual([]);
  expect(await check()).toBe(0);
});

test.each(Object.entries(edits))("the compiler and --check refuse %s", async (_, edit) => {
  const edited = edit(original);
  expect(edited).not.toBe(original);
  writeFileSync(SOURCE, edited);
  const errors = compile();
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.filter((file) => !file.endsWith("order.cano.ts"))).toEqual([]);
  expect(await check()).toBe(1);
});

/** The files in which the compiler finds errors. */
function compile(): readonly string[] {
  const program = ts.createProgram([join(PLACE, "order.cano.ts")], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    types: ["node"],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file }) => file?.fileName ?? "");
}

function check(): Promise<number> {
  const ignore = (): void => undefined;
  const io = { stdout: ignore, stderr: ignore, cwd: PLACE, isTerminal: false, env: {}, now: Date.now };
  return main(["--check", "--no-cache", "order.ts"], io);
}
