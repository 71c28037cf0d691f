/** What is recorded of a type. */

import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ts } from "../../../typescript/index.cjs";
import { shapeText } from "../../shapes/shape-text.js";
import { createCompiler } from "../compiler.js";
import { createTextOpener } from "../testing/open-texts.js";
import { shapeOf } from "./shape-of.js";

const open = createTextOpener();
const folder = resolve(import.meta.dirname, "../../../../fixtures");
let programs = 0;

/** The text of the shape of what is of all the types `T0`, `T1`, … that `text` declares, with `codecs` for these types. */
function shown(text: string, codecs: readonly (readonly [name: string, encoded: string, isOwn: boolean])[] = []): string {
  const path = `${folder}/shapes-${programs++}.ts`;
  const compiler = createCompiler(open({ [path]: `${text}\nexport {};` }));
  const file = compiler.program.getSourceFile(path);
  const aliases = file?.statements.filter((statement) => ts.isTypeAliasDeclaration(statement)) ?? [];
  const typeOf = (name: string): ts.Type => {
    const alias = aliases.find((candidate) => candidate.name.text === name);
    if (alias === undefined) throw new Error(`no type ${name}`);
    return compiler.checker.getTypeFromTypeNode(alias.type);
  };
  const types = aliases.filter(({ name }) => /^T\d?$/.test(name.text)).map(({ name }) => typeOf(name.text));
  const known = codecs.map(([name, encoded, isOwn]) => ({ name, of: typeOf(name), encoded: typeOf(encoded), isOwn }));
  return shapeText(shapeOf({ ...compiler, codecs: known }, types));
}

describe("one type", () => {
  test.each<[type: string, shape: string, around?: string]>([
    ["string", "string"],
    ["null", "null"],
    ["void", "undefined"],
    ["never", "never"],
    ["unknown", "unknown"],
    ["any", "unknown"],
    ["bigint", "unknown"],
    ["boolean", "boolean"],
    ["true | null", "null | true"],
    ["true | false | 0", "0 | boolean"],
    ["'a' | string", "string"],
    ["`${number} days`", "`${number} days`"],
    ["Uppercase<string>", "Uppercase<string>"],
    ["`a\\`b${bigint}` | string", "string"],
    ["Order | null", "`order-${number}` | null", "type Order = `order-${number}`;"],
    ["`x-${Order}`", "`x-order-${Uppercase<string>}`", "type Loud = Uppercase<string>; type Order = `order-${Loud}`;"],
    ["`x-${Id}`", "`x-${string}`", "type Id = string & { readonly __brand: 'Id' };"],
    ["`x-${number}` & { readonly __brand: 'Id' }", "`x-${number}`"],
    ["`\\`\\${${number}`", "`\\`\\${${number}`"],
    ["'b' | 'a' | 1 | undefined", '"a" | "b" | 1 | undefined'],
    ["E", '"x" | 2', "enum E { B = 2, A = 'x' }"],
    ["E.A", '"x"', "enum E { B = 2, A = 'x' }"],
    ["E", "number", "enum E { A = 'x'.length, B = 'y'.length }"],
    ["readonly string[]", "string[]"],
    ["(string | null)[]", "(null | string)[]"],
    ["[number, string?, ...boolean[]]", "[number, string?, ...boolean[]]"],
    ["readonly [...string[]]", "string[]"],
    ["[a: 1, ...string[], 2]", "[1, ...string[], 2]"],
    ["{ b: string; readonly a?: number }", "{ a?: number; b: string }"],
    ["{ a: string | undefined; b?: undefined; c: unknown }", "{ a?: string; b?: never; c?: unknown }"],
    ["Record<string, number | undefined>", "{ [key: string]: number }"],
    ["{ [key: string]: unknown; 'odd name': 1 }", '{ "odd name": 1; [key: string]: unknown }'],
    ["{ [key: `x${string}`]: 1; [key: `y${string}`]: 2 }", "{ [key: string]: 1 | 2 }"],
    ["Record<'a' | 'b', 1>", "{ a: 1; b: 1 }"],
    ["{ a: string } & { b: number; a: 'x' }", '{ a: "x"; b: number }'],
    ["({ k: 1 } | { k: 2 }) & { b: number }", "{ b: number; k: 1 } | { b: number; k: 2 }"],
    ["string & { readonly __brand: 'Id' }", "string"],
    ["(1 | 2) & { [brand]: true }", "1 | 2", "declare const brand: unique symbol;"],
    ["{ a: 1 } & { [brand]: true }", "{ a: 1 }", "declare const brand: unique symbol;"],
    ["{ f(): void; g: () => 1 }", "{ f: unknown; g: unknown }"],
    ["Point", "{ x: number; y: number }", "class Point { x = 1; constructor(readonly y: number) {} }"],
    ["Box<string>", "{ value: string }", "interface Box<V> { value: V }"],
    ["Partial<Record<'a', { b?: string }>>", "{ a?: { b?: string } }"],
    ["{}", "{}"],
    ["__proto__", "{ __proto__: 1; __under: 3; _under: 2 }", "interface __proto__ { __proto__: 1; _under: 2; __under: 3 }"],
  ])("%s", (type, shape, around = "") => {
    expect(shown(`${around}\ntype T = ${type};`)).toBe(shape);
  });
});

describe("types that refer to themselves", () => {
  test.each<[name: string, text: string, shape: string]>([
    ["a tree", "interface Tree { name: string; children: Tree[] } type T = Tree;", "#0 = { children: #0[]; name: string }"],
    ["below", "interface Tree { children: Tree[] } type T = { top: Tree };", "{ top: #1 = { children: #1[] } }"],
    ["through a union", "type List = null | { next: List }; type T = List;", "(#0 = { next: #0 | null }) | null"],
    ["an array of itself", "type Nest = Nest[]; type T = Nest;", "#0 = #0[]"],
    ["two of each other", "interface A { b?: B } interface B { a: A | null } type T = B;", "#0 = { a: null | { b?: #0 } }"],
    ["mapped", "interface A { a?: A } type R<X> = { [K in keyof X]: R<X[K]> }; type T = R<A>;", "{ a?: #1 = { a?: #1 } }"],
    [
      "JSON itself",
      "type Json = string | number | boolean | null | Json[] | { [key: string]: Json }; type T = Json;",
      "(#0 = (#0 | (#1 = { [key: string]: #0 | #1 | boolean | null | number | string }) | boolean | null | number | string)[]) | " +
        "(#0 = { [key: string]: #0 | (#1 = (#0 | #1 | boolean | null | number | string)[]) | boolean | null | number | string }) | " +
        "boolean | null | number | string",
    ],
  ])("%s", (_, text, shape) => {
    expect(shown(text)).toBe(shape);
  });

  test("one without an end is a hash of its beginning, or immeasurable", () => {
    const twice = "interface Box<V> { value: V; left?: Box<[V, 1]>; right?: Box<[V, 2]> } type T = Box<string>;";
    expect(shown(twice)).toBe("a type too large to be recorded, immeasurable");
    expect(shown("interface Box<V> { value: V; next?: Box<Box<V>> } type T = Box<string>;")).toMatch(
      /^a type too large to be recorded, \S{16}$/,
    );
  });
});

describe("of several types at once", () => {
  test.each<[text: string, shape: string]>([
    ["type T0 = { a: string }; type T1 = { b?: number; a: string };", "{ a: string; b?: number }"],
    ["type T0 = { a?: 'x' | 'y' }; type T1 = { a: string };", '{ a: "x" | "y" }'],
    ["type T0 = { a: string | number }[]; type T1 = { a: number; b: 1 }[];", "{ a: number; b: 1 }[]"],
    ["type T0 = { a: { k: 1 } | { k: 2 } }; type T1 = { a: { k: number; x: 1 } };", "{ a: { k: 1; x: 1 } | { k: 2; x: 1 } }"],
    ["type T0 = unknown; type T1 = { a: 1 };", "{ a: 1 }"],
    ["type T0 = string | undefined; type T1 = 'a' | 'b' | undefined;", '"a" | "b" | undefined'],
    ["type T0 = string; type T1 = { a: 1 } | undefined;", "string"],
    ["type T0 = `a${number}` | 1; type T1 = string;", "`a${number}`"],
    ["type T0 = 'a1' | 'a2'; type T1 = `a${number}`;", '"a1" | "a2"'],
    ["type T0 = `a${string}`; type T1 = `${string}b`; type T2 = `${string}c`;", "`${string}b` & `${string}c` & `a${string}`"],
    ["type T0 = `a${number}`; type T1 = number;", "never"],
    ["type T0 = { a: string }; type T1 = { a: number };", "{ a: never }"],
    ["interface A { a?: A } interface B { a?: B; b: 1 } type T0 = A; type T1 = B;", "#0 = { a?: #0; b: 1 }"],
  ])("%s", (text, shape) => {
    expect(shown(text)).toBe(shape);
  });
});

describe("what has a codec", () => {
  const types =
    "type date = Date; type text = string; type map = ReadonlyMap<unknown, unknown>; type pairs = [unknown, unknown][];";
  const known = [
    ["date", "text", false],
    ["map", "pairs", false],
    ["Money", "Encoded", true],
  ] as const;

  test("is what that encodes it to", () => {
    const text = `${types} class Cash { cents = 1n; } type Money = Cash; type Encoded = readonly [cents: string]; type T = { due?: Date; by: Map<string, Cash> };`;
    expect(shown(text, known)).toBe('{ by: Codec<"map", [string, Codec<"Money", [string]>][]>; due?: Codec<"date", string> }');
  });

  test("also where it holds itself", () => {
    const text = `${types} class Cash { cents = 1n; } type Money = Cash; type Encoded = { parts: Cash[] }; type T = Cash;`;
    expect(shown(text, known)).toBe('#0 = Codec<"Money", { parts: #0[] }>');
  });
});

test("neither the order of declarations nor that of members nor names matter", () => {
  const one = "interface Line { due: string; text: string } type T = { lines: Line[]; kind: 'a' | 'b' };";
  const other =
    "type T = { kind: 'b' | 'a' } & { lines: readonly Row[] }; type Row = { text: Text } & { due: Text }; type Text = string;";
  expect(shown(other)).toBe(shown(one));
});

test("a large type is a hash of what it is", () => {
  const members = Array.from({ length: 1_100 }, (_, place) => `m${place}: string`);
  const large = shown(`type T = { ${members.join("; ")} };`);
  expect(large).toMatch(/^a type too large to be recorded, \S{16}$/);
  expect(shown(`type T = { ${members.toReversed().join("; ")} };`)).toBe(large);
  expect(shown(`type T = { ${members.slice(1).join("; ")} };`)).not.toBe(large);
});
