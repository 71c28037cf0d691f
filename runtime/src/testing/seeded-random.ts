/** A random source that yields the same numbers for the same seed. */

/** Numbers from 0 up to, but not including, 1, after George Marsaglia's xorshift (Journal of Statistical Software 8, 2003). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0 || 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
