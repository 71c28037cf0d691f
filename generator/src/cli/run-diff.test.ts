/** `cano-gen diff` of two locks. What it says of a project is in `tests/lock/`. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeTempFolder } from "../files/testing/temp-folder.js";
import type { Lock } from "../lock/lock.js";
import { renderLock } from "../lock/render-lock.js";
import { lockOf, workflowOf } from "../lock/testing/lock-of.js";
import type { JsonDiff } from "./render-diff.js";
import { type Invocation, runMain } from "./testing/run-main.js";

const order = {
  version: 1,
  states: {
    reserve: { kind: "compensatable", to: ["charge"], input: "{ sku: string; note?: string }", undo: "string" },
    charge: { to: ["done", "lost"], input: "{ lines: { due: string }[]; hold: string }" },
    count: { kind: "stepped", to: ["done"], cursor: "number" },
    done: { output: "{ id: string }" },
    lost: { output: "undefined" },
  },
} as const;

async function diff(was: Lock, is: Lock, more = ""): Promise<Invocation> {
  using folder = makeTempFolder({ "old.json": renderLock(was), "new.json": renderLock(is) });
  return await runMain(`diff old.json new.json ${more}`.trim(), folder.path);
}

test("nothing", async () => {
  const lock = lockOf(workflowOf("order", order));
  expect(await diff(lock, lock)).toEqual({ code: 0, stdout: "nothing has changed\n", stderr: "" });
});

const changed = {
  ...order.states,
  reserve: { kind: "task", name: "Hold", to: ["charge", "count"], input: "{ sku: string }" },
  charge: { to: ["done"], input: "{ lines: { due: number; text?: string }[]; hold: string }" },
  count: { kind: "batch", to: ["done"] },
  done: { output: "{ id: string; at: string }" },
  lost: { to: ["done"] },
  audit: { to: ["done"] },
} as const;

test("every kind of change, by workflows and states; what strands runs makes it fail", async () => {
  const was = lockOf(
    workflowOf("order", order),
    workflowOf("refund", { states: { run: {} } }),
    workflowOf("mail", { version: 3, states: {} }),
  );
  const is = lockOf(
    { ...workflowOf("order", { states: changed }), source: "shop/order.ts" },
    workflowOf("parcel", { states: { run: {} } }),
    workflowOf("mail", { version: 2, states: {} }),
  );
  expect(await diff(was, is)).toEqual({
    code: 1,
    stderr: "",
    stdout: `mail
  strands runs          version 3 is version 2 now, a lower one

order
  harmless              it was in order.ts
  Audit
    harmless              is a new state
  Charge
    harmless              does not lead to \`lost\` any more
    strands runs          input: \`.lines[].due\` was \`string\`, is \`number\`
    harmless              input: \`.lines[].text\` was missing, is \`string | undefined\`
  Count
    strands runs          was a stepped task, is a batch
  Done
    strands runs          output: \`.at\` was missing, is \`string\`
  Lost
    strands runs          is no exit any more
  Hold
    harmless              was called Reserve
    strands runs          was a compensatable task, is a plain task
    harmless              leads to \`count\`, too
    harmless              input: \`.note\` was \`string | undefined\`, is not read any more

parcel
  harmless              it is new

refund
  strands runs          it is gone, is called otherwise, or is not durable any more

7 changes would strand stored runs: raise \`version\`; 8 changes are harmless
`,
  });
});

test("a codec that cannot read what it has stored", async () => {
  const codecs = (known: Readonly<Record<string, string>>): Lock => lockOf(workflowOf("order", { ...order, codecs: known }));
  const was = codecs({ date: "dates", day: "dates", money: "{ cents: number }", total: "dates" });
  expect((await diff(was, codecs({ day: "string", money: "{ cents: number; currency?: string }" }))).stdout).toBe(
    `order
  strands runs          its codec \`date\` is gone
  strands runs          its codec \`total\` is gone

2 changes would strand stored runs: raise \`version\`
`,
  );
  expect((await diff(was, codecs({ date: "bigints", day: "number", money: "[number]", total: "dates" }))).stdout).toBe(
    `order
  strands runs          its codec \`date\` was \`dates\` and is \`bigints\`
  strands runs          its codec \`day\` decodes something else: was \`string\`, is \`number\`
  strands runs          its codec \`money\` decodes something else: was \`{ cents: number }\`, is \`[number]\`

3 changes would strand stored runs: raise \`version\`
`,
  );
});

describe("a new version", () => {
  test("leaves runs without a codec only where it does not go on with them", async () => {
    const was = lockOf(workflowOf("order", { ...order, codecs: { date: "dates" } }));
    const next = (more: object): Lock => lockOf(workflowOf("order", { ...order, version: 2, ...more }));
    expect(await diff(was, next({}))).toEqual({
      code: 0,
      stderr: "",
      stdout: `order
  harmless              version 1 is version 2 now
  strands, new version  its codec \`date\` is gone

1 change would strand stored runs, but for the new version; 1 change is harmless
`,
    });
    const migrated = next({ migrates: [1] });
    expect(await diff(was, migrated)).toEqual({
      code: 1,
      stderr: "",
      stdout: `order
  harmless              version 1 is version 2 now
  strands runs          its codec \`date\` is gone

1 change would strand stored runs: keep the codec; 1 change is harmless
`,
    });
    expect(JSON.parse((await diff(was, migrated, "--format json")).stdout)).toMatchObject({
      workflows: [{ changes: [{ change: "raised" }, { change: "codec", strands: true, coveredBy: null }] }],
      summary: { harmless: 1, covered: 0, stranding: 1 },
    });
  });

  test("covers what would strand runs", async () => {
    const is = lockOf(workflowOf("order", { version: 2, states: { ...order.states, charge: changed.charge } }, order));
    expect(await diff(lockOf(workflowOf("order", order)), is)).toEqual({
      code: 0,
      stderr: "",
      stdout: `order
  harmless              version 1 is version 2 now
  Charge
    harmless              does not lead to \`lost\` any more
    strands, new version  input: \`.lines[].due\` was \`string\`, is \`number\`
    harmless              input: \`.lines[].text\` was missing, is \`string | undefined\`

1 change would strand stored runs, but for the new version; 3 changes are harmless
`,
    });
  });

  test("and a migration lets them go on; what is forgotten is told", async () => {
    const was = lockOf(workflowOf("order", { ...order, version: 2 }, order));
    const is = lockOf(
      workflowOf(
        "order",
        { version: 3, migrates: [2], states: { ...order.states, count: { kind: "batch", to: ["done"] } } },
        { ...order, version: 2 },
      ),
    );
    const { code, stdout } = await diff(was, is, "--format json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      workflows: [
        {
          name: "order",
          was: 2,
          is: 3,
          changes: [
            { state: null, name: null, change: "raised", text: "version 2 is version 3 now", strands: false, coveredBy: null },
            {
              state: null,
              name: null,
              change: "forgotten",
              text: "version 1 is not recorded any more",
              strands: false,
              coveredBy: null,
            },
            {
              state: "count",
              name: "Count",
              change: "kind",
              text: "was a stepped task, is a batch",
              strands: true,
              coveredBy: "migration",
            },
          ],
        },
      ],
      summary: { harmless: 2, covered: 1, stranding: 0 },
    } satisfies JsonDiff);
  });
});

test("JSON tells payloads as the lock does", async () => {
  const is = { ...order.states, charge: { ...order.states.charge, input: "{ lines: { due: string | null }[] }" } };
  const { stdout } = await diff(lockOf(workflowOf("order", order)), lockOf(workflowOf("order", { states: is })), "--format json");
  const [workflow] = (JSON.parse(stdout) as JsonDiff).workflows;
  expect(workflow?.changes.map(({ text, payload }) => [text, payload])).toEqual([
    ["input: `.hold` was `string`, is not read any more", { role: "input", path: ".hold", was: "string", is: null }],
    [
      "input: `.lines[].due` was `string`, is `null | string`",
      { role: "input", path: ".lines[].due", was: "string", is: { $union: ["null", "string"] } },
    ],
  ]);
});

describe("what is no lock", () => {
  test.each<[typed: string, stderr: string]>([
    ["diff old.json none.json", "cano-gen: `none.json` does not exist\n"],
    ["diff folder old.json", "cano-gen: `folder` is a folder\n"],
    ["diff mine.json old.json", "cano-gen: `mine.json` is no lock that cano-gen has written\n"],
  ])("%s", async (typed, stderr) => {
    using folder = makeTempFolder({ "old.json": renderLock(lockOf()), "mine.json": "{}" });
    mkdirSync(join(folder.path, "folder"));
    expect(await runMain(typed, folder.path)).toEqual({ code: 2, stdout: "", stderr });
  });

  test("or cannot be read", async () => {
    using folder = makeTempFolder({ "old.json": renderLock(lockOf()), "new.json": "<<<<<<< HEAD\n" });
    const { code, stdout, stderr } = await runMain("diff old.json new.json", folder.path);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("error CANO5004: `new.json` has the mark of a merge conflict\n  --> new.json:1:1\n");
  });

  test("and a project without a configuration cannot be compared", async () => {
    using folder = makeTempFolder({ "old.json": renderLock(lockOf()) });
    expect((await runMain("diff old.json", folder.path)).stderr).toContain("error CANO6003: `tsconfig.json` does not exist");
  });
});
