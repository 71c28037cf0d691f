/** The packed packages in an empty project: what npm installs with them, and every door, by `import`, by `require` and by types. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, pack, Place } from "../support/packed.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");
const { exports } = JSON.parse(readFileSync(join(ROOT, "runtime/package.json"), "utf8")) as { exports: Record<string, unknown> };
const DOORS = Object.keys(exports).map((door) => door.replace(/^\./, "cano"));
const OTEL = "cano/observe/otel";
const SELF_CONTAINED = DOORS.filter((door) => door !== OTEL);
// Node 20 says that `require` of ES modules may still change.
const QUIET = "--disable-warning=ExperimentalWarning";

// An installation takes a few seconds, and much longer on a busy machine.
const PATIENCE = 600_000;
const project = new Place();
afterAll(() => {
  project[Symbol.dispose]();
});

/** Everything that is installed, as `name`. */
function installed(folder = join(project.path, "node_modules")): readonly string[] {
  const names = readdirSync(folder).filter((name) => !name.startsWith("."));
  const all = names.flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(folder, name)).map((each) => `${name}/${each}`) : name,
  );
  expect(readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.includes("node_modules/"))).toEqual([]);
  return all.sort();
}

const GRAPH = { name: "one", initial: ["done"], states: { done: { kind: "exit", name: "Done" } } };
const succeeded = { code: 0, stdout: "", stderr: "" };

function compileDoors(doors: readonly string[], options: string): Ended {
  const imports = doors.map((door, index) => `import * as door${index} from ${JSON.stringify(door)};`);
  const uses = `export const all: readonly object[] = [${doors.map((_, index) => `door${index}`).join(", ")}];`;
  project.write({ "doors.ts": [...imports, uses].join("\n") });
  // With the checks of declarations, which many leave out.
  const fixed = "--strict --noEmit --skipLibCheck false --exactOptionalPropertyTypes --target es2022 --ignoreConfig doors.ts";
  return project.node(TSC, ...`${options} ${fixed}`.split(" "));
}

describe("cano alone", () => {
  beforeAll(() => {
    using tarballs = new Place();
    const { path } = pack("runtime", tarballs);
    project.write({ "package.json": '{ "type": "module" }' });
    expect(project.shell(`npm install ${path}`)).toMatchObject({ code: 0, stderr: "" });
  }, PATIENCE);

  test("brings what reads cron expressions, and no compiler, database or logger", () => {
    expect(installed()).toEqual(["cano", "cron-parser", "luxon"]);
  });

  test("every door opens for `import` and for `require`, with the same things in it", () => {
    const script = `
      import { createRequire } from "node:module";
      const require = createRequire(import.meta.url);
      for (const door of ${JSON.stringify(SELF_CONTAINED)}) {
        const imported = await import(door);
        const names = Object.keys(imported);
        console.log(door, names.length > 0 && names.every((name) => require(door)[name] === imported[name]));
      }`;
    project.write({ "doors.js": script });
    const stdout = SELF_CONTAINED.map((door) => `${door} true\n`).join("");
    expect(project.node(QUIET, "doors.js")).toEqual({ ...succeeded, stdout });
  });

  test("a CommonJS project may `require` it", () => {
    project.write({ "old.cjs": 'console.log(typeof require("cano").workflow);' });
    expect(project.node(QUIET, "old.cjs")).toEqual({ ...succeeded, stdout: "function\n" });
  });

  test("whoever draws other pictures can bundle them without the package that SVG needs", async () => {
    project.write({ "mermaid.js": 'export { renderMermaid } from "cano/graph";' });
    const options = { absWorkingDir: project.path, bundle: true, write: false, platform: "node", format: "esm" } as const;
    const { errors, warnings } = await build({ ...options, entryPoints: ["mermaid.js"], logLevel: "silent" });
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
  });

  test("importing changes nothing of the process, and leaves nothing running", () => {
    const script = `
      const look = () => JSON.stringify([
        Reflect.ownKeys(globalThis).map(String),
        [Object, Function, Array, Promise, Symbol, Error, Map].map((each) => [each, each.prototype].flatMap(Reflect.ownKeys).map(String)),
        process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
        process.getActiveResourcesInfo().filter((kind) => /Timeout|Immediate|TCP|Worker/.test(kind)),
      ]);
      const before = look();
      for (const door of ${JSON.stringify(SELF_CONTAINED)}) await import(door);
      console.log(look() === before);`;
    project.write({ "effects.js": script });
    expect(project.node("effects.js")).toEqual({ ...succeeded, stdout: "true\n" });
  });

  describe("what is missing is named, with the cure", () => {
    const calls = {
      sqlite: 'import("cano/checkpoints/sqlite").then((door) => door.sqliteCheckpoints(":memory:").list({}))',
      postgres:
        'import("cano/checkpoints/postgres").then((door) => door.postgresCheckpoints("postgres://127.0.0.1:9/x").list({}))',
      svg: `import("cano/graph").then((door) => door.renderSvg(door.buildDrawing(${JSON.stringify(GRAPH)}, { durable: false })))`,
    };

    function messages(): unknown {
      const entries = Object.entries(calls).map(
        ([name, call]) => `${name}: await ${call}.catch(({ code, message }) => [code, message])`,
      );
      project.write({ "peers.js": `console.log(JSON.stringify({ ${entries.join(", ")} }));` });
      const { stdout, stderr } = project.node("peers.js");
      expect(stderr).toBe("");
      return JSON.parse(stdout);
    }

    test("databases and pictures", () => {
      expect(messages()).toEqual({
        sqlite: ["CANO7022", "`kysely`, which this store needs, is not installed: npm install kysely@0.28"],
        postgres: ["CANO7022", "`kysely`, which this store needs, is not installed: npm install kysely@0.28"],
        svg: ["CANO7022", "`@dagrejs/dagre`, which this picture needs, is not installed: npm install @dagrejs/dagre@3"],
      });
    });

    test("databases, when one of the two packages is there", () => {
      using _ = project.link("kysely");
      expect(messages()).toMatchObject({
        sqlite: ["CANO7022", "`better-sqlite3`, which this store needs, is not installed: npm install better-sqlite3@12"],
        postgres: ["CANO7022", "`pg`, which this store needs, is not installed: npm install pg@8"],
      });
    });

    test("traces need OpenTelemetry's API, which Node says when the door is opened", () => {
      project.write({ "traces.js": `await import("${OTEL}");` });
      const { code, stderr } = project.node("traces.js");
      expect(code).toBe(1);
      expect(stderr).toMatch(/Cannot find package '@opentelemetry\/api' imported from .*cano\/dist\/otel\//);
    });

    test("logs need no package: any logger with pino's methods will do", () => {
      project.write({
        "logs.js": `import { pinoLog } from "cano/observe/pino";
          const logger = { info: (facts, text) => console.log(text), child: () => logger };
          pinoLog(logger).info("hello");`,
      });
      expect(project.node("logs.js")).toMatchObject({ code: 0, stdout: "hello\n" });
    });
  });

  describe.each([
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("types with module %s, resolved as %s", (module, moduleResolution) => {
    test("every door; of the packages that not everybody needs, only OpenTelemetry's API is asked for, by the door for it", () => {
      const [door = "", ...others] = compileDoors(
        DOORS,
        `--module ${module} --moduleResolution ${moduleResolution}`,
      ).stdout.split(/\n(?=\S)/);
      expect(door).toMatch(/dist\/otel\/.*Cannot find module '@opentelemetry\/api' or its corresponding type declarations/);
      expect(others.filter((line) => !line.includes("@opentelemetry/api"))).toEqual([]);
    });
  });

  test("the door for traces has types with OpenTelemetry's API beside it", () => {
    using _ = project.link("@opentelemetry/api");
    expect(compileDoors(DOORS, "--module nodenext")).toEqual(succeeded);
  });
});

describe("cano-gen beside it", () => {
  beforeAll(() => {
    using tarballs = new Place();
    const { path } = pack("generator", tarballs);
    expect(project.shell(`npm install --save-dev ${path}`)).toMatchObject({ code: 0, stderr: "" });
  }, PATIENCE);

  test("brings its compiler, and the same cano", () => {
    const names = installed();
    expect(names.filter((name) => name.includes("cano"))).toEqual(["cano", "cano-gen"]);
    expect(names).toEqual(
      [
        ["@dagrejs/dagre", "@dagrejs/graphlib"],
        ["@ts-morph/common", "balanced-match", "brace-expansion", "fdir", "minimatch"],
        ["path-browserify", "picomatch", "tinyglobby"],
        ["cano", "cano-gen", "cron-parser", "cronstrue", "jsonc-parser", "luxon", "picocolors"],
        ["unplugin", "webpack-virtual-modules", "@rolldown/pluginutils", "@jridgewell/remapping", "@jridgewell/gen-mapping"],
        ["@jridgewell/trace-mapping", "@jridgewell/sourcemap-codec", "@jridgewell/resolve-uri"],
        ["handlebars", "minimist", "neo-async", "source-map", "uglify-js", "wordwrap"],
      ]
        .flat()
        .sort(),
    );
  });

  test("both commands run, and explain themselves", () => {
    expect(project.shell("npx cano-gen explain CANO2001").stdout).toMatch(
      /^error CANO2001: [\s\S]*has no task and is not an exit/,
    );
    expect(project.shell("npx cano-gen --version && npx cano --version").stdout).toBe("0.1.0\n0.1.0\n");
  });

  test("an older Node is told apart from a fault", () => {
    const older = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"18.20.4"})';
    for (const name of ["cano", "cano-gen"]) {
      expect(project.node("--import", older, `node_modules/${name}/bin/${name}.js`)).toEqual({
        code: 2,
        stdout: "",
        stderr: `${name}: this is Node 18.20.4, and Node 20.19 or later is needed\n`,
      });
    }
  });

  test("the generator opens as a library", () => {
    project.write({ "library.js": 'import { generate } from "cano-gen"; console.log(typeof generate);' });
    expect(project.node("library.js")).toEqual({ ...succeeded, stdout: "function\n" });
  });

  test("the production installation has none of it", () => {
    expect(project.shell("npm prune --omit=dev")).toMatchObject({ code: 0, stderr: "" });
    // An optional peer that is there stays there, as npm has it.
    expect(installed()).toEqual(["@dagrejs/dagre", "@dagrejs/graphlib", "cano", "cron-parser", "luxon"]);
  });
});
