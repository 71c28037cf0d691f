/** Time as the runtime sees it. A manual clock for tests is in `cano/testing`. */

/**
 * What a timer has set off, where its callback returns it. A clock that moves by itself has no use for it; one that is moved by a test need not
 * wait for what is over.
 */
export interface Effect {
  readonly isOver: boolean;
}

/** Where the runtime takes time from. */
export interface Clock {
  /** Milliseconds on a clock that never goes back; only differences mean anything. */
  now(): number;
  /** The date: milliseconds since 1970. May go back when the machine's clock is set. */
  epoch(): number;
  /** Calls `callback` once, not before `delay` milliseconds (0 or more) have passed; the returned function calls it off. The callback may return an {@link Effect}. */
  schedule(callback: () => unknown, delay: number): () => void;
}

// setTimeout fires at once beyond this many milliseconds.
const LONGEST_TIMER = 2 ** 31 - 1;

/** The process's own clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  epoch: () => Date.now(),
  schedule(callback, delay) {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (rest: number): void => {
      timer = rest > LONGEST_TIMER ? setTimeout(() => arm(rest - LONGEST_TIMER), LONGEST_TIMER) : setTimeout(callback, rest);
    };
    arm(delay);
    return () => clearTimeout(timer);
  },
};
