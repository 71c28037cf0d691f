/** Reads the JSON that `encode-shape.ts` writes. */

import { objectOf, type Shape, type ShapeMember, SIMPLE_NAMES, simple, type TupleElement } from "../shapes/shape.js";
import { unionOf } from "../shapes/union-of.js";
import type { JsonReader } from "./json-reader.js";

/** The shape that a JSON value stands for; `around` are the numbers of recursive shapes around it. Throws `Malformed` when it stands for none. */
export function decodeShape(json: JsonReader, around: readonly number[] = []): Shape {
  const { value } = json;
  if (typeof value === "number" || typeof value === "boolean") return { kind: "literal", value };
  if (typeof value === "string") return decodeWord(json, value);
  if (Array.isArray(value)) return { kind: "array", element: decodeOnly(json, around) };
  const marked = json.entries().find(([name]) => name.startsWith("$") && name !== "$others");
  return marked === undefined ? decodeObject(json, around) : decodeMarked(json, marked[0], around);
}

function decodeWord(json: JsonReader, word: string): Shape {
  const literal = unquoted(word);
  if (literal !== undefined) return { kind: "literal", value: literal };
  return simple(json.word(SIMPLE_NAMES));
}

function decodeOnly(json: JsonReader, around: readonly number[]): Shape {
  const [only, ...more] = json.items();
  if (only === undefined || more.length > 0) throw json.refuse("is a list of something else than one shape");
  return decodeShape(only, around);
}

function decodeMarked(json: JsonReader, mark: string, around: readonly number[]): Shape {
  switch (mark) {
    case "$pattern":
      return { kind: "pattern", text: json.get("$pattern").text() };
    case "$tuple":
      return {
        kind: "tuple",
        elements: json
          .get("$tuple")
          .items()
          .map((element) => decodeElement(element, around)),
      };
    case "$union":
      return unionOf(
        json
          .get("$union")
          .items()
          .map((part) => decodeShape(part, around)),
      );
    case "$codec":
    case "$value":
      return { kind: "codec", name: json.get("$codec").text(), value: decodeShape(json.get("$value"), around) };
    case "$id":
    case "$is": {
      const id = json.get("$id").count();
      return { kind: "recursive", id, shape: decodeShape(json.get("$is"), [...around, id]) };
    }
    case "$ref": {
      const id = json.get("$ref").count();
      if (!around.includes(id)) throw json.refuse(`refers to \`"$id": ${id}\`, which is not around it`);
      return { kind: "reference", id };
    }
    case "$large":
      return { kind: "large", hash: json.get("$large").text() };
    default:
      throw json.refuse(`has \`${mark}\`, which is not known`);
  }
}

function decodeElement(json: JsonReader, around: readonly number[]): TupleElement {
  const optional = json.isObject() ? json.find("$optional") : undefined;
  const rest = json.isObject() ? json.find("$rest") : undefined;
  if (optional !== undefined) return { place: "optional", shape: decodeShape(optional, around) };
  return { place: rest ? "rest" : "one", shape: decodeShape(rest ?? json, around) };
}

function decodeObject(json: JsonReader, around: readonly number[]): Shape {
  const others = json.find("$others");
  const members = json
    .entries()
    .filter(([name]) => name !== "$others")
    .map(([name, shape]): ShapeMember => ({ ...decodeName(name), shape: decodeShape(shape, around) }));
  const repeated = members.find(({ name }, place) => members.findIndex((member) => member.name === name) < place);
  if (repeated !== undefined) throw json.refuse(`has \`${repeated.name}\` both with and without a \`?\``);
  return objectOf(members, others && decodeShape(others, around));
}

function decodeName(written: string): Pick<ShapeMember, "name" | "optional"> {
  const optional = written.endsWith("?");
  const name = optional ? written.slice(0, -1) : written;
  return { name: unquoted(name) ?? name, optional };
}

function unquoted(text: string): string | undefined {
  const inner = /^'((?:[^'\\]|\\[\s\S])*)'$/.exec(text)?.[1];
  return inner?.replaceAll(/\\([\s\S])/g, "$1");
}
