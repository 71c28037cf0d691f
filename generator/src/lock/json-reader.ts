/** Takes parsed JSON apart, and says where it is not what it should be. */

/** A value that is not what it should be; `path` are the names that lead to it, `why` completes "it …". */
export class Malformed extends Error {
  constructor(
    readonly path: readonly string[],
    readonly why: string,
  ) {
    super(why);
  }
}

/** A value in a JSON file, with the way to it. Everything it is asked for throws {@link Malformed} when it is something else. */
export class JsonReader {
  constructor(
    readonly value: unknown,
    readonly path: readonly string[] = [],
  ) {}

  /** The members of an object. */
  entries(): readonly (readonly [name: string, value: JsonReader])[] {
    if (!this.isObject()) throw this.refuse("is no object");
    return Object.entries(this.value as object).map(([name, value]) => [name, new JsonReader(value, [...this.path, name])]);
  }

  /** A member of an object; undefined when it has none of that name. */
  find(name: string): JsonReader | undefined {
    return this.entries().find(([known]) => known === name)?.[1];
  }

  /** A member that must be there. */
  get(name: string): JsonReader {
    const found = this.find(name);
    if (found === undefined) throw this.refuse(`has no \`${name}\``);
    return found;
  }

  items(): readonly JsonReader[] {
    if (!Array.isArray(this.value)) throw this.refuse("is no list");
    return this.value.map((item) => new JsonReader(item, this.path));
  }

  text(): string {
    if (typeof this.value !== "string") throw this.refuse("is no text");
    return this.value;
  }

  /** A whole number, 0 or more. */
  count(): number {
    const { value } = this;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
      throw this.refuse("is no whole number, 0 or more");
    return value;
  }

  /** One of some words. */
  word<const Word extends string>(words: readonly Word[]): Word {
    const found = words.find((word) => word === this.value);
    if (found === undefined) throw this.refuse(`is none of ${words.map((word) => `\`${word}\``).join(", ")}`);
    return found;
  }

  isObject(): boolean {
    return typeof this.value === "object" && this.value !== null && !Array.isArray(this.value);
  }

  refuse(why: string): Malformed {
    return new Malformed(this.path, why);
  }
}
