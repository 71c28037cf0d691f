/** Random literals that are handed from state to state, each with a type that it is often a value of. */

import fc from "fast-check";

/** What the literals below are made of; to be put in front of the code that has them. */
export const LITERAL_DECLARATIONS = `
declare const cond: boolean;
declare const num: number;
declare const str: string;
declare const either: "x" | "y";
declare const perhaps: "x" | undefined;
declare const list: string[];
declare const order: { kind: "x"; size: number };
declare const loose: { kind: string; size: number };
declare const shape: { kind: "x"; size: number } | { kind: "y"; list: string[] };
declare const maybe: { kind: "x"; size?: number };
const kind = "x";
const size = cond ? 1 : 2;
const pair = ["x", 1] as const;
export const used = [cond, num, str, either, perhaps, list, order, loose, shape, maybe, kind, size, pair];
`;

/** In the types of objects, where others may have more members: the compiler refuses them in a literal, and does not elsewhere. */
export const MORE = "/* more */";

/** A literal with a type. */
export type Literal = readonly [expression: string, type: string];

const LEAVES: readonly Literal[] = [
  ['"x"', '"x" | "y"'],
  ['"x"', "string"],
  ['"y"', '"y"'],
  ["kind", '"x"'],
  ["either", '"x" | "y"'],
  ["perhaps", '"x" | undefined'],
  ['perhaps ?? "y"', '"x" | "y"'],
  ['cond ? "x" : "y"', '"x" | "y"'],
  ["`x`", '"x"'],
  ["`n-${num}` as const", "`n-${number}`"],
  ["1", "1 | 2"],
  ["size", "1 | 2"],
  ["num", "number"],
  ["str", "string"],
  ["true", "boolean"],
  ["cond", "boolean"],
  ["null", "null"],
  ["order.kind", '"x"'],
  ["shape.kind", '"x" | "y"'],
  ["list", "string[]"],
  ["order", `{ kind: "x"; size: number; ${MORE} }`],
];

const SHAPE = `{ kind: "x"; size: number; ${MORE} } | { kind: "y"; list: string[]; ${MORE} }`;
const OPEN = `{ kind: "x"; ${MORE} } | { kind: "y"; size?: number; ${MORE} }`;
const OUTCOME = `{ kind: true; size: 1 | 2; ${MORE} } | { kind: false; size?: "x"; ${MORE} }`;

/** Parts of unions, which only some values of a member tell apart. */
const PARTS: readonly Literal[] = [
  ["{ kind, size: 1 }", SHAPE],
  ["{ ...shape }", SHAPE],
  ['{ ...order, kind: "y", list }', SHAPE],
  ['{ ...loose, kind: "x" }', SHAPE],
  ["{ kind: either, size: num, list }", SHAPE],
  ['{ kind: cond ? "x" : "y" }', OPEN],
  ['{ kind: "y", ...(cond ? { size: 1 } : {}) }', OPEN],
  ["{ kind: either, size }", OPEN],
  ['{ ...(cond ? { kind: "x" } : { kind: "y", size: 2 }) }', OPEN],
  ['{ kind: num > 1, size: cond ? 1 : "x" }', OUTCOME],
  ["{ kind: cond, size: 1 }", OUTCOME],
  ["{ ...(cond ? { kind: true, size } : { kind: false }) }", OUTCOME],
  ["{ a: order, b: shape, c: { kind, size: 1 } }", `Record<string, ${SHAPE}>`],
  ["{ kind, either }", 'Record<string, "x" | "y">'],
  ["{ ...maybe, kind: 1 }", "Record<string, number>"],
  ["{ [str]: kind }", 'Record<string, "x" | "y">'],
];

const leaf = fc.constantFrom(...LEAVES);
const spreads = fc.constantFrom(
  "",
  "...order, ",
  "...shape, ",
  "...maybe, ",
  '...(cond ? { mode: "x" } : {}), ',
  "...(cond && { size: 1 }), ",
);

const { literal } = fc.letrec<{ literal: Literal }>((tie) => ({
  literal: fc.oneof(
    { maxDepth: 2 },
    { arbitrary: leaf, weight: 2 },
    { arbitrary: fc.constantFrom(...PARTS), weight: 2 },
    {
      arbitrary: fc
        .tuple(spreads, leaf, fc.constantFrom("", "?"), tie("literal"), fc.constantFrom("", "?"), tie("literal"))
        .map(([spread, [own, type], mark, [inner, innerType], otherMark, [other, otherType]]): Literal => [
          `{ kind: ${own}, ${spread}in: ${inner}, mode: ${other} }`,
          `{ kind: ${type}; in${mark}: ${innerType}; mode${otherMark}: ${otherType}; ${MORE} }`,
        ]),
      weight: 4,
    },
    fc
      .tuple(tie("literal"), tie("literal"))
      .map(([[one, type], [two, other]]): Literal => [`cond ? ${one} : ${two}`, `${type} | ${other}`]),
    fc
      .tuple(tie("literal"), tie("literal"))
      .map(([[one, type], [two, other]]): Literal => [`[${one}, ${two}]`, `readonly (${type} | ${other})[]`]),
    fc
      .tuple(tie("literal"), tie("literal"))
      .map(([[one, type], [two, other]]): Literal => [`[${one}, ${two}]`, `[${type}, (${other})?]`]),
    tie("literal").map(([one, type]): Literal => [`[${one}, ...list]`, `[${type}, ...string[]]`]),
    tie("literal").map(([one, type]): Literal => [`[${one}, ...pair]`, `[${type}, "x", number]`]),
    tie("literal").map(([one, type]): Literal => [`[...(cond ? [${one}] : []), ${one}]`, `(${type})[]`]),
  ),
}));

/** Literals with types that most of them have: the others are of another literal, or have been edited. */
export const payloadLiterals: fc.Arbitrary<Literal> = fc.oneof(
  { arbitrary: literal, weight: 4 },
  { arbitrary: literal.map(([expression, type]): Literal => [expression, type.replace('"x"', '"z"')]), weight: 1 },
  { arbitrary: literal.map(([expression, type]): Literal => [expression, type.replace("?:", ":")]), weight: 1 },
  { arbitrary: literal.map(([expression, type]): Literal => [expression, type.replace("{ ", "{ more: 1; ")]), weight: 1 },
  { arbitrary: fc.tuple(literal, literal).map(([[expression], [, type]]): Literal => [expression, type]), weight: 1 },
);
