/** Describes what a split's join hands on: `Joined`, with what its branches take and return. */

import type { ts } from "../../../typescript/index.cjs";
import { isSimple, objectOf, type Shape, type ShapeMember, simple } from "../../shapes/shape.js";
import { partsOf, unionOf, withoutUndefined } from "../../shapes/union-of.js";
import type { Compiler } from "../compiler.js";
import type { JoinedTypes } from "./joined-fit.js";
import { shapeOf } from "./shape-of.js";

/** The shape of what a join hands on. */
export function joinedShape(compiler: Compiler, { inputs, values }: JoinedTypes): Shape {
  const shapes = (types: readonly ts.Type[]): readonly Shape[] => types.map((type) => shapeOf(compiler, [type]));
  const input = inputs.length > 0 ? shapeOf(compiler, inputs) : simple("undefined");
  const number = simple("number");
  const string = simple("string");
  const success = objectOf([member("branch", number), member("value", unionOf(shapes(values)))]);
  const failure = objectOf([
    member("branch", number),
    member("name", string),
    member("message", string),
    member("category", string),
  ]);
  return objectOf([
    member("input", input),
    member("successes", { kind: "array", element: success }),
    member("failures", { kind: "array", element: failure }),
    member("cancelled", { kind: "array", element: number }),
  ]);
}

function member(name: string, shape: Shape): ShapeMember {
  const optional = partsOf(shape).some((part) => isSimple(part, "undefined") || isSimple(part, "unknown"));
  return { name, optional, shape: withoutUndefined(shape) };
}
