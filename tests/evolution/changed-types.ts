/** Random types of what a workflow stores, each in three forms: what is handed on, what is taken of it, and what is taken after a change. */

import fc from "fast-check";
import { objectOf, type Shape, type ShapeMember, simple } from "../../generator/src/shapes/shape.js";
import { unionOf } from "../../generator/src/shapes/union-of.js";

/** One type, in the order in which it becomes another; all are objects. */
export interface ChangedType {
  readonly handed: Shape;
  readonly taken: Shape;
  readonly later: Shape;
  /** Decides on a value that is handed on. */
  readonly choices: readonly number[];
}

type Members = readonly ShapeMember[];

const leaf = fc.constantFrom<Shape>(
  simple("string"),
  simple("number"),
  simple("boolean"),
  { kind: "literal", value: "a" },
  { kind: "literal", value: 1 },
);
const part: fc.Arbitrary<Shape> = fc.oneof(
  { arbitrary: leaf, weight: 4 },
  { arbitrary: leaf.map((element): Shape => ({ kind: "array", element })), weight: 1 },
  { arbitrary: leaf.map((shape) => unionOf([shape, simple("null")])), weight: 1 },
  { arbitrary: leaf.map((shape) => objectOf([{ name: "in", optional: false, shape }])), weight: 1 },
);
const members: fc.Arbitrary<Members> = fc.uniqueArray(
  fc.record({ name: fc.constantFrom("a", "b", "c", "d", "e"), optional: fc.boolean(), shape: part }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 4 },
);

/** See the file's first line. */
export const changedTypes: fc.Arbitrary<ChangedType> = fc
  .record({ handed: members, others: members, choices: fc.array(fc.nat({ max: 1_000 }), { minLength: 40, maxLength: 40 }) })
  .map(({ handed, others, choices }) => {
    const choose = chooser(choices);
    const taken = handed.filter(() => choose(3) > 0).map((member) => (choose(4) === 0 ? widened(member) : member));
    const later = [
      ...taken.filter(() => choose(6) > 0).map((member) => changed(member, others, choose)),
      ...unread(handed, taken).flatMap((member) => (choose(2) === 0 ? [readAs(member, others, choose)] : [])),
      ...unread(others, handed).flatMap((member) => (choose(4) === 0 ? [{ ...member, optional: choose(4) > 0 }] : [])),
    ];
    return { handed: objectOf(handed), taken: objectOf(taken), later: objectOf(later), choices };
  });

/** Decides by `choices`, again and again. */
export function chooser(choices: readonly number[]): (ways: number) => number {
  let place = 0;
  return (ways) => (choices[place++ % choices.length] ?? 0) % ways;
}

/** What the one has and the other has not, by name. */
function unread(some: Members, others: Members): Members {
  return some.filter(({ name }) => others.every((other) => other.name !== name));
}

function widened(member: ShapeMember): ShapeMember {
  return { ...member, shape: unionOf([member.shape, simple("null")]) };
}

function changed(member: ShapeMember, others: Members, choose: (ways: number) => number): ShapeMember {
  const way = choose(12);
  if (way === 0) return readAs(member, others, choose);
  return way < 4 ? widened({ ...member, optional: true }) : member;
}

/** As a member that may be missing, of its own type or of another one. */
function readAs(member: ShapeMember, others: Members, choose: (ways: number) => number): ShapeMember {
  const other = choose(3) === 0 ? others[choose(others.length)] : undefined;
  return { ...member, optional: true, shape: other?.shape ?? member.shape };
}
