/** Turns cursors, and what a durable workflow stores, into JSON and back, with its codecs. What JSON would drop or change in silence is refused: see `json-text.ts`. */

import { isCanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import type { Codec } from "./codec.js";
import { isPlain, isPlainList, jsonText, lossy } from "./json-text.js";

/** The codecs of a workflow by their names, which are stored: a codec may change, its name may not. */
export type Codecs = Readonly<Record<string, Codec<unknown, unknown>>>;

/** Whoever stores payloads: a workflow with its codecs, or without any. */
export interface Coding {
  readonly codecs?: Codecs;
}

// The member that tells which codec a stored value is of. It is reserved: data that has it by itself could not be told from that.
const MARK = "$codec";

/** The JSON of `value`, called `what` in errors. Throws `task_execution` when something of it would be lost. */
export function encodePayload({ codecs }: Coding, what: string, value: unknown): string {
  return jsonText(what, codecs === undefined ? value : encodeWith(codecs, what, value));
}

function encodeWith(codecs: Codecs, what: string, value: unknown): unknown {
  try {
    return new Encoder(codecs, what).encode(value, []);
  } catch (cause) {
    if (isCanoError(cause)) throw cause;
    // A getter that throws, or a value too deep for the stack.
    throw lossy(`${what} does not survive JSON: ${textOf(cause)}`, cause);
  }
}

/** The value of a stored JSON. Throws when it is none, or of a codec that the workflow does not have. */
export function decodePayload({ codecs }: Coding, text: string): unknown {
  const value: unknown = JSON.parse(text);
  return codecs !== undefined && text.includes(MARK) ? decode(codecs, value) : value;
}

class Encoder {
  private readonly codecs: readonly (readonly [name: string, codec: Codec<unknown, unknown>])[];

  constructor(
    codecs: Codecs,
    private readonly what: string,
  ) {
    this.codecs = Object.entries(codecs);
  }

  encode(value: unknown, around: readonly unknown[]): unknown {
    const found = this.codecFor(value);
    if (found !== undefined) return this.encodeWith(...found, value, around);
    // What is left is for `jsonText` to say.
    if (typeof value !== "object" || value === null || around.includes(value)) return value;
    const inner = [...around, value];
    if (Array.isArray(value)) return isPlainList(value) ? value.map((item) => this.encode(item, inner)) : value;
    if (!isPlain(value)) return value;
    if (MARK in value) throw lossy(`${this.what} has a member \`${MARK}\`, which is reserved`, undefined);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.encode(member, inner)]));
  }

  /** The codec of a base class knows the value, too, wherever it is listed, and would lose what the derived one adds. */
  private codecFor(value: unknown): Encoder["codecs"][number] | undefined {
    const [first, ...others] = this.codecs.filter(([, codec]) => codec.is(value));
    return first && others.reduce((nearest, other) => (isDerived(other[1], nearest[1]) ? other : nearest), first);
  }

  private encodeWith(name: string, codec: Codec<unknown, unknown>, value: unknown, around: readonly unknown[]): unknown {
    if (around.includes(value)) return value;
    let encoded: unknown;
    try {
      encoded = codec.encode(value);
    } catch (cause) {
      throw lossy(`${this.what} cannot be encoded by the codec \`${name}\`: ${textOf(cause)}`, cause);
    }
    return { [MARK]: name, value: this.encode(encoded, [...around, value]) };
  }
}

function isDerived({ of: derived }: Codec<unknown, unknown>, { of: base }: Codec<unknown, unknown>): boolean {
  return derived !== undefined && base !== undefined && Object.prototype.isPrototypeOf.call(base, derived);
}

function decode(codecs: Codecs, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  // In place: it was just parsed, and what could be encoded must not be too deep for the stack here.
  const plain = value as Record<string, unknown>;
  for (const key of Object.keys(plain)) plain[key] = decode(codecs, plain[key]);
  if (!(MARK in plain)) return plain;
  const name = String(plain[MARK]);
  const codec = Object.hasOwn(codecs, name) ? codecs[name] : undefined;
  if (codec === undefined) throw new TypeError(`the workflow has no codec \`${name}\``);
  return codec.decode(plain["value"]);
}
