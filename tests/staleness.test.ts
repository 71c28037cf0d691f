/** A source that has changed since its module was written: the compiler refuses the stale module, and so does `cano-gen --check`. */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { runMain } from "../generator/src/cli/testing/run-main.js";
import { expectedFiles, FIXTURES } from "./support/fixtures.js";

const PLACE = fileURLToPath(new URL("../.cano/staleness/", import.meta.url));

type Edits = Readonly<Record<string, (source: string) => string>>;

// Each is an ordinary change of a working program, so that only the module is wrong afterwards.
const orderEdits: Edits = {
  "a new exit": (source) =>
    source.replace('Rejected = "rejected",\n', '$&  Lost = "lost",\n').replace("exits: [Order.Done, ", "$&Order.Lost, "),
  "a wider target": (source) => source.replace("return to(Order.Done,", 'if (trackingId === "") return Order.Rejected;\n    $&'),
  "a narrower target": (source) =>
    source.replace(
      "hold === undefined ? Order.Rejected : undoable(to(Order.Quote, { ...cart, hold }), hold)",
      "undoable(to(Order.Quote, { ...cart, hold: String(hold) }), String(hold))",
    ),
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
      "{ input: cart, idempotencyKey }: Context<Cart>) {\n    const hold",
      "{ input: cart, idempotencyKey }: Context<Cart & { note: string }>) {\n    const hold",
    ),
  "a renamed state": (source) => source.replace("  Ship =", "  Send =").replaceAll("Order.Ship", "Order.Send"),
  "a renamed workflow": (source) => source.replace("export const order =", "export const orders ="),
  "another kind of task": (source) =>
    source.replace("implements RouterTask<Order> {\n  route", "implements Task<Order> {\n  run"),
  "a task that has become asynchronous": (source) => source.replace("  route(_", "  async route(_"),
  "a total timeout that is gone": (source) => source.replace("  totalTimeout: 2_000,\n", ""),
  "a compensation that is gone": (source) =>
    source
      .replace("class ChargeCard implements CompensatableTask<Order, string>", "class ChargeCard implements Task<Order>")
      .replace(/  readonly compensateConfig = .*\n/, "")
      .replace(/\n  async compensate\(\{ gateway \}[\s\S]*?\n  \}\n/, "")
      .replace(/undoable\((to\(Order.Ship, .*?\)), receipt\)/, "$1"),
  "a task that can be undone now": (source) =>
    source
      .replace(
        "class ShipParcel implements Task<Order> {",
        "class ShipParcel implements CompensatableTask<Order, string> {\n  async compensate() {}\n",
      )
      .replace(/return (to\(Order.Done, .*?\));/, "return undoable($1, trackingId);"),
  "runs that are not stored any more": (source) => source.replace("  durable: true,\n  version: 1,\n", ""),
  "a split that has become a task": (source) =>
    source.replace(/split\(\[[\s\S]*?\n    \}\)/, "class { run() { return Order.Rejected as const; } }"),
};

const nightEdits: Edits = {
  "a timer with another target": (source) =>
    source.replace("afterWait(): Night.Ready {\n    return Night.Ready;", "afterWait(): Night.Quiet {\n    return Night.Quiet;"),
  "a poll that has become a task": (source) =>
    source
      .replace("implements PollTask<Night>", "implements Task<Night>")
      .replace("async poll({ bank }", "async run({ bank }")
      .replace("Night.Collect : pending()", "Night.Collect : Night.Quiet"),
  "a poll with a second target": (source) =>
    source.replace("Night.Collect : pending()", "Night.Collect : Math.random() > 0.5 ? pending() : Night.Quiet"),
  "a window that names a state": (source) =>
    source.replace("(ledger.get(shop) ?? 0) + cents);", "$&\n    return ledger.size > 9 ? Night.Quiet : undefined;"),
  "a batch with a second target": (source) =>
    source.replace("const refused =", "if (outcomes.length === 0) return Night.Quiet;\n    $&"),
  "a stepped task with another class name": (source) =>
    source.replaceAll("class Post ", "class Postage ").replace("[Night.Post]: Post,", "[Night.Post]: Postage,"),
  "a branch that yields something else to an exit": (source) =>
    source
      .replace("next: Night.Sum", "next: Night.Settled")
      .replace(/    \[Night.Sum\]: Sum,\n/, "")
      .replace('  Sum = "sum",\n', ""),
};

const paymentEdits: Edits = {
  "a fallback to another state": (source) =>
    source.replace(/to\(Payment.Review, \{ order: input.input, why: .*? \}\),/, "Payment.Queued,"),
  "a fallback that is gone": (source) => source.replace(/    fallback: \(error[\s\S]*?"no answer" \}\),\n/, ""),
  "a fallback with a second state": (source) =>
    source.replace(
      /=>\n      (to\(Payment.Review, \{ order: input.input, why: .*? \}\)),/,
      '=>\n      input.input.id === "" ? to(Payment.Rates, input.input) : $1,',
    ),
};

const cases = [
  ["order", "order", orderEdits],
  ["every-kind", "night", nightEdits],
  ["payments", "payments", paymentEdits],
] as const;

describe.each(cases)("%s", (fixture, name, edits) => {
  const source = join(PLACE, fixture, `${name}.ts`);
  const original = readFileSync(join(FIXTURES, fixture, "input", `${name}.ts`), "utf8");

  beforeAll(() => {
    rmSync(join(PLACE, fixture), { recursive: true, force: true });
    mkdirSync(join(PLACE, fixture), { recursive: true });
    cpSync(join(FIXTURES, fixture, "input"), join(PLACE, fixture), { recursive: true });
    for (const file of expectedFiles(join(FIXTURES, fixture)))
      cpSync(join(FIXTURES, fixture, "expected", file), join(PLACE, fixture, file));
    // The lock lies beside it.
    const compilerOptions = { target: "ES2023", module: "NodeNext", types: ["node"], strict: true, skipLibCheck: true };
    writeFileSync(join(PLACE, fixture, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  });

  test("an unchanged source compiles with its module and passes --check", async () => {
    writeFileSync(source, original);
    expect(compile(fixture, name)).toEqual([]);
    expect(await check(fixture, name)).toBe(0);
  });

  test.each(Object.entries(edits))("the compiler and --check refuse %s", async (_, edit) => {
    const edited = edit(original);
    expect(edited).not.toBe(original);
    writeFileSync(source, edited);
    const errors = compile(fixture, name);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.filter((file) => !file.endsWith(`${name}.cano.ts`))).toEqual([]);
    expect(await check(fixture, name)).toBe(1);
  });
});

const settings: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  types: ["node"],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};
const host = ts.createCompilerHost(settings);
const ofPackages = new Map<string, ts.SourceFile | undefined>();

/** The files in which the compiler finds errors. What no edit changes is parsed once. */
function compile(fixture: string, name: string): readonly string[] {
  const getSourceFile: ts.CompilerHost["getSourceFile"] = (path, ...rest) => {
    if (path.startsWith(PLACE)) return host.getSourceFile(path, ...rest);
    if (!ofPackages.has(path)) ofPackages.set(path, host.getSourceFile(path, ...rest));
    return ofPackages.get(path);
  };
  const program = ts.createProgram([join(PLACE, fixture, `${name}.cano.ts`)], settings, { ...host, getSourceFile });
  return ts.getPreEmitDiagnostics(program).map(({ file }) => file?.fileName ?? "");
}

async function check(fixture: string, name: string): Promise<number> {
  return (await runMain(`--check --no-cache ${name}.ts`, join(PLACE, fixture))).code;
}
