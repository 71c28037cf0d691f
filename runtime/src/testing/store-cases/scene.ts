/** What the cases about stores are played with: store objects on the same data, names that nobody else uses, rows, and plain expectations. */

import { randomUUID } from "node:crypto";
import { inspect, isDeepStrictEqual } from "node:util";
import type { CheckpointRow } from "../../checkpoint/checkpoint-row.js";
import type {
  CheckpointStore,
  Claim,
  Claiming,
  Driver,
  RunName,
  RunRecord,
  RunStatus,
} from "../../checkpoint/checkpoint-store.js";
import { type Category, isCanoError } from "../../errors/cano-error.js";

/** One thing that a store must do. */
export interface StoreCase {
  readonly name: string;
  /** `open` makes another store object on the same data with each call. Rejects when the store does something else. */
  readonly run: (open: () => Promise<CheckpointStore>) => Promise<void>;
}

/** A case; the store objects that it opens are closed afterwards. */
export function storeCase(name: string, play: (scene: Scene) => Promise<void>): StoreCase {
  return {
    name,
    async run(open) {
      const scene = new Scene(open);
      try {
        await play(scene);
      } finally {
        await scene.close();
      }
    },
  };
}

/** All statuses of a run that has ended. */
export const ENDED = ["completed", "failed", "cancelled", "compensated", "stuck"] as const satisfies readonly RunStatus[];
/** All statuses. */
export const STATUSES = ["running", "compensating", ...ENDED] as const satisfies readonly RunStatus[];

/** A driver that counts how often it was told to cancel, and that its run is lost. */
export class CountingDriver implements Driver {
  told = 0;
  lost = 0;

  cancel(): void {
    this.told++;
  }

  lose(): void {
    this.lost++;
  }
}

/** See the file's first line. */
export class Scene {
  /** Of this scene alone, however often the suite has been run on the same data. */
  readonly workflow = `suite ${randomUUID()}`;
  private readonly opened: CheckpointStore[] = [];
  private runs = 0;

  constructor(private readonly open: () => Promise<CheckpointStore>) {}

  async store(): Promise<CheckpointStore> {
    const store = await this.open();
    this.opened.push(store);
    return store;
  }

  /** Two store objects on the same data. */
  async two(): Promise<readonly [CheckpointStore, CheckpointStore]> {
    return [await this.store(), await this.store()];
  }

  /** The name of a run that is not there. */
  name(runId = `run ${this.runs++}`): RunName {
    return { workflow: this.workflow, runId };
  }

  /** Begins a run that has `rows` rows, all of them entries. */
  async begin(
    store: CheckpointStore,
    { rows = 1, name = this.name(), driver }: { readonly rows?: number; readonly name?: RunName; readonly driver?: Driver } = {},
  ): Promise<Claim> {
    const claim = await store.begin({ ...name, version: 1 }, entry(0), driver ?? new CountingDriver());
    if (claim === undefined) throw new Error(`run ${inspect(name)} did not begin`);
    for (let sequence = 1; sequence < rows; sequence++) await store.append(claim, entry(sequence));
    return claim;
  }

  /** Begins a run that has two rows, the second of which has brought it to `status`, and that nobody drives. */
  async left(store: CheckpointStore, status: RunStatus): Promise<Claim> {
    const claim = await this.begin(store);
    await store.append(claim, entry(1), { status });
    await store.release(claim);
    return claim;
  }

  async close(): Promise<void> {
    for (const store of this.opened) await store.close();
  }
}

/** A row that enters a state. All that a test does not say is different in every row. */
export function entry(sequence: number, more: Partial<CheckpointRow> = {}): CheckpointRow {
  return {
    sequence,
    kind: "entry",
    state: `state ${sequence}`,
    visit: Math.max(0, sequence - 1),
    count: 0,
    version: 1,
    payload: `{"row":${sequence}}`,
    undo: undefined,
    due: undefined,
    at: 1_000 + sequence,
    ...more,
  };
}

/** A row of another kind, in the visit that began with `visit`. */
export function inside(
  visit: number,
  sequence: number,
  kind: CheckpointRow["kind"],
  more: Partial<CheckpointRow> = {},
): CheckpointRow {
  return entry(sequence, { kind, state: `state ${visit}`, visit, ...more });
}

/** All rows of a run. */
export function rowsOf(store: CheckpointStore, run: RunName): Promise<readonly CheckpointRow[]> {
  return store.history(run, -1, 1_000_000);
}

/** A run that must be there. */
export async function recordOf(store: CheckpointStore, run: RunName): Promise<RunRecord> {
  const record = await store.find(run);
  if (record === undefined) throw new Error(`there is no run ${inspect(run)}`);
  return record;
}

/** The claim of a claiming that must have succeeded. */
export function claimOf(claiming: Claiming): Claim {
  if (claiming.kind !== "claimed") throw new Error(`the run was not claimed: ${inspect(claiming)}`);
  return claiming.claim;
}

/** Throws unless the two are deeply equal. */
export function same(what: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected))
    throw new Error(`${what}: expected ${inspect(expected, { depth: 5 })}, but it is ${inspect(actual, { depth: 5 })}`);
}

/** Throws unless it holds. */
export function holds(what: string, condition: boolean): void {
  if (!condition) throw new Error(`it does not hold that ${what}`);
}

/** Throws unless the promise rejects with a `CanoError` of that category. */
export async function rejects(what: string, promise: Promise<unknown>, category: Category): Promise<void> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason ?? new Error("nothing"),
  );
  if (error === undefined) throw new Error(`${what} did not reject`);
  if (!isCanoError(error, category)) throw new Error(`${what} did not reject with ${category}: ${inspect(error)}`);
}
