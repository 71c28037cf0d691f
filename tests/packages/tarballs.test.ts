/** What is in the two tarballs: what is needed there, nothing else, and nothing that other tools find wrong. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, describe, expect, test } from "vitest";
import { pack, Place } from "../support/packed.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const place = new Place();
afterAll(() => {
  place[Symbol.dispose]();
});

const ALLOWED = {
  runtime: [/^(LICENSE|README\.md|package\.json)$/, /^bin\/cano\.js$/],
  generator: [
    /^(LICENSE|README\.md|package\.json)$/,
    /^bin\/cano-gen\.js$/,
    /^dist\/(build-stamp|explanations\.json)$/,
    /^dist\/bin\/[\w-]+\.js$/,
    /^templates\/(module|outcome|part|state|workflow)\.hbs$/,
    /^(plugin|transformer)\/index\.(cjs|d\.cts)$/,
    /^plugin\/package\.json$/,
    /^typescript\/(index\.cjs|index\.d\.cts|chosen\.cjs)$/,
  ],
} as const;

describe.each(["runtime", "generator"] as const)("%s", (folder) => {
  const { path, files } = pack(folder, place);
  const manifest = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, { readonly default: string }>>;
  };

  test("every file belongs there, and all that belongs there is", () => {
    const sources = files.filter((file) => /^src\/.*\.ts$/.test(file));
    const made = sources.flatMap((file) => {
      const stem = file.replace(/^src\/(.*)\.ts$/, "dist/$1");
      return [`${stem}.js`, `${stem}.js.map`, `${stem}.d.ts`, `${stem}.d.ts.map`];
    });
    const others = files.filter((file) => !sources.includes(file) && !made.includes(file));
    expect(others.filter((file) => !ALLOWED[folder].some((pattern) => pattern.test(file)))).toEqual([]);
    expect(made.filter((file) => !files.includes(file))).toEqual([]);
    expect(sources.filter((file) => /\.(test|bench)\.ts$|fixtures|__snapshots__/.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
  });

  test("maps point to sources that are there", () => {
    for (const file of files.filter((name) => name.endsWith(".map"))) {
      const { sources } = JSON.parse(readFileSync(join(ROOT, folder, file), "utf8")) as { sources: string[] };
      const [source] = sources.map((name) => new URL(name, `file:///${file}`).pathname.slice(1));
      expect(sources.length, file).toBe(1);
      expect(files, file).toContain(source);
    }
  });

  test("the licence is the repository's", () => {
    expect(readFileSync(join(ROOT, folder, "LICENSE"), "utf8")).toBe(readFileSync(join(ROOT, "LICENSE"), "utf8"));
  });

  test("publint finds nothing", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: arrayBufferOf(path) }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("types resolve as the code does, for all who load ES modules", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(arrayBufferOf(path))));
    if (analysis.types === false) throw new Error("no types");
    expect(Object.keys(analysis.entrypoints).sort()).toEqual(Object.keys(manifest.exports).sort());
    // The profile `esm-only`: CommonJS may load them with `require`, which types before TypeScript 5.8 do not know, and `exports` are asked for.
    const passed = ["node10", "node16-cjs"];
    const problems = analysis.problems.filter(
      (problem) => !("resolutionKind" in problem && passed.includes(problem.resolutionKind)),
    );
    expect(problems).toEqual([]);
  });

  test("importing a door and using nothing of it costs nothing", async () => {
    for (const { default: door } of Object.values(manifest.exports)) {
      const contents = `import ${JSON.stringify(`./${folder}/${door}`)};`;
      const stdin = { contents, resolveDir: ROOT };
      const options = {
        bundle: true,
        write: false,
        format: "esm",
        platform: "node",
        packages: "external",
        logLevel: "silent",
      } as const;
      const { outputFiles, warnings } = await build({ ...options, stdin });
      expect([door, outputFiles.map(({ text }) => text.replace(/^\/\/.*\n/gm, ""))]).toEqual([door, [""]]);
      // The bundler says itself that it has gone by what the package declares.
      expect([...new Set(warnings.map(({ id }) => id))]).toEqual(["ignored-bare-import"]);
      expect(existsSync(join(ROOT, folder, door))).toBe(true);
    }
  });
});

function arrayBufferOf(path: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path)).buffer;
}
