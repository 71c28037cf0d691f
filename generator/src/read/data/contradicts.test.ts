/** Types that one value cannot have at once, as two tasks ask for one resource with them. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

function conflictsOf(first: string, second: string): readonly string[] {
  const { readings } = read({
    "flow.ts": `import { workflow } from "cano";
enum S { A = "a", B = "b", C = "c" }
declare const key: unique symbol;
interface Chain { readonly next: Chain; readonly length: 1 }
interface Ring { readonly next: Ring; readonly size: 2 }
interface Loop { readonly next: Loop; readonly length: "long" }
class Base { private readonly held = 1; }
class Left extends Base { readonly left = 1; }
class Right extends Base { readonly right = 1; }
class Other { private readonly held = 1; readonly other = 1; }
class One { run({ db }: { db: ${first} }) { void db; return S.B; } }
class Two { run({ db }: { db: ${second} }) { void db; return S.C; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: One, [S.B]: Two } });`,
  });
  return readings.flatMap(({ resourceConflicts }) =>
    resourceConflicts.map(({ first, second }) => `${first.type} / ${second.type}`),
  );
}

test.each<[first: string, second: string]>([
  ["AsyncIterable<string>", "AsyncIterable<number>"],
  ["{ [key]: string; }", "{ [key]: number; }"],
  ["Record<string, number>", "Record<string, string>"],
  ["Record<string, number>", "{ limit: string; }"],
  ["{ [name: `x-${string}`]: number; }", "{ 'x-limit': string; }"],
  ["{ [name: string]: number; }", "{ [place: number]: string; }"],
  ["string & { readonly brand: 1; }", "{ id: string; }"],
  ["Record<string, number>", "{ limit: 1; unit: string; }"],
  ["Loop", "Chain"],
  ["Left", "Other"],
  ["{ held: number; size: 1; }", "Left"],
  ["{ unit: string; }", "{ unit: undefined; }"],
  ["{ units: string[]; }", "{ units: { m: 1; }; }"],
  ["{ unit: { a: 1; } | null; }", "{ unit: { a: 2; } | undefined; }"],
])("%s and %s contradict each other, whichever comes first", (first, second) => {
  expect([conflictsOf(first, second), conflictsOf(second, first)]).toEqual([[`${first} / ${second}`], [`${second} / ${first}`]]);
});

test.each<[first: string, second: string]>([
  ["AsyncIterable<string>", "AsyncIterable<'a'>"],
  ["Iterable<string>", "{ readonly size: number }"],
  ["{ [key]: string }", "{ key: number }"],
  ["Record<string, number>", "{ limit: 1; size?: number }"],
  ["Record<string, unknown>", "{ read(): string }"],
  ["Record<string, { a: 1 }>", "{ limit: { b: 2 } }"],
  ["{ [name: `x-${string}`]: number }", "{ limit: string }"],
  ["{ [place: number]: number }", "{ limit: string; [key]: string }"],
  ["string & { readonly brand: 'id' }", "string & { readonly checked: true }"],
  ["string & { readonly brand: 'id' }", "{ readonly length: number }"],
  ["{ id: string } & { name: string }", "{ size: number }"],
  ["{ unit: string; from: 1 }", "{ unit: 'm'; to: 2 }"],
  ["{ unit: { a: 1 } | null }", "{ unit: { b: 1 } }"],
  ["Chain", "Ring"],
  ["Left", "Right"],
  ["{ unit: 'm' | null; from: 1 }", "{ unit: string; to: 2 }"],
  ["{ [place: number]: number; from: 1 }", "{ [key: symbol]: string; to: 2 }"],
  ["{ [place: number]: number; from: 1 }", "{ [name: `x-${string}`]: string; to: 2 }"],
  ["{ [name: `y-${string}`]: number; from: 1 }", "{ [name: `x-${string}`]: string; to: 2 }"],
])("%s and %s go together", (first, second) => {
  expect([conflictsOf(first, second), conflictsOf(second, first)]).toEqual([[], []]);
});
