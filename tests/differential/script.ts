/** What the tasks of random machines do, attempt by attempt: the same for the generated dispatcher and for the reference interpreter. */

import { FatalError } from "cano";
import { type ManualClock, seededRandom } from "cano/testing";

/** What one attempt does: after so many milliseconds it takes a choice, fails (-1), never ends (-2), or fails for good (-3). */
export interface Step {
  readonly after: number;
  readonly choice: number;
}

/** Which attempt of which visit to a state it is, where that is known; both from 1. */
export interface Moment {
  readonly visit: number;
  readonly attempt: number;
}

const BRANCH_MOMENTS = [0.0007, 0.0011, 0.0013, 0.0017];

// A machine that goes round and round must end some time.
const LAST_STEP = 40;
const LAST_VISIT = 5;

/** The place of a compensation among the branches of its state. */
const UNDO = 9;

/** Yields the steps of each state and branch, in the order in which they are asked for, or by their moments. */
export class Steps {
  private readonly asked = new Map<string, number>();
  private total = 0;

  constructor(private readonly seed: number) {}

  next(state: number, branch: number, synchronous: boolean, moment?: Moment): Step {
    // A run that is resumed repeats an attempt, which must then do the same; one that hangs would never be resumed.
    if (moment !== undefined) {
      if (branch < 0 && moment.visit > LAST_VISIT) return { after: 0, choice: -3 };
      const step = this.draw(state, branch, synchronous, moment.visit * 64 + moment.attempt);
      return step.choice === -2 ? { ...step, choice: -1 } : step;
    }
    const key = `${state}/${branch}`;
    const call = this.asked.get(key) ?? 0;
    this.asked.set(key, call + 1);
    if (branch < 0 && ++this.total > LAST_STEP) return { after: 0, choice: -3 };
    return this.draw(state, branch, synchronous, call);
  }

  /** What a compensation does: it always ends. */
  undo(state: number, synchronous: boolean, moment?: Moment): Step {
    const { after, choice } = this.next(state, UNDO, synchronous, moment);
    return { after, choice: Math.max(choice, -1) };
  }

  /** Makes the last `count` steps of a branch as if they had not been asked for. */
  takeBack(state: number, branch: number, count: number): void {
    const key = `${state}/${branch}`;
    this.asked.set(key, (this.asked.get(key) ?? 0) - count);
  }

  private draw(state: number, branch: number, synchronous: boolean, call: number): Step {
    const random = seededRandom(this.seed * 7919 + state * 104_729 + (branch + 2) * 1_299_709 + call * 15_485_863);
    random();
    const kind = random();
    const choice = kind < 0.2 ? -1 : kind < 0.25 ? (synchronous ? -1 : -2) : kind < 0.28 ? -3 : Math.floor(random() * 12);
    if (synchronous) return { after: 0, choice };
    // Two branches never end at one moment, since nothing says in which order they would then be seen.
    const own = BRANCH_MOMENTS[branch] ?? 0;
    const after = own + (random() < 0.3 ? 0 : Math.floor(random() * 25));
    return { after, choice };
  }
}

/** Tells the visits of a state apart by their idempotency keys, across the processes of a run. */
export class Visits {
  private readonly known = new Map<number, string[]>();

  /** The moment of an attempt; undefined where no key is known. */
  at(state: number, key: string | undefined, attempt: number | undefined): Moment | undefined {
    // That of a branch, or of a compensation, begins with that of its visit: the workflow's name, the run's id and a number.
    const visit = /^.*#\d+/.exec(key ?? "")?.[0];
    if (visit === undefined || attempt === undefined) return undefined;
    const visits = this.known.get(state) ?? [];
    this.known.set(state, visits);
    if (!visits.includes(visit)) visits.push(visit);
    return { visit: visits.indexOf(visit) + 1, attempt };
  }
}

/** The resource of the generated workflows, in one process. */
export class Script {
  /** Whether the process is gone: what it does then is not done. */
  isDead = false;

  constructor(
    private readonly steps: Steps,
    private readonly visits: Visits,
    private readonly clock: ManualClock,
    private readonly isSynchronous: (state: number) => boolean,
  ) {}

  step(state: number, branch: number, key?: string, attempt?: number): Step {
    return this.steps.next(state, branch, this.isSynchronous(state), this.visits.at(state, key, attempt));
  }

  undo(state: number, key?: string, attempt?: number): Step {
    return this.steps.undo(state, this.isSynchronous(state), this.visits.at(state, key, attempt));
  }

  wait({ after, choice }: Step): Promise<void> {
    if (choice === -2 || this.isDead) return new Promise(() => undefined);
    if (after === 0) return Promise.resolve();
    return new Promise((resolve) => void this.clock.schedule(() => this.isDead || resolve(), after));
  }

  failure({ choice }: Step): Error {
    return choice === -3 ? new FatalError("for good") : new Error("failed");
  }
}
