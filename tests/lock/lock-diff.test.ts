/** `cano-gen diff` of a lock and the project as it is now. */

import { expect, test } from "vitest";
import { LockedProject, plain, renewal } from "./project.js";

const project = new LockedProject("diff");

const edited = renewal
  .replace("{ told: input }", "{ told: input.length }")
  .replace("amount: number;", "$&\n  readonly note?: string;");

test("what has changed since the lock was written, whether or not it may be recorded", async () => {
  project.begin({ "renewal.ts": renewal, "ping.ts": plain });
  await project.canoGen();
  expect(await project.run("diff cano.lock.json")).toEqual({ code: 0, stdout: "nothing has changed\n", stderr: "" });
  project.write({ "renewal.ts": edited });
  expect(await project.run("diff cano.lock.json -p .")).toEqual({
    code: 1,
    stderr: "",
    stdout: `renewal
  Charge
    harmless              input: \`.note\` was missing, is \`string | undefined\`
  Done
    strands runs          output: \`.told\` was \`string\`, is \`number\`
  Ship
    harmless              input: \`.note\` was missing, is \`string | undefined\`

1 change would strand stored runs: raise \`version\`; 2 changes are harmless
`,
  });
  project.write({ "renewal.ts": edited.replace("version: 1", "version: 2") });
  const raised = await project.run("diff cano.lock.json");
  expect([raised.code, raised.stdout]).toEqual([
    0,
    expect.stringContaining("strands, new version  output: `.told` was `string`, is `number`"),
  ]);
  expect(project.lock, "nothing is written").toContain('"version": 1');
  await project.canoGen();
  expect(project.lock).toContain('"earlier"');
  expect(await project.run("diff cano.lock.json"), "earlier versions are in no source").toMatchObject({
    code: 0,
    stdout: "nothing has changed\n",
  });
});

test("a project with errors has nothing to compare", async () => {
  project.begin({ "renewal.ts": renewal });
  await project.canoGen();
  project.write({ "renewal.ts": renewal.replace("exits: [Renewal.Done, Renewal.Lapsed]", "exits: [Renewal.Done]") });
  const { code, stdout, stderr } = await project.run("diff cano.lock.json");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("error CANO2001: state `Lapsed` has no task and is not an exit");
});
