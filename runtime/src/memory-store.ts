/** A ready-made resource: values by key, in memory, with the types of a schema. */

import { CanoError } from "./errors/cano-error.js";
import { textOf } from "./errors/thrown.js";

/** The keys of `Schema` whose values are lists. */
export type ListKeys<Schema> = { [K in keyof Schema]-?: Schema[K] extends readonly unknown[] ? K : never }[keyof Schema];

type ItemOf<List> = List extends readonly (infer Item)[] ? Item : never;

/**
 * Values that outlive a run: whatever shares the store shares them, and nothing removes them but its own methods. All of them are
 * synchronous, so no two tasks can be in the middle of one at a time.
 *
 * `Schema` names the keys and the types of their values, as in `MemoryStore<{ total: number; items: string[] }>`.
 */
export class MemoryStore<Schema extends object> {
  private readonly values: Map<keyof Schema, unknown>;
  /** Lists that somebody else may hold as well: they are copied before they grow. */
  private readonly lent = new Set<keyof Schema>();

  /** A store with the entries of `initial`, if any. */
  constructor(initial: Partial<Schema> = {}) {
    this.values = new Map(Object.entries(initial) as [keyof Schema, unknown][]);
    for (const key of this.values.keys()) this.lent.add(key);
  }

  /**
   * A copy of the value of `key`, made as `structuredClone` does: instances of classes of your own become plain objects.
   * Throws `resource` when there is none, or when it cannot be copied, as a function cannot.
   */
  get<K extends keyof Schema>(key: K): Schema[K] {
    const value = this.getShared(key);
    try {
      return structuredClone(value);
    } catch (cause) {
      throw refused(
        "CANO7016",
        `the value of key \`${String(key)}\` cannot be copied, take it with \`getShared\`: ${textOf(cause)}`,
        cause,
      );
    }
  }

  /** The value of `key` itself. Throws `resource` when there is none. A list that was taken so does not change: `append` copies it first. */
  getShared<K extends keyof Schema>(key: K): Schema[K] {
    if (!this.values.has(key)) throw refused("CANO7015", `the store has no key \`${String(key)}\``);
    this.lent.add(key);
    return this.values.get(key) as Schema[K];
  }

  /** Sets the value of `key`, whether it has one or not. The value itself is kept, no copy of it. */
  put<K extends keyof Schema>(key: K, value: Schema[K]): void {
    this.values.set(key, value);
    this.lent.add(key);
  }

  /** Adds `item` to the list of `key`, which begins with it where there is none. Throws `resource` when the value is no list; it is then as it was. */
  append<K extends ListKeys<Schema>>(key: K, item: ItemOf<Schema[K]>): void {
    const list = this.values.get(key) ?? [];
    if (!Array.isArray(list))
      throw refused("CANO7016", `the value of key \`${String(key)}\` is no list, nothing can be appended`);
    const grown: unknown[] = this.lent.has(key) ? [...list] : list;
    grown.push(item);
    this.values.set(key, grown);
    this.lent.delete(key);
  }

  /** Removes `key`, if it is there. */
  remove(key: keyof Schema): void {
    this.values.delete(key);
    this.lent.delete(key);
  }

  /** Whether `key` has a value, `undefined` included. */
  has(key: keyof Schema): boolean {
    return this.values.has(key);
  }

  /** The keys that have a value, in the order in which they came. */
  keys(): readonly (keyof Schema)[] {
    return [...this.values.keys()];
  }

  /** How many keys have a value. */
  get size(): number {
    return this.values.size;
  }

  /** Removes every key. */
  clear(): void {
    this.values.clear();
    this.lent.clear();
  }
}

function refused(code: string, message: string, cause?: unknown): CanoError {
  return new CanoError("resource", message, cause === undefined ? { code } : { code, cause });
}
