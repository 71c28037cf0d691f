/** The resources of a workflow object: set up in order, torn down in reverse, made anew for each run where the user asks for it. */

import type { Log } from "../context.js";
import type { Health, PerRun, Resource, Supply } from "../resource.js";
import { CanoError } from "./errors.js";
import { textOf } from "./failure.js";

type Named = readonly [name: string, value: unknown];

/** What one run works with, and how it gives it back. */
export interface Lease<R> {
  readonly values: R;
  release(): Promise<void>;
}

/** See the file's first line. */
export class Resources<R extends object> {
  /** Whether nothing has to be done before a run; true from the start when no resource has hooks. */
  ready: boolean;
  /** Whether runs must be counted or given resources of their own. */
  readonly tracked: boolean;
  /** The values as given; meaningful as `R` when nothing is per run. */
  readonly values: R;
  private readonly shared: readonly Named[];
  private readonly perRun: readonly (readonly [name: string, value: PerRun<unknown>])[];
  private log: Log = console;

  constructor(supply: Supply<R>) {
    const entries: Named[] = Object.entries(supply);
    this.shared = entries.filter(([, value]) => !isPerRun(value));
    this.perRun = entries.flatMap(([name, value]) => (isPerRun(value) ? [[name, value] as const] : []));
    this.ready = this.shared.every(([, value]) => !mayHave(value, "setup"));
    this.tracked =
      this.perRun.length > 0 || this.shared.some(([, value]) => mayHave(value, "setup") || mayHave(value, "teardown"));
    // Without per-run resources a supply is what it supplies.
    this.values = supply as unknown as R;
  }

  useLog(log: Log): void {
    this.log = log;
  }

  /** Sets up what all runs share. Rejects with `resource`, after tearing down what was set up. */
  async setUp(): Promise<void> {
    await this.setUpAll(this.shared);
    this.ready = true;
  }

  /** Tears down what all runs share. Never rejects: a failure is logged and the others go on. */
  tearDown(): Promise<void> {
    return this.tearDownAll(this.shared);
  }

  /** Makes and sets up what one run needs for itself. Rejects with `resource`, after tearing down what was set up. */
  async lease(): Promise<Lease<R>> {
    if (this.perRun.length === 0) return { values: this.values, release: () => Promise.resolve() };
    const made: Named[] = [];
    for (const [name, { perRun }] of this.perRun) {
      try {
        const value = await perRun();
        await hookOf(value, "setup")?.call(value);
        made.push([name, value]);
      } catch (error) {
        await this.tearDownAll(made);
        throw notSetUp(name, error);
      }
    }
    const values = { ...this.values, ...Object.fromEntries(made) };
    return { values, release: () => this.tearDownAll(made) };
  }

  /** Asks every shared resource how it is, in order. A probe that fails is `unhealthy`. */
  async health(): Promise<Record<string, Health>> {
    const report: Record<string, Health> = {};
    for (const [name, value] of this.shared) report[name] = await healthOf(value);
    return report;
  }

  private async setUpAll(resources: readonly Named[]): Promise<void> {
    for (const [index, [name, value]] of resources.entries()) {
      try {
        await hookOf(value, "setup")?.call(value);
      } catch (error) {
        await this.tearDownAll(resources.slice(0, index));
        throw notSetUp(name, error);
      }
    }
  }

  private async tearDownAll(resources: readonly Named[]): Promise<void> {
    for (const [name, value] of [...resources].reverse()) {
      try {
        await hookOf(value, "teardown")?.call(value);
      } catch (error) {
        this.log.warn(`resource \`${name}\` could not be torn down: ${textOf(error)}`);
      }
    }
  }
}

async function healthOf(value: unknown): Promise<Health> {
  try {
    return (await hookOf(value, "health")?.call(value)) ?? { status: "healthy" };
  } catch (error) {
    return { status: "unhealthy", reason: textOf(error) };
  }
}

function hookOf<K extends keyof Resource>(value: unknown, hook: K): Resource[K] | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const found = (value as Resource)[hook];
  return typeof found === "function" ? found : undefined;
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

function notSetUp(name: string, cause: unknown): CanoError {
  return new CanoError("resource", `resource \`${name}\` could not be set up: ${textOf(cause)}`, { code: "CANO7010", cause });
}
