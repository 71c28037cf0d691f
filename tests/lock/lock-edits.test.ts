/** Edits of a durable workflow: which of them make `cano-gen --check` fail, and how. */

import { describe, expect, test } from "vitest";
import type { JsonReport } from "../../generator/src/diagnostics/json.js";
import { LockedProject, renewal } from "./project.js";

const project = new LockedProject("edits");

describe("an edit under the same version", () => {
  const edits: readonly (readonly [what: string, edit: (source: string) => string, found: string])[] = [
    ["a member that may be missing", (source) => source.replace("amount: number;", "$&\n  readonly note?: string;"), "stale"],
    [
      "a wider input",
      (source) =>
        source.replace("amount: number;", "amount: number | string;").replace("input.amount > 100", "Number(input.amount) > 100"),
      "stale",
    ],
    [
      "a member that is not read any more",
      (source) =>
        source
          .replace(
            "Context<string>) {\n    return to(Renewal.Done, { told: input });",
            "Context<unknown>) {\n    return to(Renewal.Done, { told: String(input) });",
          )
          .replace("Context<unknown>", "Context<string | null>"),
      "stale",
    ],
    [
      "a new state",
      (source) =>
        source
          .replace('  Done = "done",', '  Wait = "wait",\n$&')
          .replace("[Renewal.Tell]: Tell", "$&, [Renewal.Wait]: class { async run() { return Renewal.Lapsed; } }")
          .replace("? Renewal.Lapsed :", "? Renewal.Wait :"),
      "stale",
    ],
    [
      "a new target",
      (source) =>
        source.replace(
          "return to(Renewal.Done, { told: input });",
          'return input === "" ? Renewal.Lapsed : to(Renewal.Done, { told: input });',
        ),
      "stale",
    ],
    [
      "another name of a state",
      (source) => source.replaceAll("Renewal.Tell", "Renewal.Inform").replace("  Tell =", "  Inform ="),
      "stale",
    ],
    [
      "another kind",
      (source) =>
        source
          .replace("implements Task<Renewal> {\n  async run", "implements PollTask<Renewal> {\n  async poll")
          .replace("type Task", "type PollTask"),
      "stale",
    ],
    [
      "a new exit",
      (source) =>
        source
          .replace('  Lapsed = "lapsed",', '$&\n  Paused = "paused",')
          .replace("Renewal.Lapsed],", "Renewal.Lapsed, Renewal.Paused],")
          .replace("? Renewal.Lapsed :", "? Renewal.Paused :"),
      "CANO5001",
    ],
    [
      "another input",
      (source) =>
        source
          .replace(
            "Context<string>) {\n    return to(Renewal.Done, { told: input });",
            "Context<{ name: string }>) {\n    return to(Renewal.Done, { told: input.name });",
          )
          .replace("input.customer)", "{ name: input.customer })"),
      "CANO5001",
    ],
    [
      "another cursor",
      (source) =>
        source
          .replaceAll("SteppedTask<Renewal, number>", "SteppedTask<Renewal, string>")
          .replace("cursor: number", "cursor: string")
          .replace("more(1)", 'more("a")'),
      "CANO5001",
    ],
    [
      "another undo",
      (source) =>
        source
          .replace("Task<Renewal, string>", "Task<Renewal, number>")
          .replace('"payment-1"', "1")
          .replace("payment: string", "payment: number"),
      "CANO5001",
    ],
    ["another output", (source) => source.replace("{ told: input }", "{ told: input.length }"), "CANO5001"],
    [
      "a state that is gone",
      (source) =>
        source
          .replace('  Tell = "tell",\n', "")
          .replace(", [Renewal.Tell]: Tell", "")
          .replace("to(Renewal.Tell, input.customer)", "to(Renewal.Done, { told: input.customer })")
          .replace(/class Tell [\s\S]*?\n}\n/, ""),
      "CANO5001",
    ],
    ["another value of a state", (source) => source.replace('Tell = "tell"', 'Tell = "inform"'), "CANO5001"],
    ["another name of the workflow", (source) => source.replace("const renewal", "const renewals"), "CANO5003"],
    ["a workflow that is not durable any more", (source) => source.replace("  durable: true,\n  version: 1,\n", ""), "CANO5003"],
    ["a version that is written otherwise", (source) => source.replace("version: 1", "version: 0 + 1"), "nothing"],
  ];

  test.each(edits)("%s", async (_, edit, found) => {
    project.begin({ "renewal.ts": renewal });
    await project.canoGen();
    const edited = edit(renewal);
    expect(edited).not.toBe(renewal);
    project.write({ "renewal.ts": edited });
    const checked = await project.canoGen("--check");
    if (found === "nothing") return expect(checked).toMatchObject({ code: 0 });
    expect(checked.code).toBe(1);
    if (found !== "stale") return expect(checked.stderr).toContain(`error ${found}: `);
    expect(checked.stderr).toContain("error CANO6006: `cano.lock.json` is stale");
    expect(await project.canoGen()).toMatchObject({ code: 0 });
    expect(await project.canoGen("--check")).toMatchObject({ code: 0 });
  });

  test("of another value it is said that the state goes by that", async () => {
    project.begin({ "renewal.ts": renewal });
    await project.canoGen();
    project.write({ "renewal.ts": renewal.replace('Tell = "tell"', 'Tell = "inform"') });
    const { stderr } = await project.canoGen();
    expect(stderr).toContain("has no state `Tell` any more");
    expect(stderr).toMatch(
      /note: it was `tell`, and is `inform` now: what is stored goes by the value\n {2}--> renewal\.ts:\d+:3\n/,
    );
  });

  test("what is not read any more is not forgotten: it cannot come back as something else", async () => {
    project.begin({ "renewal.ts": renewal });
    await project.canoGen();
    project.write({
      "renewal.ts": renewal.replace("  readonly amount: number;\n", "").replace("input.amount > 100", 'input.customer === ""'),
    });
    expect(await project.canoGen()).toMatchObject({ code: 0 });
    expect(charge()).toMatchObject({
      input: { customer: "string" },
      unread: { input: { amount: "number", customer: "string" } },
    });
    expect(await project.canoGen("--check")).toMatchObject({ code: 0 });
    project.write({
      "renewal.ts": renewal.replace("amount: number", "amount?: string").replace("input.amount > 100", 'input.customer === ""'),
    });
    expect((await project.canoGen()).stderr).toContain("`.amount` was `number`, is `string | undefined`");
    project.write({
      "renewal.ts": renewal.replace("amount: number", "amount?: number").replace("input.amount > 100", 'input.customer === ""'),
    });
    expect(await project.canoGen()).toMatchObject({ code: 0 });
    expect(charge()).toMatchObject({ input: { "amount?": "number", customer: "string" } });
    expect(charge()).not.toHaveProperty("unread");
  });

  test("the fix raises the version, and the version before it is kept", async () => {
    project.begin({ "renewal.ts": renewal });
    await project.canoGen();
    const before = project.entry("renewal");
    const edited = renewal.replace("{ told: input }", "{ told: input.length }");
    project.write({ "renewal.ts": edited });
    const report = JSON.parse((await project.canoGen("--format json")).stdout) as JsonReport;
    project.write({ "renewal.ts": fixed(edited, report.diagnostics[0]?.fix) });
    expect(await project.canoGen()).toMatchObject({ code: 0 });
    expect(project.entry("renewal")).toMatchObject({ version: 2, earlier: { 1: { states: before["states"] } } });
  });
});

/** The source with a fix of one line. */
function fixed(source: string, fix: JsonReport["diagnostics"][number]["fix"] | undefined): string {
  const lines = source.split("\n");
  const place = (fix?.line ?? 0) - 1;
  const line = lines[place] ?? "";
  lines[place] = `${line.slice(0, (fix?.column ?? 0) - 1)}${fix?.text}${line.slice((fix?.endColumn ?? 0) - 1)}`;
  return lines.join("\n");
}

function charge(): unknown {
  const states = project.entry("renewal")["states"] as Readonly<Record<string, unknown>>;
  return states["charge"];
}
