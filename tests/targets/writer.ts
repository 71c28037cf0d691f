/** Writes one part of a random program: an expression that yields a next state, and what has to stand before it, around the class and in it. */

/** Where code stands. */
export interface Where {
  /** Whether `this` is the task. */
  readonly inTask: boolean;
  readonly isAsync: boolean;
}

/** Writes an expression, or the statements of a function. */
export type Way = (writer: Writer) => string;

/** All that may be written. */
export interface Grammar {
  readonly values: readonly Way[];
  readonly bodies: readonly Way[];
}

/** What stands outside the function that is being written. */
export interface Outside {
  /** In the module, around the class. */
  readonly around: string[];
  readonly members: string[];
  /** The name of the program, which those of its other modules begin with. */
  readonly program: string;
  /** What stands in these. */
  readonly modules: Map<string, string>;
  /** Whether the states are literals, whose types the compiler does not widen. */
  readonly isLiteral: boolean;
}

const STATES: readonly string[] = ["B", "C", "D", "E", "F"];

/** See the file's first line. */
export class Writer {
  constructor(
    private readonly grammar: Grammar,
    private readonly random: () => number,
    readonly outside: Outside,
    readonly where: Where,
    private readonly depth: number,
    /** The statements before the expression. */
    readonly before: string[] = [],
  ) {}

  /** One of several. */
  one<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)] as Item;
  }

  /** A name that nothing else has. */
  name(): string {
    return `n${Math.floor(this.random() * 1e9).toString(36)}`;
  }

  /** A state by itself. */
  state(): string {
    return `S.${this.one(STATES)}`;
  }

  /** A next state that needs nothing around it. */
  next(): string {
    return this.random() < 0.1 ? `to(${this.state()}, 1)` : this.state();
  }

  /** The declared type of a variable that others are assigned to, or none. */
  type(): string {
    return this.outside.isLiteral ? ": Next" : this.one(["", "", ": Next"]);
  }

  /** Any expression that yields a next state, in the place of this one. */
  value(): string {
    return this.depth <= 0 ? this.next() : this.one(this.grammar.values)(this.deeper(this.where, this.before));
  }

  /** The statements of a function. */
  body(where = this.where): string {
    return this.depth <= 0 ? this.end(where) : this.one(this.grammar.bodies)(this.deeper(where, []));
  }

  /** Statements that return at once; what they need stands before them. */
  end(where = this.where): string {
    const inner = this.deeper(where, []);
    const value = inner.value();
    return [...inner.before, `return ${value};`].join(" ");
  }

  private deeper(where: Where, before: string[]): Writer {
    return new Writer(this.grammar, this.random, this.outside, where, this.depth - 1, before);
  }
}
