/** Writes shapes as text, as TypeScript would write the type: for messages, for sorting, and to tell whether two are the same. */

import { isName } from "../text/is-name.js";
import type { Shape, ShapeMember, TupleElement } from "./shape.js";

// More of a type than this hides the rest of a message.
const WIDEST = 100;

/** The text of a shape; different shapes have different texts. */
export function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case "simple":
      return shape.name;
    case "literal":
      return JSON.stringify(shape.value);
    case "pattern":
      return shape.text;
    case "array":
      return `${grouped(shape.element)}[]`;
    case "tuple":
      return `[${shape.elements.map(elementText).join(", ")}]`;
    case "object":
      return objectText(shape.members, shape.others);
    case "union":
      return shape.parts.map(grouped).join(" | ");
    case "codec":
      return `Codec<${JSON.stringify(shape.name)}, ${shapeText(shape.value)}>`;
    case "recursive":
      return `#${shape.id} = ${shapeText(shape.shape)}`;
    case "reference":
      return `#${shape.id}`;
    case "large":
      return `a type too large to be recorded, ${shape.hash}`;
  }
}

/** The same for messages: no longer than is of use. */
export function shapeWords(shape: Shape): string {
  const text = shapeText(shape);
  return text.length > WIDEST ? `${text.slice(0, WIDEST)}…` : text;
}

function grouped(shape: Shape): string {
  return shape.kind === "union" || shape.kind === "recursive" ? `(${shapeText(shape)})` : shapeText(shape);
}

function elementText({ place, shape }: TupleElement): string {
  if (place === "one") return shapeText(shape);
  return place === "optional" ? `${grouped(shape)}?` : `...${grouped(shape)}[]`;
}

function objectText(members: readonly ShapeMember[], others: Shape | undefined): string {
  const lines = members.map(({ name, optional, shape }) => `${nameText(name)}${optional ? "?" : ""}: ${shapeText(shape)}`);
  if (others !== undefined) lines.push(`[key: string]: ${shapeText(others)}`);
  return lines.length === 0 ? "{}" : `{ ${lines.join("; ")} }`;
}

function nameText(name: string): string {
  return isName(name) ? name : JSON.stringify(name);
}
