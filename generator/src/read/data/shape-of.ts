/** Describes the values of a type as they are stored. What of a type would not survive that is `find-json-loss.ts`; comparing is `shapes/`. */

import { ts } from "../../../typescript/index.cjs";
import { shapeText } from "../../shapes/shape-text.js";
import { objectOf, type Shape, type ShapeMember, simple, type TupleElement } from "../../shapes/shape.js";
import { unionOf, withoutUndefined } from "../../shapes/union-of.js";
import { hashText } from "../../text/hash-text.js";
import type { Compiler } from "../compiler.js";
import { isReference } from "../follow/declarations-of.js";
import { codecOf } from "./find-json-loss.js";
import { indexedType } from "./find-type-misfit.js";
import { meetPrimitives, primitiveShape } from "./primitive-shape.js";

// What is larger is recorded as a hash. Nobody would read it in a pull request, and a lock is not there to grow without end.
const RECORDED = 1_000;
// What is larger than that is not looked at to its end: types may have none.
const LARGEST = 20_000;
const DEEPEST = 100;

/**
 * The shape of what is of all these types at once. A type with more than 1,000 parts becomes a hash; what lies more than a hundred levels deep
 * does not count for it, and of one with more than 20,000 parts nothing is told apart.
 */
export function shapeOf(compiler: Compiler, types: readonly ts.Type[]): Shape {
  const reader = new ShapeReader(compiler);
  const shape = reader.read(types);
  // In which order the compiler lists the parts of a union, and so what lies beyond, may change with code that has nothing to do with it.
  if (reader.count > LARGEST) return { kind: "large", hash: "immeasurable" };
  return reader.count > RECORDED || reader.isCut ? { kind: "large", hash: hashText(shapeText(shape)).slice(0, 16) } : shape;
}

/** The shape of what is of any of these types. */
export function shapeOfAny(compiler: Compiler, types: readonly ts.Type[]): Shape {
  return unionOf(types.map((type) => shapeOf(compiler, [type])));
}

/** Types that are being read: what has them all refers to this place when it meets them again. */
interface Frame {
  readonly types: readonly ts.Type[];
  isReferred: boolean;
}

class ShapeReader {
  /** How many parts there are. */
  count = 0;
  isCut = false;
  private readonly open: Frame[] = [];

  constructor(private readonly compiler: Compiler) {}

  read(given: readonly ts.Type[]): Shape {
    this.count += 1;
    const types = this.spread(given);
    if (types.length === 0 || this.count > LARGEST) return simple("unknown");
    const coded = types.find((type) => codecOf(this.compiler, type) !== undefined);
    if (coded !== undefined) return this.within([coded], () => this.readCoded(coded));
    const union = types.find((type) => type.isUnion());
    if (union?.isUnion()) {
      const others = types.filter((type) => type !== union);
      return unionOf(union.types.map((part) => this.read([part, ...others])));
    }
    const primitives = types.flatMap((type) => primitiveShape(this.compiler, type) ?? []);
    // A brand is a primitive and some members that are never there.
    if (primitives.length > 0) return meetPrimitives(primitives, types.length > primitives.length);
    return this.within(types, () => this.readObject(types));
  }

  /** The parts of intersections, and what type parameters stand for; what may be anything says nothing beside others. */
  private spread(types: readonly ts.Type[]): readonly ts.Type[] {
    const { checker } = this.compiler;
    const parts = types.flatMap((type): readonly ts.Type[] => {
      if (type.isIntersection()) return this.spread(type.types);
      if (!(type.flags & ts.TypeFlags.Instantiable) || type.flags & ts.TypeFlags.StringLike) return [type];
      const constraint = checker.getBaseConstraintOfType(type);
      return constraint === undefined || constraint === type ? [] : this.spread([constraint]);
    });
    return [...new Set(parts)].filter(({ flags }) => !(flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)));
  }

  private within(types: readonly ts.Type[], read: () => Shape): Shape {
    const id = this.open.length;
    const again = this.open.findIndex((frame) => hasSame(frame.types, types));
    const frame = this.open[again];
    if (frame !== undefined) {
      frame.isReferred = true;
      return { kind: "reference", id: again };
    }
    if (id >= DEEPEST) {
      this.isCut = true;
      return simple("unknown");
    }
    const entered: Frame = { types, isReferred: false };
    this.open.push(entered);
    const shape = read();
    this.open.pop();
    return entered.isReferred ? { kind: "recursive", id, shape } : shape;
  }

  private readCoded(type: ts.Type): Shape {
    const name = codecOf(this.compiler, type) ?? "";
    const known = this.compiler.codecs.find((codec) => codec.name === name);
    const held = !known?.isOwn && isReference(type) ? this.compiler.checker.getTypeArguments(type) : [];
    // The codecs of `cano` write a collection as the list of what it holds; a map holds pairs.
    const items = held.map((part) => this.read([part]));
    const [first, second] = items;
    if (first === undefined) return { kind: "codec", name, value: this.read(known ? [known.encoded] : []) };
    const element: Shape = second === undefined ? first : { kind: "tuple", elements: items.map(one) };
    return { kind: "codec", name, value: { kind: "array", element } };
  }

  private readObject(types: readonly ts.Type[]): Shape {
    const { checker } = this.compiler;
    const lists = types.filter((type) => checker.isArrayLikeType(type));
    const tuple = lists.find((type) => checker.isTupleType(type));
    if (tuple !== undefined) return this.readTuple(tuple);
    if (lists.length > 0)
      return { kind: "array", element: this.read(lists.flatMap((type) => indexedType(this.compiler, type) ?? [])) };
    // A function is not stored; that it is part of a payload is an error of its own.
    if (types.some((type) => type.getCallSignatures().length + type.getConstructSignatures().length > 0))
      return simple("unknown");
    const names = new Set(
      types
        .flatMap((type) => checker.getPropertiesOfType(type))
        .filter(isStored)
        .map(({ name }) => name),
    );
    return objectOf(
      [...names].map((name) => this.readMember(types, name)),
      this.readOthers(types),
    );
  }

  private readMember(types: readonly ts.Type[], name: string): ShapeMember {
    const { checker } = this.compiler;
    const symbols = types.flatMap((type) => checker.getPropertyOfType(type, name) ?? []);
    const values = symbols.map((symbol) => checker.getTypeOfSymbol(symbol));
    const nothing = checker.getUndefinedType();
    const optional = symbols.every(
      (symbol, place) => (symbol.flags & ts.SymbolFlags.Optional) !== 0 || checker.isTypeAssignableTo(nothing, values[place]!),
    );
    return { name, optional, shape: withoutUndefined(this.read(values)) };
  }

  private readOthers(types: readonly ts.Type[]): Shape | undefined {
    const indexes = types.map((type) => this.compiler.checker.getIndexInfosOfType(type)).filter((infos) => infos.length > 0);
    const [only, ...more] = indexes;
    if (only === undefined) return undefined;
    const shape =
      more.length === 0
        ? unionOf(only.map(({ type }) => this.read([type])))
        : this.read(indexes.flatMap(([first]) => first?.type ?? []));
    return withoutUndefined(shape);
  }

  private readTuple(type: ts.Type): Shape {
    if (!isReference(type)) return simple("unknown");
    // The checker says that it is a tuple, so its target has the flags of its elements.
    const { elementFlags } = type.target as ts.TupleType;
    const elements = this.compiler.checker.getTypeArguments(type).map((argument, place): TupleElement => {
      const flags = elementFlags[place] ?? ts.ElementFlags.Required;
      if (flags & ts.ElementFlags.Variadic)
        return { place: "rest", shape: this.read([indexedType(this.compiler, argument) ?? argument]) };
      if (flags & ts.ElementFlags.Rest) return { place: "rest", shape: this.read([argument]) };
      const isOptional = (flags & ts.ElementFlags.Optional) !== 0;
      return isOptional ? { place: "optional", shape: withoutUndefined(this.read([argument])) } : one(this.read([argument]));
    });
    const [first] = elements;
    return first?.place === "rest" && elements.length === 1
      ? { kind: "array", element: first.shape }
      : { kind: "tuple", elements };
  }
}

function one(shape: Shape): TupleElement {
  return { place: "one", shape };
}

// JSON knows neither members that are named by symbols nor private ones.
function isStored({ escapedName }: ts.Symbol): boolean {
  return !/^__[@#]/.test(String(escapedName));
}

function hasSame(some: readonly ts.Type[], others: readonly ts.Type[]): boolean {
  return some.length === others.length && some.every((type) => others.includes(type));
}
