/** Numbers the programs of a project that are made one after the other, and knows since which of them every type in a file has been the same. */

import type { Changes } from "./find-changes.js";
import type { ts } from "../../typescript/index.cjs";

/** See the file's first line. What is kept from one program to the next is kept with the number of the program that it was read in. */
export class Freshness {
  private number = 0;
  /** The first program of which anything may be kept. */
  private first = 0;
  /** The number of the last program in which a type in a file may have become another. */
  private readonly changed = new WeakMap<ts.SourceFile, number>();

  /** The number of the program at hand. */
  get now(): number {
    return this.number;
  }

  /** Goes on to the next program. To be called for each, since changes are told of two that follow each other; not all need be read. */
  advance(changes: Changes | undefined): void {
    this.number++;
    if (changes === undefined) this.first = this.number;
    for (const file of changes?.stale ?? []) this.changed.set(file, this.number);
  }

  /** Whether what was read of `files` in program `made` is so still. */
  holds(made: number, files: readonly ts.SourceFile[]): boolean {
    return made >= this.first && files.every((file) => (this.changed.get(file) ?? 0) <= made);
  }
}
