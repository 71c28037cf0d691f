/** The transformer in a real `tspc`, once and watching. Every step waits for what the process says. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runMain } from "../../generator/src/cli/testing/run-main.js";
import { commandsOf, filesOf, readBlocks } from "../docs/blocks.js";
import { COMPILER_OPTIONS } from "../support/compiler-options.js";
import { Other } from "../support/processes.js";

const PLACE = fileURLToPath(new URL("../../.cano/tspc/", import.meta.url));
const TSPC = fileURLToPath(new URL("../../node_modules/ts-patch/bin/tspc.js", import.meta.url));

// As the guide says it.
const CONFIG = "tsconfig.build.json";
const guided = filesOf("docs/editor.md")[CONFIG] ?? "";
const [ONCE = [], WATCHING = []] = readBlocks("docs/editor.md")
  .filter(({ language }) => language === "sh")
  .flatMap(commandsOf)
  .filter((command) => command.startsWith("npx tspc "))
  .map((command) => command.split(" ").slice(2));

const states = 'export enum Mail { Sort = "sort", Send = "send", Done = "done" }\n';
const sort = `import { type Context, to } from "cano";
import { Mail } from "./states.js";
export class Sort { async run(_: unknown, { input }: Context<{ text: string }>) { return to(Mail.Send, input.text.length); } }
`;
const send = `import type { Context } from "cano";
import { Mail } from "./states.js";
export class Send { async run(_: unknown, { input }: Context<number>) { return input ? Mail.Done : Mail.Done; } }
`;
const mail = `import { workflow } from "cano";
import { Mail } from "./states.js";
import { Sort } from "./sort.js";
import { Send } from "./send.js";
export const mail = workflow({ states: Mail, initial: Mail.Sort, exits: [Mail.Done], tasks: { [Mail.Sort]: Sort, [Mail.Send]: Send } });
`;
const main = `import { createMail } from "./mail.cano.js";
const mails = createMail();
const { state } = await mails.orchestrate({ input: { text: "hello" } });
console.log(state);
`;
const sources = { "states.ts": states, "sort.ts": sort, "send.ts": send, "mail.ts": mail, "main.ts": main };

const at = (name: string): string => join(PLACE, name);
const write = (name: string, text: string): void => {
  writeFileSync(at(".new"), text);
  renameSync(at(".new"), at(name));
};

/** A project with the guide's configuration beside its own, where `more` options hold; the plugin is given those of `plugin`, as JSON. */
function layOut(more: object = {}, plugin: readonly string[] = []): void {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  write("tsconfig.json", JSON.stringify({ compilerOptions: { ...COMPILER_OPTIONS, outDir: "out", ...more }, include: ["*.ts"] }));
  write(
    CONFIG,
    guided.replace('"transformProgram": true', (option) => [option, ...plugin].join(", ")),
  );
  write("package.json", '{ "type": "module" }');
  for (const [name, text] of Object.entries(sources)) write(name, text);
}

function compile(typed = ONCE): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TSPC, ...typed], { cwd: PLACE, encoding: "utf8" });
  return { code: status, said: stdout + stderr };
}

describe("once", () => {
  beforeEach(() => {
    layOut();
  });

  test("the module is written before it is compiled, and is the one that cano-gen writes", async () => {
    expect(compile()).toEqual({ code: 0, said: "" });
    expect(spawnSync(process.execPath, [at("out/main.js")], { encoding: "utf8" }).stdout).toBe("done\n");
    expect(await runMain(`--check --no-cache -p ${CONFIG}`, PLACE)).toMatchObject({ code: 0 });
    const { mtimeMs } = statSync(at("mail.cano.ts"));
    expect(compile()).toEqual({ code: 0, said: "" });
    expect(statSync(at("mail.cano.ts")).mtimeMs).toBe(mtimeMs);
  });

  test("a stale module is made anew, and it is the new one that is compiled", () => {
    compile();
    write("states.ts", states.replace("Done =", 'Lost = "lost", Done ='));
    write("mail.ts", mail.replace("exits: [", "exits: [Mail.Lost, "));
    write("send.ts", send.replace(": Mail.Done", ": Mail.Lost"));
    write(
      "main.ts",
      main
        .replace("{ text", "{ text: 1 as never, more")
        .replace("const { state", 'const lost: "lost" | "done" = "lost"; void lost;\nconst { state'),
    );
    const { code, said } = compile();
    expect([code, said.split("\n")[0]]).toEqual([2, expect.stringMatching(/^main\.ts\(4,\d+\): error TS2353/)]);
    expect(readFileSync(at("mail.cano.ts"), "utf8")).toContain("Lost");
    write("main.ts", main);
    expect(compile()).toEqual({ code: 0, said: "" });
  });

  test("errors of the generator are errors of the compilation, beside those of the compiler", () => {
    compile();
    const before = readFileSync(at("mail.cano.ts"), "utf8");
    write("states.ts", states.replace("Done =", 'Lost = "lost", Done ='));
    write("other.ts", 'export const n: number = "a";\n');
    const { code, said } = compile();
    expect(code).toBe(2);
    expect(said).toContain("states.ts(1,50): error TS2001: CANO2001: state `Lost` has no task and is not an exit\n");
    expect(said).toContain("other.ts(1,14): error TS2322");
    // What uses the module, and the module, may be right again once it can be made.
    expect(said).not.toMatch(/^(main|mail\.cano)\.ts/m);
    expect(readFileSync(at("mail.cano.ts"), "utf8")).toBe(before);
  });

  test("projects that refer to each other are built in one go, by `tspc -b`", () => {
    layOut({ composite: true, rootDir: "." });
    const core = {
      compilerOptions: { ...COMPILER_OPTIONS, composite: true, rootDir: ".", outDir: "../out/core" },
      include: ["*.ts"],
    };
    mkdirSync(at("core"));
    write("core/tsconfig.json", JSON.stringify(core));
    renameSync(at("states.ts"), at("core/states.ts"));
    for (const name of ["sort.ts", "send.ts", "mail.ts"])
      write(name, readFileSync(at(name), "utf8").replace("./states", "./core/states"));
    const own = JSON.parse(readFileSync(at(CONFIG), "utf8")) as object;
    write(CONFIG, JSON.stringify({ ...own, references: [{ path: "core" }] }));
    expect(compile(["-b", CONFIG])).toEqual({ code: 0, said: "" });
    expect(spawnSync(process.execPath, [at("out/main.js")], { encoding: "utf8" }).stdout).toBe("done\n");
    write("core/states.ts", states.replace("Done =", 'Lost = "lost", Done ='));
    expect(compile(["-b", CONFIG])).toMatchObject({
      code: 2,
      said: expect.stringContaining("CANO2001: state `Lost` has no task"),
    });
  });

  test("with `noEmitOnError` nothing is emitted then, nor said of modules that cannot be made anew", () => {
    layOut({ noEmitOnError: true });
    compile();
    rmSync(at("out"), { recursive: true });
    write("states.ts", states.replace("Done =", 'Lost = "lost", Done ='));
    const { code, said } = compile();
    expect([code, /^(main|mail\.cano)\.ts/m.exec(said)]).toEqual([2, null]);
    expect(existsSync(at("out"))).toBe(false);
  });

  test("warnings are printed and fail nothing", () => {
    write("states.ts", states.replace("Done =", 'Lost = "lost", Done ='));
    write("mail.ts", mail.replace("exits: [", "exits: [Mail.Lost, "));
    const { code, said } = compile();
    expect([code, said.split("\n")[0]]).toEqual([
      0,
      expect.stringMatching(/^mail\.ts\(5,\d+\): warning TS2008: CANO2008: no run can end in `Lost`/),
    ]);
  });

  test("what somebody has written is not overwritten", () => {
    write("mail.cano.ts", "export const createMail = () => undefined as never;\n");
    const { code, said } = compile();
    expect(code).not.toBe(0);
    expect(said).toContain("error TS6001: CANO6001: `mail.cano.ts` is a file that cano-gen did not write");
    expect(readFileSync(at("mail.cano.ts"), "utf8")).toContain("undefined as never");
  });

  test("modules in a folder of their own", () => {
    layOut({}, ['"outDir": "made"']);
    write("main.ts", main.replace("./mail.cano.js", "./made/mail.cano.js"));
    expect(compile()).toEqual({ code: 0, said: "" });
    expect(readdirSync(at("made"))).toEqual(["mail.cano.ts"]);
  });

  test("a durable workflow is recorded in the lock", () => {
    write("mail.ts", mail.replace("states: Mail", "durable: true, version: 1, states: Mail"));
    write("main.ts", "");
    expect(compile()).toEqual({ code: 0, said: "" });
    expect(readdirSync(PLACE)).toContain("cano.lock.json");
  });
});

describe("watching", () => {
  let watch: Other;
  beforeAll(() => {
    layOut({ noEmit: true });
    watch = new Other(
      TSPC,
      ...WATCHING.map((word) => (word === CONFIG ? at(CONFIG) : word)),
      "--preserveWatchOutput",
      "--pretty",
      "false",
    );
  });
  afterAll(() => watch.kill());

  /** Waits for a pass that ends with so many errors; what has been said until then. */
  async function until(errors: number | "some"): Promise<string> {
    const said: string[] = [];
    const end = errors === "some" ? /Found [1-9]\d* error/ : new RegExp(`Found ${errors} error`);
    while (!end.test(said.at(-1) ?? "")) said.push(await watch.line());
    return said.join("\n");
  }

  test("a module that was not there is written and used in the first pass", async () => {
    expect(await until(0)).not.toContain("error TS");
    expect(readFileSync(at("mail.cano.ts"), "utf8")).toContain("createMail");
  });

  test("an error that one file brings to another is shown, and cleared where it is mended", async () => {
    write("send.ts", send.replace("Context<number>", "Context<string>"));
    expect(await until(1)).toMatch(/sort\.ts\(3,\d+\): error TS4\d+: CANO4\d+: /);
    write("sort.ts", sort.replace(".length", ""));
    expect(await until(0)).not.toContain("error TS");
  });

  test("the module is made anew with the file that it depends on, and what uses it sees that", async () => {
    write("sort.ts", sort.replace(".length", "").replace("{ text: string }", "{ text: string; from: string }"));
    expect(await until(1)).toMatch(/main\.ts\(3,\d+\): error TS2741: Property 'from' is missing/);
    write("main.ts", main.replace('"hello"', '"hello", from: "me"'));
    expect(await until(0)).not.toContain("error TS");
  });

  test("a syntax error, and its repair", async () => {
    write("send.ts", send.replace("run(", "run(("));
    expect(await until("some")).not.toContain("CANO");
    write("send.ts", send);
    expect(await until("some")).toMatch(/sort\.ts\(3,\d+\): error TS4\d+: CANO4\d+: /);
    write("send.ts", send.replace("Context<number>", "Context<string>"));
    expect(await until(0)).not.toContain("error TS");
  });

  test("nothing loops: a module that is written makes for one more pass at most", async () => {
    const before = readFileSync(at("mail.cano.ts"), "utf8");
    write("send.ts", send.replace("Context<number>", "Context<string>").replace(": Mail.Done", ": Mail.Sort as never"));
    expect(await until("some")).toContain("CANO2005");
    write(
      "send.ts",
      send
        .replace("Context<number>", "Context<string>")
        .replace("? Mail.Done", '? to(Mail.Send, "again")')
        .replace("import type { Context }", "import { type Context, to }"),
    );
    await until(0);
    expect(readFileSync(at("mail.cano.ts"), "utf8")).not.toBe(before);
    // What is said next is of the next edit, but for that pass.
    write("other.ts", 'export const n: number = "a";\n');
    const said = await until(1);
    expect(said.match(/Starting incremental compilation/g)?.length).toBeLessThanOrEqual(2);
  });
});
