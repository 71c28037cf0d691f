/** What a task is handed besides its resources: the interface only; `run/task-context.ts` makes the values. */

/** Where a task writes its log lines; `console` fits, and `pinoLog` of `cano/observe/pino` makes one of a pino logger. */
export interface Log {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
  /** A log whose lines all carry `fields`: what a task logs says where it was logged. Without it, it does not. */
  child?(fields: object): Log;
}

/** The last parameter of every task method: one value per attempt. */
export interface Context<Input = void> {
  /** What the state before handed over with `to(state, input)`, or what `orchestrate({ input })` was given. */
  readonly input: Input;
  /** Fires when this attempt is no longer wanted: cancel, attempt timeout, total timeout, a decided join. */
  readonly signal: AbortSignal;
  /** The run's id: the one given to `orchestrate`, else a random UUID. */
  readonly runId: string;
  /** The state that is running, as a value of the workflow's state set. */
  readonly state: string | number;
  /** 1 for the first attempt of this visit, or of its step or item, 2 for its first retry, and so on. */
  readonly attempt: number;
  /**
   * The same for every attempt of one visit to a state, different for the next visit and in every other run of every workflow: hand it to services
   * that de-duplicate. The workflow's name, a slash, the run's id, `#`, and what tells the visit, its step, item or branch, and its compensation.
   */
  readonly idempotencyKey: string;
  /** The workflow's log; where that can, one whose lines say `workflow`, `runId`, `state`, `attempt` and, in a split, `branch`. */
  readonly log: Log;
  /** Waits `ms` milliseconds on the workflow's clock; rejects with the signal's reason as soon as `signal` fires. May be called by itself. */
  readonly sleep: (ms: number) => Promise<void>;
}
