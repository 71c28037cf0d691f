/**
 * Random payload types and literals against the compiler: what is accepted compiles, and what is refused would not fit.
 * `CANO_PAYLOADS=2000 npx vitest run tests/payloads` tries more; a failure names the source.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { check, judge } from "./judged.js";
import { LITERAL_DECLARATIONS, MORE, payloadLiterals } from "./payload-literals.js";
import { payloadMachines, printMachine } from "./payload-machines.js";
import { DECLARATIONS, type PayloadJoin, payloadJoins, payloadPairs } from "./payload-types.js";

const COUNT = Number(process.env["CANO_PAYLOADS"] ?? 150);
const SEED = Number(process.env["CANO_SEED"] ?? 20_261_127);
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
  expectJudged(
    "pairs",
    pairs.map(([sent, taken]) => ({
      text: `${sent} for ${taken}`,
      printed: (name: string) => printPair(`${DECLARATIONS}\ndeclare const sent: ${sent};`, "sent", taken, name),
      judged: (name: string) => `export function ${name}(sent: ${sent}): ${taken} { return sent; }`,
    })),
    DECLARATIONS,
  );
});

test(`${COUNT} literals are judged as the compiler judges them in the place of a value`, { timeout: 900_000 }, () => {
  const literals = fc.sample(payloadLiterals, { numRuns: COUNT, seed: SEED });
  expectJudged(
    "literals",
    literals.map(([sent, taken]) => ({
      text: `${sent} for ${taken}`,
      printed: (name: string) => printPair(LITERAL_DECLARATIONS, sent, taken, name),
      judged: (name: string) =>
        `export function ${name}(): ${taken.replaceAll(MORE, "[more: string]: unknown;")} { return ${sent}; }`,
    })),
    LITERAL_DECLARATIONS,
  );
});

test(
  `${COUNT} joins are accepted where the compiler accepts the intersection of what the branches take`,
  { timeout: 900_000 },
  () => {
    const joins = fc.sample(payloadJoins, { numRuns: COUNT, seed: SEED });
    const { refused, broken } = check(
      "joins",
      joins.map((join, at) => printJoin(join, `joins${at}`)),
    );
    const fits = judge(
      joins.map(({ one, two, taken }, at) => `export function f${at}(sent: (${one}) & (${two})): ${taken} { return sent; }`),
      DECLARATIONS,
    );
    const judged = joins.map((join, at) => ({ ...join, refused: refused[at] ?? "", fits: fits[at] }));
    expect(judged.filter((join) => join.refused === "" && !join.fits)).toEqual([]);
    // What would only fit if the types of one member merged is refused.
    expect(judged.filter((join) => join.refused.startsWith("CANO4001") && join.fits && join.isDisjoint)).toEqual([]);
    expect(judged.filter((join) => join.refused === "").length).toBeGreaterThan(COUNT / 5);
    expect(broken).toEqual([]);
  },
);

/** What is sent and taken: a workflow that does so, and a function that the compiler refuses unless it may. */
interface Trial {
  readonly text: string;
  readonly printed: (name: string) => string;
  readonly judged: (name: string) => string;
}

function expectJudged(name: string, trials: readonly Trial[], declarations: string): void {
  const { refused, broken } = check(
    name,
    trials.map(({ printed }, at) => printed(`${name}${at}`)),
  );
  const fits = judge(
    trials.map(({ judged }, at) => judged(`f${at}`)),
    declarations,
  );
  expect(fits.filter((fit) => !fit).length).toBeGreaterThan(COUNT / 10);
  // What nothing can be, such as an intersection that contradicts itself, is refused with a code of its own.
  const isClosed = (at: number): boolean => refused[at]?.startsWith("CANO1018") === true;
  const wrong = trials.flatMap(({ text }, at) =>
    isClosed(at) || (refused[at] === "") === fits[at] ? [] : `${text}: ${refused[at] === "" ? "accepted" : refused[at]}`,
  );
  expect(wrong).toEqual([]);
  expect(broken).toEqual([]);
}

function printPair(declarations: string, sent: string, taken: string, name: string): string {
  return `import { type Context, to, workflow } from "cano";
${declarations}
const S = { Give: "give", Take: "take", Done: "done" } as const;
class Give { run() { return to(S.Take, ${sent}); } }
class Take { run(_: unknown, { input }: Context<${taken}>) { void input; return S.Done; } }
export const ${name} = workflow({ states: S, initial: S.Give, exits: [S.Done], tasks: { [S.Give]: Give, [S.Take]: Take } });
`;
}

function printJoin({ one, two, taken }: PayloadJoin, name: string): string {
  return `import { type Context, type Joined, split, workflow } from "cano";
${DECLARATIONS}
const S = { Fork: "fork", Take: "take", Done: "done" } as const;
class One { run(_: unknown, { input }: Context<${one}>) { void input; return 1; } }
class Two { run(_: unknown, { input }: Context<${two}>) { void input; return 1; } }
class Take { run(_: unknown, { input }: Context<Joined<${taken}, number>>) { void input; return S.Done; } }
const fork = split([One, Two], { next: S.Take });
export const ${name} = workflow({ states: S, initial: S.Fork, exits: [S.Done], tasks: { [S.Fork]: fork, [S.Take]: Take } });
`;
}
