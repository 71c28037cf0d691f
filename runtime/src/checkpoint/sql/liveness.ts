/** Says who of those that drive runs and look after firings is alive. Reads nothing but what was found in the store and what the system tells of processes. */

import type { DrivenRuns } from "./driven.js";
import type { FiringPlace, HeldFirings } from "./held-firings.js";
import { isKnownGone, parseIdentity, type ProcessIdentity } from "./process-identity.js";

/** Something that is found with its owner. */
interface Owned {
  readonly owner: number | null;
  readonly identity: string | null;
  readonly expires: number | null;
}

/** A run as far as it says who drives it. */
export interface OwnedRun extends Owned {
  readonly key: number;
}

/** A firing as far as it says who looks after it. */
export interface OwnedFiring extends Owned, FiringPlace {}

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
    private readonly held: HeldFirings,
    /** Milliseconds since 1970. */
    private readonly now: number,
  ) {}

  /** Names who drives a run and is alive, if anybody is. */
  ownerOf(run: OwnedRun): string | undefined {
    const { owner, identity } = run;
    if (owner === null || !this.isOwned(run, () => this.driven.has(run.key))) return undefined;
    return nameOf(owner, owner === this.own || identity === null ? this.process : parseIdentity(identity));
  }

  /** Names who drives a run or was gone while it did, if anybody. */
  lastOwnerOf({ owner, identity }: OwnedRun): string | undefined {
    return owner === null ? undefined : nameOf(owner, identity === null ? undefined : parseIdentity(identity));
  }

  /** Whether somebody who is alive looks after a firing. */
  isLookedAfter(firing: OwnedFiring): boolean {
    return this.isOwned(firing, () => this.held.has(firing));
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

  private isOwned({ owner, identity, expires }: Owned, isOwn: () => boolean): boolean {
    if (owner === null) return false;
    // What the store object itself has it knows best.
    if (owner === this.own) return isOwn();
    return identity !== null && expires !== null && this.isAlive({ key: owner, identity, expires });
  }
}

function nameOf(owner: number, process: ProcessIdentity | undefined): string {
  return process === undefined ? `#${owner}` : `${process.host}/${process.pid}#${owner}`;
}
