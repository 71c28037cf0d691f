/**
 * Random payload types against the compiler: what is accepted compiles, and what is refused would not fit.
 * `CANO_PAYLOADS=2000 npx vitest run tests/payloads` tries more; a failure names the source.
 */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { STRICT_FLAGS } from "../support/strict-flags.js";
import { payloadMachines, printMachine } from "./payload-machines.js";
import { DECLARATIONS, payloadPairs } from "./payload-types.js";

const COUNT = Number(process.env["CANO_PAYLOADS"] ?? 150);
const SEED = Number(process.env["CANO_SEED"] ?? 20_261_127);
const FOLDER = fileURLToPath(new URL("../../.cano/payloads/", import.meta.url));
// As a tsconfig has them.
const OPTIONS = {
  ...STRICT_FLAGS,
  target: "ES2023",
  lib: ["ES2023", "ESNext.Disposable"],
  module: "NodeNext",
  moduleResolution: "NodeNext",
};

/** Lays out sources in a folder of their own, and generates. Yields the messages of each source, and the modules' errors. */
function check(
  name: string,
  texts: readonly string[],
): { readonly refused: readonly string[]; readonly broken: readonly string[] } {
  const folder = join(FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS }));
  const paths = texts.map((_, at) => join(folder, `m${at}.ts`));
  for (const [at, path] of paths.entries()) writeFileSync(path, texts[at] ?? "");
  const read = (files: readonly string[]): ReturnType<typeof generate> =>
    generate({ tsconfig: join(folder, "tsconfig.json"), files, outDir: undefined });
  const messages = new Map<string, string>();
  for (const { severity, span, code, message } of read(paths).diagnostics)
    if (severity === "error") messages.set(span?.file ?? "", `${code} ${message}`);
  const accepted = paths.filter((path) => !messages.has(path));
  const { files } = read(accepted);
  expect(files.length).toBe(accepted.length);
  for (const { path, text } of files) writeFileSync(path, text);
  return { refused: paths.map((path) => messages.get(path) ?? ""), broken: errorsOf(files.map(({ path }) => path)) };
}

function errorsOf(paths: readonly string[]): readonly string[] {
  const program = ts.createProgram(paths, { ...STRICT_FLAGS, noEmit: true });
  return paths.flatMap((path) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(path))
      .map(({ messageText }) => `${path} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`),
  );
}

test(`${COUNT} machines whose states take what they may be handed are accepted, and compile`, { timeout: 900_000 }, () => {
  const machines = fc.sample(payloadMachines, { numRuns: COUNT, seed: SEED });
  const { refused, broken } = check(
    "machines",
    machines.map((machine, at) => printMachine(machine, `machine${at}`)),
  );
  // The compiler itself refuses few of them, of whose intersections nothing can be.
  const own = refused.filter((message) => message.startsWith("CANO1001"));
  expect(own.length).toBeLessThan(COUNT / 20);
  expect(refused.filter((message) => message !== "" && !own.includes(message))).toEqual([]);
  expect(broken).toEqual([]);
});

test(`${COUNT} pairs of types are judged as the compiler judges them`, { timeout: 900_000 }, () => {
  const pairs = fc.sample(payloadPairs, { numRuns: COUNT, seed: SEED });
  const { refused, broken } = check(
    "pairs",
    pairs.map(([sent, taken], at) => printPair(sent, taken, `pair${at}`)),
  );
  const fits = judge(pairs);
  expect(fits.filter((fit) => !fit).length).toBeGreaterThan(COUNT / 10);
  // What nothing can be, such as an intersection that contradicts itself, is refused with a code of its own.
  const isClosed = (at: number): boolean => refused[at]?.startsWith("CANO1018") === true;
  const wrong = pairs.flatMap(([sent, taken], at) =>
    isClosed(at) || (refused[at] === "") === fits[at]
      ? []
      : `${sent} for ${taken}: ${refused[at] === "" ? "accepted" : refused[at]}`,
  );
  expect(wrong).toEqual([]);
  expect(broken).toEqual([]);
});

function printPair(sent: string, taken: string, name: string): string {
  return `import { type Context, to, workflow } from "cano";
${DECLARATIONS}
const S = { Give: "give", Take: "take", Done: "done" } as const;
declare const sent: ${sent};
class Give { run() { return to(S.Take, sent); } }
class Take { run(_: unknown, { input }: Context<${taken}>) { void input; return S.Done; } }
export const ${name} = workflow({ states: S, initial: S.Give, exits: [S.Done], tasks: { [S.Give]: Give, [S.Take]: Take } });
`;
}

/** Whether the compiler lets what is sent be assigned to what is taken. */
function judge(pairs: readonly (readonly [sent: string, taken: string])[]): readonly boolean[] {
  const path = join(FOLDER, "judged.ts");
  const lines = pairs.map(([sent, taken], at) => `export function f${at}(sent: ${sent}): ${taken} { return sent; }`);
  writeFileSync(path, `${DECLARATIONS}\n${lines.join("\n")}\n`);
  const program = ts.createProgram([path], { ...STRICT_FLAGS, noEmit: true, isolatedDeclarations: false, declaration: false });
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error("it is not there");
  const first = DECLARATIONS.split("\n").length;
  const wrong = new Set(
    program.getSemanticDiagnostics(source).map(({ start = 0 }) => source.getLineAndCharacterOfPosition(start).line - first),
  );
  return pairs.map((_, at) => !wrong.has(at));
}
