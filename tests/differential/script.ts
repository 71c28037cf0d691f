/** What the tasks of random machines do, attempt by attempt: the same for the generated dispatcher and for the reference interpreter. */

import { FatalError } from "cano";
import { type ManualClock, seededRandom } from "cano/testing";

/** What one attempt does: after so many milliseconds it takes a choice, fails (-1), never ends (-2), or fails for good (-3). */
export interface Step {
  readonly after: number;
  readonly choice: number;
}

const BRANCH_MOMENTS = [0.0007, 0.0011, 0.0013, 0.0017];

// A machine that goes round and round must end some time.
const LAST_STEP = 40;

/** Yields the steps of each state and branch, in the order in which they are asked for. */
export class Steps {
  private readonly asked = new Map<string, number>();
  private total = 0;

  constructor(private readonly seed: number) {}

  next(state: number, branch: number, synchronous: boolean): Step {
    const key = `${state}/${branch}`;
    const call = this.asked.get(key) ?? 0;
    this.asked.set(key, call + 1);
    if (branch < 0 && ++this.total > LAST_STEP) return { after: 0, choice: -3 };
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

  /** Makes the last `count` steps of a branch as if they had not been asked for. */
  takeBack(state: number, branch: number, count: number): void {
    const key = `${state}/${branch}`;
    this.asked.set(key, (this.asked.get(key) ?? 0) - count);
  }
}

/** The resource of the generated workflows. */
export class Script {
  constructor(
    private readonly steps: Steps,
    private readonly clock: ManualClock,
    private readonly isSynchronous: (state: number) => boolean,
  ) {}

  step(state: number, branch: number): Step {
    return this.steps.next(state, branch, this.isSynchronous(state));
  }

  wait({ after, choice }: Step): Promise<void> {
    if (choice === -2) return new Promise(() => undefined);
    if (after === 0) return Promise.resolve();
    return new Promise((resolve) => void this.clock.schedule(resolve, after));
  }

  failure({ choice }: Step): Error {
    return choice === -3 ? new FatalError("for good") : new Error("failed");
  }
}
