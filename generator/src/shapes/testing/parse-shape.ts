/** Reads the text that shapes are written as in messages, so that tests can name shapes as TypeScript does. */

import { objectOf, type Shape, type ShapeMember, SIMPLE_NAMES, simple, type TupleElement } from "../shape.js";
import { unionOf } from "../union-of.js";

/** The shape of a text. Throws when it is none. */
export function parseShape(text: string): Shape {
  const reader = new Reader(text.match(/`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*"|#?[\w$]+|\.\.\.|\S/g) ?? []);
  const shape = reader.union();
  reader.end();
  return shape;
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  union(): Shape {
    const parts = [this.postfix()];
    while (this.skip("|")) parts.push(this.postfix());
    return unionOf(parts);
  }

  end(): void {
    if (this.at < this.tokens.length) throw new SyntaxError(`unexpected ${this.tokens.slice(this.at).join(" ")}`);
  }

  private postfix(): Shape {
    let shape = this.single();
    while (this.skip("[")) {
      this.expect("]");
      shape = { kind: "array", element: shape };
    }
    return shape;
  }

  private single(): Shape {
    const token = this.next();
    if (token === "(") {
      const inner = this.union();
      this.expect(")");
      return inner;
    }
    if (token === "{") return this.object();
    if (token === "[") return { kind: "tuple", elements: this.list("]", () => this.element()) };
    if (token === "Codec") return this.codec();
    if (token.startsWith("#")) return this.numbered(Number(token.slice(1)));
    if (token.startsWith("`")) return { kind: "pattern", text: token };
    const name = SIMPLE_NAMES.find((known) => known === token);
    return name === undefined ? { kind: "literal", value: JSON.parse(token) as string | number | boolean } : simple(name);
  }

  private numbered(id: number): Shape {
    return this.skip("=") ? { kind: "recursive", id, shape: this.union() } : { kind: "reference", id };
  }

  private codec(): Shape {
    this.expect("<");
    const name = JSON.parse(this.next()) as string;
    this.expect(",");
    const value = this.union();
    this.expect(">");
    return { kind: "codec", name, value };
  }

  private element(): TupleElement {
    if (this.skip("...")) {
      const list = this.postfix();
      if (list.kind !== "array") throw new SyntaxError("what is spread is an array");
      return { place: "rest", shape: list.element };
    }
    const shape = this.union();
    return { place: this.skip("?") ? "optional" : "one", shape };
  }

  private object(): Shape {
    let others: Shape | undefined;
    const members = this.list("}", (): ShapeMember | undefined => {
      const name = this.next();
      if (name === "[") {
        for (const token of ["key", ":", "string", "]", ":"]) this.expect(token);
        others = this.union();
        return undefined;
      }
      const optional = this.skip("?");
      this.expect(":");
      return { name: name.startsWith('"') ? (JSON.parse(name) as string) : name, optional, shape: this.union() };
    });
    return objectOf(
      members.filter((member) => member !== undefined),
      others,
    );
  }

  private list<T>(end: string, read: () => T): T[] {
    const found: T[] = [];
    while (!this.skip(end)) {
      found.push(read());
      if (!this.skip(",")) this.skip(";");
    }
    return found;
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new SyntaxError("it ends too early");
    return token;
  }

  private skip(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private expect(token: string): void {
    if (!this.skip(token)) throw new SyntaxError(`${token} is missing before ${this.tokens.slice(this.at).join(" ")}`);
  }
}
