/** Codecs: how values that JSON does not know are stored. Those of a workflow are given to it by name. */

/** How values of the type `T` are stored: as `Encoded`, which JSON, or another codec, knows. Made by {@link codec}. */
export interface Codec<T, Encoded> {
  /** The class of these, where they are of one. A value that is of the classes of several codecs is stored by that of the class nearest to its own. */
  readonly of?: abstract new (...parameters: never) => T;
  /** Whether a value is one of these. */
  is(value: unknown): boolean;
  /** What is stored of a value. Must have no effect of its own. */
  encode(value: T): Encoded;
  /** The value again, of what was stored; it may have been stored by an earlier version. */
  decode(encoded: Encoded): T;
}

/**
 * A codec for the instances of a class. `encode` and `decode` must have no effect of their own. An instance of a derived class that has no codec
 * of its own is stored, and comes back, as one of this class.
 */
export function codec<T extends object, Encoded>(
  of: abstract new (...parameters: never) => T,
  how: { encode(value: T): Encoded; decode(encoded: Encoded): T },
): Codec<T, Encoded> {
  return {
    of,
    is: (value) => value instanceof of,
    encode: (value) => how.encode(value),
    decode: (encoded) => how.decode(encoded),
  };
}

/** Stores dates as texts. A date that is none is refused. */
export const dates: Codec<Date, string> = codec(Date, {
  encode: (date) => date.toISOString(),
  decode: (text) => new Date(text),
});

/** Stores big integers as texts. */
export const bigints: Codec<bigint, string> = {
  is: (value) => typeof value === "bigint",
  encode: (value) => value.toString(),
  decode: (text) => BigInt(text),
};

/** Stores maps as lists of their entries. */
export const maps: Codec<ReadonlyMap<unknown, unknown>, readonly (readonly [unknown, unknown])[]> = codec(Map<unknown, unknown>, {
  encode: (map) => [...map],
  decode: (entries) => new Map(entries),
});

/** Stores sets as lists of their members. */
export const sets: Codec<ReadonlySet<unknown>, readonly unknown[]> = codec(Set<unknown>, {
  encode: (set) => [...set],
  decode: (members) => new Set(members),
});
