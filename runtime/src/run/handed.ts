/** What a value's type has become on its way through `to()`. */

/**
 * `T` as it looks after it went through the type parameter of `to()`, which widens literals: strings for string literals, arrays for tuples.
 * Keeps a stale module from compiling without refusing what the generator has checked member by member.
 */
export type Handed<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends bigint
        ? bigint
        : T extends (...parameters: never) => unknown
          ? T
          : T extends readonly (infer Item)[]
            ? readonly Handed<Item>[]
            : T extends object
              ? { readonly [K in keyof T]: Handed<T[K]> | Unused<K> }
              : T;

/** Of an object that stands beside others, the compiler says that it lacks what only they have: `{ a: number; b?: undefined }`. */
type Unused<K> = string extends K ? undefined : never;
