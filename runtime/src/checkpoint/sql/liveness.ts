/** Says who of those that drive runs is alive. Reads nothing but what was found in the store and what the system tells of processes. */

import type { DrivenRuns } from "./driven.js";
import { isKnownGone, parseIdentity, type ProcessIdentity } from "./process-identity.js";

/** A run as far as it says who drives it. */
export interface Owned {
  readonly key: number;
  readonly owner: number | null;
  readonly identity: string | null;
  readonly expires: number | null;
}

/** An owner as it is found. */
export interface FoundOwner {
  readonly key: number;
  readonly identity: string;
  readonly expires: number;
}

/** The view of one store object at one moment; to be made anew for each call, since it remembers what it has found out. */
export class Liveness {
  private readonly known = new Map<number, boolean>();

  constructor(
    /** The key of the store object itself, if it has one. */
    private readonly own: number | undefined,
    private readonly process: ProcessIdentity,
    private readonly driven: DrivenRuns,
    /** Milliseconds since 1970. */
    private readonly now: number,
  ) {}

  /** Names who drives a run and is alive, if anybody is. */
  ownerOf({ key, owner, identity, expires }: Owned): string | undefined {
    if (owner === null) return undefined;
    // What the store object itself drives it knows best.
    if (owner === this.own) return this.driven.has(key) ? nameOf(owner, this.process) : undefined;
    if (identity === null || expires === null || !this.isAlive({ key: owner, identity, expires })) return undefined;
    return nameOf(owner, parseIdentity(identity));
  }

  /** Whether an owner lives, as far as is known. */
  isAlive({ key, identity, expires }: FoundOwner): boolean {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const process = parseIdentity(identity);
    const lives = key === this.own || (expires > this.now && !(process !== undefined && isKnownGone(process, this.process)));
    this.known.set(key, lives);
    return lives;
  }
}

function nameOf(owner: number, process: ProcessIdentity | undefined): string {
  return process === undefined ? `#${owner}` : `${process.host}/${process.pid}#${owner}`;
}
