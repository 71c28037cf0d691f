/** Lists where two shapes differ, member by member, and which of the differences do harm: what was stored there cannot be read. */

import { comparer, type Compare, type ShapeMisfit } from "./find-shape-misfit.js";
import { shapeText, shapeWords } from "./shape-text.js";
import { type Shape, simple } from "./shape.js";
import { type Unfold, type Unfolded, unfolder } from "./unfold.js";
import { unionOf } from "./union-of.js";

/** A place at which two shapes differ; see {@link ShapeMisfit}. */
export interface Difference extends ShapeMisfit {
  /** Whether what was stored there can still be read. */
  readonly fits: boolean;
}

/** The differences of two shapes, by their paths; none where they are the same. One of them does not fit exactly if the whole does not. */
export function listDifferences(was: Shape, is: Shape): readonly Difference[] {
  const compare = comparer(was, is, "read");
  const found = new Differences(compare, comparer(was, is, "exact"), comparer(is, was, "exact"), unfolder(was), unfolder(is));
  found.look(was, is, "");
  const misfit = compare(was, is);
  // What fits as a whole may have parts that do not, where the parts of a union take each other's place.
  if (misfit === undefined) return found.list.map((difference) => ({ ...difference, fits: true }));
  return found.list.some(({ fits }) => !fits) ? found.list : [...found.list, { ...misfit, fits: false }];
}

/** States a difference: "`.due` was `string`, is `number`". */
export function differenceWords({ path, was, is }: ShapeMisfit): string {
  const place = path === "" ? "" : `\`${path}\` `;
  const before = was === undefined ? "was missing" : `was \`${shapeWords(was)}\``;
  return `${place}${before}, ${is === undefined ? "is not read any more" : `is \`${shapeWords(is)}\``}`;
}

type Member = Extract<Shape, { readonly kind: "object" }>["members"][number];

class Differences {
  readonly list: Difference[] = [];
  private readonly seen = new Map<Unfolded, Set<Unfolded>>();

  constructor(
    private readonly compare: Compare,
    private readonly covers: Compare,
    private readonly isCovered: Compare,
    private readonly unfoldWas: Unfold,
    private readonly unfoldIs: Unfold,
  ) {}

  look(before: Shape, after: Shape, path: string): void {
    const was = this.unfoldWas(before);
    const is = this.unfoldIs(after);
    if (this.seen.get(was)?.has(is)) return;
    this.seen.set(was, (this.seen.get(was) ?? new Set()).add(is));
    if (this.covers(was, is) === undefined && this.isCovered(is, was) === undefined) return;
    if (was.kind === "object" && is.kind === "object") return this.lookAtMembers(was, is, path);
    if (was.kind === "array" && is.kind === "array") return this.look(was.element, is.element, `${path}[]`);
    const [one, other] = [this.onlyPart(was, this.unfoldWas), this.onlyPart(is, this.unfoldIs)];
    if (one !== undefined && other !== undefined && one.rest === other.rest) return this.look(one.part, other.part, path);
    const misfit = this.compare(was, is);
    // Of several parts one may tell where it does not fit.
    if (misfit !== undefined && misfit.path !== "") this.list.push({ ...misfit, path: path + misfit.path, fits: false });
    else this.list.push({ path, was, is, fits: misfit === undefined });
  }

  private lookAtMembers(was: Extract<Shape, { kind: "object" }>, is: typeof was, path: string): void {
    const names = [...new Set([...was.members, ...is.members].map(({ name }) => name))].sort();
    for (const name of names) {
      const here = `${path}.${name}`;
      const before = was.members.find((member) => member.name === name);
      const after = is.members.find((member) => member.name === name);
      if (before !== undefined && after !== undefined) this.lookAtMember(before, after, here);
      // What only one of the two names comes under what other members are in the other one, if that has them.
      else if (before !== undefined && is.others === undefined)
        this.list.push({ path: here, was: whole(before), is: undefined, fits: true });
      else if (before !== undefined && is.others !== undefined) this.look(before.shape, is.others, here);
      else if (after !== undefined && was.others !== undefined)
        this.lookAtMember({ ...after, optional: true, shape: was.others }, after, here);
      else if (after !== undefined) this.list.push({ path: here, was: undefined, is: whole(after), fits: after.optional });
    }
    if (was.others !== undefined && is.others !== undefined) this.look(was.others, is.others, `${path}.*`);
    else if (was.others ?? is.others) this.list.push({ path: `${path}.*`, was: was.others, is: is.others, fits: true });
  }

  private lookAtMember(before: Member, after: Member, path: string): void {
    if (before.optional === after.optional) return this.look(before.shape, after.shape, path);
    const fits = after.optional && this.compare(before.shape, after.shape) === undefined;
    this.list.push({ path, was: whole(before), is: whole(after), fits });
  }

  /** The one part of a union that has parts of its own, and the text of all others. */
  private onlyPart(shape: Unfolded, unfold: Unfold): { readonly part: Shape; readonly rest: string } | undefined {
    if (shape.kind !== "union") return undefined;
    const [part, another] = shape.parts.filter((candidate) => ["object", "array"].includes(unfold(candidate).kind));
    if (part === undefined || another !== undefined) return undefined;
    return {
      part,
      rest: shape.parts
        .filter((other) => other !== part)
        .map(shapeText)
        .join(),
    };
  }
}

function whole({ optional, shape }: Member): Shape {
  return optional ? unionOf([shape, simple("undefined")]) : shape;
}
