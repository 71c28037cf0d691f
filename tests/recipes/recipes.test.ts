/** The guide to build tools, command by command: tsx, Node by itself, Vitest, scripts. */

import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { LOST, ParcelApp, SCRIPTS, scriptOf } from "../bundlers/parcel-app.js";
import { commandsOf, readBlocks } from "../docs/blocks.js";
import { Other } from "../support/processes.js";

const PRINTED = "sent label for 12 kg";
const STRIP = fileURLToPath(new URL("./strip-types.mjs", import.meta.url));
const commands = readBlocks("docs/bundlers.md")
  .filter(({ language }) => language === "sh")
  .flatMap(commandsOf);

let app: ParcelApp;
beforeAll(() => {
  app = new ParcelApp("recipes");
});

/** The one command of the guide that looks like this. */
function command(pattern: RegExp): string {
  const [found, ...more] = commands.filter((each) => pattern.test(each));
  if (found === undefined || more.length > 0) throw new Error(`the guide has not one command like ${pattern}`);
  return found;
}

test("tsx, after cano-gen", async () => {
  const { code, stdout } = await app.shell(command(/&& npx tsx/));
  expect([code, stdout.split("\n").slice(-2)]).toEqual([0, [PRINTED, ""]]);
});

test("tsx, after each clean pass of the watch", async () => {
  const [script, ...words] = scriptOf(command(/--exec/), app.path);
  // There is no npx where these tests run.
  const parameters = words.map((word) => word.replace("npx tsx src", `node ${SCRIPTS.tsx} ${app.path}/src`));
  await using watch = new Other(script, ...parameters, "-p", app.path);
  while ((await watch.line()) !== PRINTED);
  app.edit("src/main.ts", "input: 12", "input: 14");
  while ((await watch.line()) !== PRINTED.replace("12", "14"));
  app.edit("src/main.ts", "input: 14", "input: 12");
  while ((await watch.line()) !== PRINTED);
  watch.signal("SIGINT");
  expect(await watch.ended).toBe(130);
});

test("tsx, with a manual clock: what a watched run does at once is done before the clock moves", async () => {
  const clocked = new ParcelApp("clock");
  clocked.write(
    "src/clocked.ts",
    `import { ManualClock, RecordingObserver } from "cano/testing";
import { createParcel } from "./parcel.cano.ts";

const resources = { carrier: { send: async () => "label" } };
for (let run = 0; run < 50; run++) {
  const [clock, recorder] = [new ManualClock(), new RecordingObserver()];
  const parcel = createParcel({ clock, observers: [recorder], resources }).orchestrate({ input: 12 });
  await clock.advance(0);
  console.log(recorder.lines().at(-1)?.startsWith("runEnd"));
  await parcel;
}
`,
  );
  const { code, stdout } = await clocked.shell("npx cano-gen && npx tsx src/clocked.ts");
  expect([code, new Set(stdout.trim().split("\n").slice(-50))]).toEqual([0, new Set(["true"])]);
});

test("Node by itself: types are erased from the sources and from what was generated", async () => {
  const { code, stdout } = await app.shell(command(/&& node src/), "--import", STRIP);
  expect([code, stdout.split("\n").slice(-2)]).toEqual([0, [PRINTED, ""]]);
});

test("an enum cannot be erased, and `cano-gen` says so with the compiler's words", async () => {
  const odd = new ParcelApp("enum");
  const [states = "", type = ""] = odd.read("src/parcel.ts").split("\n").slice(3, 5);
  odd.edit(
    "src/parcel.ts",
    states,
    states.replace("const Parcel =", "enum Parcel").replaceAll(": ", " = ").replace(" as const;", ""),
  );
  odd.edit("src/parcel.ts", type, "");
  const refused = await odd.shell("npx cano-gen");
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("error CANO1001: TS1294: ")]);
  expect((await odd.shell("node src/parcel.ts", "--import", STRIP)).stderr).toContain("this is not only types");
});

test("scripts: build, check, start; the configurations of the tools are checked, too", async () => {
  const { scripts } = JSON.parse(app.read("package.json")) as { scripts: Record<string, string> };
  expect(Object.keys(scripts)).toEqual(["build", "check", "start"]);
  for (const script of Object.values(scripts)) {
    const ran = await app.shell(script);
    expect([script, ran.code, ran.stdout.includes("error")]).toEqual([script, 0, false]);
  }
  expect((await app.shell(scripts["start"] ?? "")).stdout).toBe(`${PRINTED}\n`);
  const options = "--ignoreConfig --noEmit --strict --skipLibCheck --target es2023 --module nodenext --types node";
  expect(await app.shell(`npx tsc ${options} vite.config.ts vitest.config.ts`)).toMatchObject({ code: 0, stdout: "" });
});

test("Vitest: tests run on the modules of the sources, and not at all when a check fails", async () => {
  app.remove("src/parcel.cano.ts");
  expect(await app.run(SCRIPTS.vitest, "run")).toMatchObject({ code: 0, stdout: expect.stringMatching(/Tests +1 passed/) });
  app.lose();
  const { code, stderr } = await app.run(SCRIPTS.vitest, "run");
  expect(code).toBe(1);
  expect(stderr).toContain(LOST);
});
