/** Generates random workflows, and runs those that are accepted. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import { generate } from "../../generator/src/generate.js";
import { CHANCE } from "./program.js";

const FOLDER = fileURLToPath(new URL("../../.cano/targets/", import.meta.url));

/** Lays out the modules of several workflows, and generates what is accepted of them. Yields the errors of the others by the workflows' names. */
export function generateAll(programs: ReadonlyMap<string, ReadonlyMap<string, string>>): ReadonlyMap<string, readonly string[]> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const modules = [["chance", CHANCE] as const, ...[...programs.values()].flatMap((program) => [...program])];
  const sources = modules.map(([name, text]) => ({ path: pathOf(name), text }));
  for (const { path, text } of sources) writeFileSync(path, text);
  const read = (names: readonly string[]): ReturnType<typeof generate> =>
    generate({ tsconfig: undefined, files: names.map(pathOf), outDir: undefined });
  const names = [...programs.keys()];
  const refused = new Map<string, string[]>();
  for (const { severity, span, code, message } of read(names).diagnostics) {
    if (severity !== "error") continue;
    const name = /(\w+)[-.\w]*\.ts$/.exec(span?.file ?? "")?.[1] ?? "";
    refused.set(name, [...(refused.get(name) ?? []), `${code} ${message}`]);
  }
  const { files } = read(names.filter((name) => !refused.has(name)));
  for (const { path, text } of [...sources, ...files]) {
    const { code } = transformSync(text, { loader: "ts", target: "es2022" });
    writeFileSync(path.replace(/\.ts$/, ".mjs"), code.replace(/"(\.\/[-\w]+)\.js"/g, '"$1.mjs"'));
  }
  return refused;
}

/** What a workflow's runs come to: the state that they end in, or the code or message of their error. */
export async function endsOf(name: string, draw: () => number, runs: number): Promise<ReadonlySet<string>> {
  const { draw: drawBy } = (await importOf("chance")) as { readonly draw: (by: () => number) => void };
  drawBy(draw);
  const module = (await importOf(`${name}.cano`)) as Record<
    string,
    () => { orchestrate(): Promise<{ readonly state: unknown }> }
  >;
  const ends = new Set<string>();
  for (let run = 0; run < runs; run++) {
    const create = module[`create${name[0]?.toUpperCase()}${name.slice(1)}`];
    if (create === undefined) throw new Error(`${name} has no factory`);
    ends.add(
      await create()
        .orchestrate()
        .then(
          ({ state }) => `ended in ${String(state)}`,
          (error: Error & { readonly code?: string }) => `${error.code ?? ""} ${error.message}`,
        ),
    );
  }
  return ends;
}

function importOf(name: string): Promise<unknown> {
  return import(pathToFileURL(pathOf(name).replace(/\.ts$/, ".mjs")).href);
}

function pathOf(name: string): string {
  return join(FOLDER, `${name}.ts`);
}
