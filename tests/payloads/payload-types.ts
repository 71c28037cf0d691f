/** Random types of what is handed from state to state, as one writes them down. */

import fc from "fast-check";

/** What the types below go by; to be put in front of the code that names them. */
export const DECLARATIONS = `
const Color = { Red: "red", Blue: "blue" } as const;
type Color = (typeof Color)[keyof typeof Color];
interface Box<Value> { readonly value: Value }
interface Tree { readonly name: string; readonly children: readonly Tree[] }
class Point { readonly x = 1; private readonly secret = "s"; show() { return this.secret; } }
type Shape = { readonly kind: "circle"; readonly radius: number } | { readonly kind: "square"; readonly side: number };
export type Used = [Color, Box<1>, Tree, Point, Shape];
`;

// Without `unknown`: in an intersection with what may be missing, a type of that does not even fit itself, for the compiler.
const LEAVES: readonly string[] = [
  "string",
  "number",
  "boolean",
  "null",
  "bigint",
  "Date",
  "Point",
  "Tree",
  "Shape",
  "Color",
  '"a"',
  '"b"',
  '"a" | "b"',
  "1",
  "2",
  "true",
  "typeof Color.Red",
  "`id-${number}`",
  "Set<string>",
];
const leaf = fc.constantFrom(...LEAVES);

function membersOf(names: readonly string[], type: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const member = fc.tuple(fc.constantFrom(...names), fc.boolean(), type);
  return fc
    .uniqueArray(member, { minLength: 1, maxLength: 3, selector: ([name]) => name })
    .map((members) => `{ ${members.map(([name, optional, inner]) => `${name}${optional ? "?" : ""}: ${inner}`).join("; ")} }`);
}

const { type, members } = fc.letrec<{ type: string; members: string }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 2 },
    { arbitrary: leaf, weight: 3 },
    { arbitrary: tie("members"), weight: 3 },
    tie("type").map((inner) => `(${inner})[]`),
    tie("type").map((inner) => `readonly (${inner})[]`),
    tie("type").map((inner) => `Box<${inner}>`),
    fc.tuple(tie("type"), tie("type")).map(([one, other]) => `(${one}) | (${other})`),
    fc.tuple(tie("type"), tie("type")).map(([one, other]) => `[${one}, (${other})?]`),
    fc.tuple(tie("type"), tie("type")).map(([one, rest]) => `readonly [${one}, ...(${rest})[]]`),
    tie("members").map((members) => `Partial<${members}>`),
    fc.tuple(tie("members"), tie("members")).map(([one, other]) => `${one} & ${other}`),
  ),
  members: membersOf(["a", "b", "kind", '"x-y"'], tie("type")),
}));

/** A type that may be handed over. */
export const payloadTypes: fc.Arbitrary<string> = type;

// What is written otherwise in a slip or in a later version.
const EDITS: readonly (readonly [RegExp, string])[] = [
  [/\bstring\b/, "number"],
  [/\bnumber\b/, "number | undefined"],
  [/\?:/, ":"],
  [/(\w): /, "$1?: "],
  [/"a"/, "string"],
  [/\bstring\b/, '"a"'],
  [/$/, " | null"],
  [/\{ /, "{ more: string; "],
  [/\{ /, "{ more?: string; "],
  [/\bColor\b/, '"blue"'],
  [/\bnumber\b/, "1"],
  [/Shape/, "{ kind: string }"],
  [/\bboolean\b/, "true"],
  [/\btrue\b/, "boolean"],
  [/^/, "unknown | "],
];

/** Two types that are often alike. */
export const payloadPairs: fc.Arbitrary<readonly [sent: string, taken: string]> = fc.oneof(
  {
    arbitrary: fc.tuple(type, fc.constantFrom(...EDITS)).map(([sent, edit]) => [sent, sent.replace(...edit)] as const),
    weight: 5,
  },
  { arbitrary: type.map((same) => [same, same] as const), weight: 1 },
  { arbitrary: fc.tuple(type, type), weight: 1 },
);

// What the state behind a join may ask for beyond that.
const JOIN_EDITS: readonly (readonly [RegExp, string])[] = [
  ...EDITS,
  [/\{ /, "{ [more: string]: unknown; "],
  [/\{ /, "{ [more: `${string}-y`]: string; "],
  [/$/, " | { other: 1 }"],
];

/** What two branches of a split take, and what the state behind the join takes of both. */
export interface PayloadJoin {
  readonly one: string;
  readonly two: string;
  readonly taken: string;
  /** Whether no member may be in both. */
  readonly isDisjoint: boolean;
}

const disjoint = fc.record({
  one: membersOf(["a", "kind"], type),
  two: membersOf(["b", '"x-y"'], type),
  isDisjoint: fc.constant(true),
});
const anything = fc.oneof({ arbitrary: members, weight: 3 }, type);

/** Joins whose sides are often alike. */
export const payloadJoins: fc.Arbitrary<PayloadJoin> = fc
  .tuple(
    fc.oneof(disjoint, fc.record({ one: anything, two: anything, isDisjoint: fc.constant(false) })),
    fc.constantFrom(...JOIN_EDITS, [/$/, ""] as const),
    fc.nat({ max: 3 }),
  )
  .map(([join, edit, which]) => {
    const { one, two } = join;
    const taken = [`(${one}) & (${two})`, `(${two}) & (${one})`, one, two][which] ?? one;
    return { ...join, taken: taken.replace(...edit) };
  });
