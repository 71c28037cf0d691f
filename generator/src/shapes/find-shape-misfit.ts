/**
 * Tells whether every value of one shape is a value of another, and if not, where: whether what was stored as the first may be read as the
 * second. Where they differ without harm is `list-differences.ts`.
 */

import { byDiscriminant } from "./by-discriminant.js";
import { shapeText } from "./shape-text.js";
import { baseOf, isSimple, type Shape, simple } from "./shape.js";
import { type Unfold, type Unfolded, unfolder } from "./unfold.js";
import { unionOf } from "./union-of.js";

/** A place in a value, `` or `.lines[].due`, and what it was and is there; undefined where there is no such place. */
export interface ShapeMisfit {
  readonly path: string;
  readonly was: Shape | undefined;
  readonly is: Shape | undefined;
}

/** `read`: a member that is stored and nobody reads does no harm. `exact`: it is a misfit, too. */
export type Reading = "read" | "exact";

/** The first place at which some value of one shape is none of another; undefined when all of them are. */
export type Compare = (was: Shape, is: Shape) => ShapeMisfit | undefined;

/** See {@link Compare}, of the shapes as a whole. */
export function findShapeMisfit(was: Shape, is: Shape, reading: Reading = "read"): ShapeMisfit | undefined {
  return comparer(was, is, reading)(was, is);
}

/** Compares parts of `was` with parts of `is`. */
export function comparer(was: Shape, is: Shape, reading: Reading): Compare {
  const comparison = new Comparison(unfolder(was), unfolder(is), reading);
  return (before, after) => comparison.compare(before, after);
}

/** Whether every value of `was` is a value of `is`. */
export function fits(was: Shape, is: Shape, reading: Reading = "read"): boolean {
  return findShapeMisfit(was, is, reading) === undefined;
}

// What has no parts fits what is the same.
const PLAIN: ReadonlySet<Shape["kind"]> = new Set(["simple", "literal", "pattern", "large"] as const);

type ObjectShape = Extract<Shape, { readonly kind: "object" }>;
type TupleShape = Extract<Shape, { readonly kind: "tuple" }>;

class Comparison {
  /** Pairs that are being compared: what leads back to one of them fits if the rest of it does. */
  private readonly open: (readonly [Unfolded, Unfolded])[] = [];
  /** What did not fit under such an assumption does not fit without it either. */
  private readonly known = new Map<Unfolded, Map<Unfolded, ShapeMisfit>>();

  constructor(
    private readonly unfoldWas: Unfold,
    private readonly unfoldIs: Unfold,
    private readonly reading: Reading,
  ) {}

  compare(before: Shape, after: Shape): ShapeMisfit | undefined {
    const was = this.unfoldWas(before);
    const is = this.unfoldIs(after);
    if (isSimple(is, "unknown") || isSimple(was, "never")) return undefined;
    if (this.open.some(([open, other]) => open === was && other === is)) return undefined;
    const known = this.known.get(was)?.get(is);
    if (known !== undefined) return known;
    this.open.push([was, is]);
    const misfit = this.judge(was, is);
    this.open.pop();
    if (misfit !== undefined) this.known.set(was, (this.known.get(was) ?? new Map<Unfolded, ShapeMisfit>()).set(is, misfit));
    return misfit;
  }

  private judge(was: Unfolded, is: Unfolded): ShapeMisfit | undefined {
    const whole: ShapeMisfit = { path: "", was, is };
    if (was.kind === "union") {
      const [first] = was.parts.flatMap((part) => this.compare(part, is) ?? []);
      return first?.path === "" ? whole : first;
    }
    if (is.kind === "union") return this.compareWithUnion(was, is.parts) && this.nearest(was, is.parts, whole);
    if (was.kind === "array" && is.kind === "array") return below("[]", this.compare(was.element, is.element));
    if (was.kind === "tuple" && is.kind === "array")
      return below(
        "[]",
        first(was.elements, ({ shape }) => this.compare(shape, is.element)),
      );
    if (was.kind === "tuple" && is.kind === "tuple") return this.compareTuples(was, is);
    if (was.kind === "object" && is.kind === "object") return this.compareObjects(was, is);
    if (was.kind === "codec" && is.kind === "codec" && was.name === is.name) return this.compare(was.value, is.value) && whole;
    if (was.kind === "literal" && isSimple(is, baseOf(was.value))) return undefined;
    if (was.kind === "pattern" && isSimple(is, "string")) return undefined;
    return PLAIN.has(was.kind) && shapeText(was) === shapeText(is) ? undefined : whole;
  }

  private compareWithUnion(was: Unfolded, parts: readonly Shape[]): ShapeMisfit | undefined {
    const fitsOne = (shape: Shape): boolean => parts.some((part) => this.compare(shape, part) === undefined);
    if (fitsOne(was)) return undefined;
    const pieces = was.kind === "object" || was.kind === "tuple" ? byDiscriminant(was, parts.map(this.unfoldIs)) : [];
    return pieces.length > 0 && pieces.every(fitsOne) ? undefined : { path: "", was, is: undefined };
  }

  /** Only one part of a union may be what was meant; then its own misfit is the smallest. */
  private nearest(was: Unfolded, parts: readonly Shape[], whole: ShapeMisfit): ShapeMisfit {
    const [meant, another] = parts.filter((part) => this.unfoldIs(part).kind === was.kind);
    const structured = was.kind === "object" || was.kind === "array" || was.kind === "tuple" || was.kind === "codec";
    const misfit = structured && meant !== undefined && another === undefined ? this.compare(was, meant) : undefined;
    return misfit === undefined || misfit.path === "" ? whole : misfit;
  }

  private compareObjects(was: ObjectShape, is: ObjectShape): ShapeMisfit | undefined {
    const taken = new Set(is.members.map(({ name }) => name));
    const untaken = was.members.filter(({ name }) => !taken.has(name));
    return (
      first(is.members, (member) => below(`.${member.name}`, this.compareMember(was, member))) ??
      first(untaken, ({ name, shape }) => below(`.${name}`, this.compareUntaken(shape, is.others))) ??
      (was.others && below(".*", this.compareUntaken(was.others, is.others)))
    );
  }

  private compareMember(was: ObjectShape, { name, optional, shape }: ObjectShape["members"][number]): ShapeMisfit | undefined {
    const member = was.members.find((candidate) => candidate.name === name);
    const stored = member?.shape ?? was.others;
    if (stored === undefined) return optional ? undefined : { path: "", was: undefined, is: shape };
    if (optional || member?.optional === false) return this.compare(stored, shape);
    return { path: "", was: unionOf([stored, simple("undefined")]), is: shape };
  }

  private compareUntaken(stored: Shape, others: Shape | undefined): ShapeMisfit | undefined {
    if (others !== undefined) return this.compare(stored, others);
    return this.reading === "read" ? undefined : { path: "", was: stored, is: undefined };
  }

  // Element by element; behind what may come any number of times there is no telling which element is meant.
  private compareTuples(was: TupleShape, is: TupleShape): ShapeMisfit | undefined {
    const last = is.elements.at(-1);
    const isSameForm =
      was.elements.length === is.elements.length && was.elements.every(({ place }, index) => place === is.elements[index]?.place);
    const isTold = is.elements.every(({ place }, index) => place !== "rest" || index === is.elements.length - 1);
    const isLongEnough = is.elements.every(({ place }, index) => place !== "one" || was.elements[index]?.place === "one");
    const takenAt = (index: number): TupleShape["elements"][number] | undefined =>
      is.elements[index] ?? (last?.place === "rest" ? last : undefined);
    const hasRoom = was.elements.every(({ place }, index) =>
      place === "rest" ? takenAt(index)?.place === "rest" : takenAt(index),
    );
    if (!isSameForm && !(isTold && isLongEnough && hasRoom)) return { path: "", was, is };
    return first(was.elements, ({ shape }, index) =>
      below(`[${index}]`, this.compare(shape, takenAt(index)?.shape ?? simple("never"))),
    );
  }
}

function below(step: string, misfit: ShapeMisfit | undefined): ShapeMisfit | undefined {
  return misfit && { ...misfit, path: step + misfit.path };
}

function first<T>(list: readonly T[], find: (item: T, place: number) => ShapeMisfit | undefined): ShapeMisfit | undefined {
  for (const [place, item] of list.entries()) {
    const found = find(item, place);
    if (found !== undefined) return found;
  }
  return undefined;
}
