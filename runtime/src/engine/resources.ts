/** The resources of a workflow object: set up in order, torn down in reverse, made anew for each run where the user asks for it. */

import type { Log } from "../context.js";
import { CanoError } from "../errors/cano-error.js";
import { outOfRange } from "../errors/require.js";
import { requireSignal } from "../errors/require-shape.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import type { PerRun, Resource, Supply } from "../resource.js";
import { SignalHub } from "../run/signal-hub.js";
import { hookOf } from "./hook-of.js";
import type { RunOptions } from "./options.js";

/** The resources of one run; `isLeased` is that they were set up for it: it is in progress since it was asked for. */
export type Lease<R> = readonly [values: R, isLeased?: boolean];

type Named = readonly [name: string, value: unknown];

/** See the file's first line. */
export class Resources<R extends object> {
  /** Whether runs can begin at once: nothing has to be set up, counted, or made for each of them. */
  readonly plain: boolean;
  /** The values as given; meaningful as `R` when nothing is per run. */
  readonly values: R;
  /** What all runs share. */
  readonly shared: readonly Named[];
  /** The same without what is there under another name before: it is set up once. */
  private readonly distinct: readonly Named[];
  private readonly perRun: readonly (readonly [name: string, value: PerRun<unknown>])[];
  private readonly inProgress = new Set<Promise<unknown>>();
  private started: Promise<void> | undefined = undefined;
  private readonly signals = new SignalHub();
  private isClosed = false;
  private log: Log = console;

  /** Throws `configuration` when there are none. */
  constructor(supply: Supply<R>) {
    if (typeof supply !== "object" || supply === null)
      throw outOfRange("resources", "an object with what the tasks work with", supply);
    const entries: Named[] = Object.entries(supply);
    this.shared = entries.filter(([, value]) => !isPerRun(value));
    this.distinct = this.shared.filter(([, value], at) => this.shared.findIndex(([, other]) => other === value) === at);
    this.perRun = entries.flatMap(([name, value]) => (isPerRun(value) ? [[name, value] as const] : []));
    this.plain =
      this.perRun.length === 0 && !this.shared.some(([, value]) => mayHave(value, "setup") || mayHave(value, "teardown"));
    // Without per-run resources a supply is what it supplies.
    this.values = supply as unknown as R;
  }

  useLog(log: Log): void {
    this.log = log;
  }

  /** Sets up what all runs share, once. Rejects with `resource`, after tearing down what was set up; may be called again then. */
  start(): Promise<void> {
    if (this.isClosed) return Promise.reject(closed());
    this.started ??= this.setUpAll(this.distinct).catch((error: unknown) => {
      this.started = undefined;
      throw error;
    });
    return this.started;
  }

  /** Waits for the runs in progress, then tears down what was set up. Never rejects: a failure is logged and the others go on. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.allSettled(this.inProgress);
    const wasStarted = await this.started?.then(
      () => true,
      () => false,
    );
    if (wasStarted === true) await this.tearDownAll(this.distinct);
  }

  /**
   * Runs `begin` with the resources of one run, which are set up before and torn down after it: it is a run in progress from the call on.
   * When the signal fires before they are there, or no run may begin any more, it is run without them, since it ends at once.
   */
  use<T>(begin: (...lease: Lease<R>) => Promise<T>, request?: Pick<RunOptions, "signal">): Promise<T> {
    const signal = request?.signal;
    if (this.plain || this.isClosed || signal?.aborted === true) return begin(this.values);
    const run = this.lease(begin, signal);
    this.inProgress.add(run);
    const forget = (): unknown => this.inProgress.delete(run);
    run.then(forget, forget);
    return run;
  }

  private async lease<T>(begin: (...lease: Lease<R>) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    // Before anything is set up for the run.
    requireSignal(signal);
    const made: Named[] = [];
    const arrival = this.setUpRun(made, signal);
    const tearDown = (): Promise<void> => this.tearDownAll(made);
    if (await this.isAbortedBefore(arrival, signal)) {
      // Nobody waits for what is still to come.
      void arrival.then(tearDown, tearDown);
      return await begin(this.values, true);
    }
    try {
      await arrival;
      return await begin({ ...this.values, ...Object.fromEntries(made) }, true);
    } finally {
      await tearDown();
    }
  }

  /** Whether `signal`, which many runs may share, fires before `arrival` settles. */
  private isAbortedBefore(arrival: Promise<void>, signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isAborted: boolean) => (): void => {
        unwatch?.();
        resolve(isAborted);
      };
      const unwatch = signal && this.signals.listen(signal, settle(true));
      arrival.then(settle(false), settle(false));
    });
  }

  /** Sets up what one run needs, and no more of it once `signal` fires; `made` tells what is its own, as far as it is there. */
  private async setUpRun(made: Named[], signal: AbortSignal | undefined): Promise<void> {
    await this.start();
    for (const [name, { perRun }] of this.perRun) {
      if (signal?.aborted === true) return;
      made.push([name, await setUp(name, perRun)]);
    }
  }

  private async setUpAll(resources: readonly Named[]): Promise<void> {
    for (const [index, [name, value]] of resources.entries()) {
      try {
        await setUp(name, () => value);
      } catch (error) {
        await this.tearDownAll(resources.slice(0, index));
        throw error;
      }
    }
  }

  private async tearDownAll(resources: readonly Named[]): Promise<void> {
    for (const [name, value] of resources.toReversed()) {
      try {
        await hookOf(value, "teardown")?.call(value);
      } catch (error) {
        warn(this.log, `resource \`${name}\` could not be torn down: ${textOf(error)}`);
      }
    }
  }
}

function closed(): CanoError {
  return new CanoError("configuration", "the workflow of these resources is closed", { code: "CANO7011" });
}

// A getter that throws counts as a hook: the error then comes up where the hook is called, as the hook's own.
function mayHave(value: unknown, hook: keyof Resource): boolean {
  try {
    return hookOf(value, hook) !== undefined;
  } catch {
    return true;
  }
}

function isPerRun(value: unknown): value is PerRun<unknown> {
  return typeof value === "object" && value !== null && "perRun" in value && typeof value.perRun === "function";
}

/** The value that `make` yields, set up. Throws `resource`. */
async function setUp(name: string, make: () => unknown): Promise<unknown> {
  try {
    const value = await make();
    await hookOf(value, "setup")?.call(value);
    return value;
  } catch (cause) {
    throw new CanoError("resource", `resource \`${name}\` could not be set up: ${textOf(cause)}`, { code: "CANO7010", cause });
  }
}
