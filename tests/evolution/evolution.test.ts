/**
 * Random changes of durable workflows under one version: runs that are stored by the old code go on by the new one, where `cano-gen` lets that pass, with
 * what its types say. `CANO_EVOLUTIONS=1000 npx vitest run tests/evolution` tries more.
 */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MemoryCheckpoints } from "cano/checkpoints";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { JsonReport } from "../../generator/src/diagnostics/json.js";
import { shapeText } from "../../generator/src/shapes/shape-text.js";
import { isOf, valueOf } from "../../generator/src/shapes/testing/shapes-and-values.js";
import { LockedProject } from "../lock/project.js";
import { type ChangedType, changedTypes, chooser } from "./changed-types.js";

const COUNT = Number(process.env["CANO_EVOLUTIONS"] ?? 40);
const SEED = Number(process.env["CANO_SEED"] ?? 20_261_127);
const ROLES = ["input", "cursor", "undo"] as const;

type Role = (typeof ROLES)[number];
type Evolution = Readonly<Record<Role, ChangedType>>;
type Form = "taken" | "later";

/** What the workflows of the test call, and what they tell. */
interface Hooks {
  given(role: Role): unknown;
  /** Called by the task in which old code is stopped, and by what undoes its run. */
  seen(found: Readonly<Partial<Record<Role, unknown>>>): Promise<void> | void;
}

interface Created {
  orchestrate(request: { readonly runId: string }): Promise<unknown>;
  resume(runId: string): Promise<unknown>;
}

const hooks = globalThis as typeof globalThis & Partial<Hooks>;
afterAll(() => {
  delete hooks.given;
  delete hooks.seen;
});

/** A workflow that leaves something to be undone, hands something on, and comes to a cursor; before the change, or after it. */
function printed(evolution: Evolution, name: string, form: Form): string {
  const taken = (role: Role): string => shapeText(evolution[role][form]);
  // Old code hands on more than it takes.
  const handed = (role: Role): string => shapeText(evolution[role][form === "taken" ? "handed" : "later"]);
  return `import { type CompensatableTask, type Context, more, type SteppedTask, to, undoable, workflow } from "cano";

declare function given<T>(role: "input" | "cursor" | "undo"): T;
declare function seen(found: object): Promise<void>;

enum Job { First = "first", Second = "second", Done = "done" }

class First implements CompensatableTask<Job, ${taken("undo")}> {
  async run() {
    return undoable(to(Job.Second, given<${handed("input")}>("input")), given<${handed("undo")}>("undo"));
  }
  async compensate(_: unknown, undo: ${taken("undo")}) {
    await seen({ undo });
  }
}

class Second implements SteppedTask<Job, ${taken("cursor")}> {
  async step(_: unknown, cursor: ${taken("cursor")} | undefined, { input }: Context<${taken("input")}>) {
    if (cursor === undefined) return more(given<${handed("cursor")}>("cursor"));
    await seen({ input, cursor });
    return Job.Done;
  }
}

export const ${name} = workflow({
  states: Job,
  initial: Job.First,
  exits: [Job.Done],
  tasks: { [Job.First]: First, [Job.Second]: Second },
  durable: true,
  version: 1,
});
`;
}

/** The files of a project in which there are errors, with their codes. */
async function refusedIn(project: LockedProject): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await project.canoGen("--format json");
  const { diagnostics } = JSON.parse(stdout) as JsonReport;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return new Map(errors.map(({ file, code }) => [file ?? "", code]));
}

async function created(project: LockedProject, name: string, checkpoints: MemoryCheckpoints): Promise<Created> {
  const module = (await import(pathToFileURL(join(project.path, `${name}.cano.ts`)).href)) as Record<
    string,
    (options: object) => Created
  >;
  const create = module[`create${name.toUpperCase()}`];
  if (create === undefined) throw new Error(`no factory of ${name}`);
  return create({ checkpoints, log: false });
}

/** Runs the old code until it has a cursor, and then the new one, which fails there and is undone. Yields what the new code was given. */
async function goOn(
  old: LockedProject,
  young: LockedProject,
  name: string,
  evolution: Evolution,
): Promise<Record<string, unknown>> {
  const store = new MemoryCheckpoints();
  const others = new MemoryCheckpoints(store);
  hooks.given = (role) => valueOf(evolution[role].handed, chooser(evolution[role].choices));
  await new Promise<void>((resolve, reject) => {
    hooks.seen = () => {
      resolve();
      return new Promise<void>(() => undefined);
    };
    const run = created(old, name, store).then((workflow) => workflow.orchestrate({ runId: name }));
    run.catch(reject);
  });
  await store.close();
  const found: Record<string, unknown> = {};
  hooks.seen = (more) => {
    Object.assign(found, more);
    if (!("undo" in more)) throw new Error("as far as it should come");
  };
  const workflow = await created(young, name, others);
  await expect(workflow.resume(name)).rejects.toThrow("as far as it should come");
  return found;
}

test(
  `${COUNT} workflows change under their version, and what passes can go on`,
  { timeout: 60_000 + COUNT * 2_000 },
  async () => {
    const evolutions = fc.sample(fc.record({ input: changedTypes, cursor: changedTypes, undo: changedTypes }), {
      numRuns: COUNT,
      seed: SEED,
    });
    const all = new Map(evolutions.map((evolution, at) => [`m${at}`, evolution]));
    const sources = (form: Form, names: Iterable<string>): Record<string, string> =>
      Object.fromEntries([...names].map((name) => [`${name}.ts`, printed(all.get(name)!, name, form)]));
    const old = new LockedProject("evolution-old");
    old.begin(sources("taken", all.keys()));
    expect(await refusedIn(old)).toEqual(new Map());

    const young = new LockedProject("evolution-young");
    young.begin({ ...sources("later", all.keys()), "cano.lock.json": old.lock });
    const refused = await refusedIn(young);
    expect(new Set(refused.values())).toEqual(new Set(["CANO5001"]));
    young.write(
      sources(
        "taken",
        [...refused.keys()].map((file) => file.replace(".ts", "")),
      ),
    );
    expect(await refusedIn(young)).toEqual(new Map());

    const passed = [...all].filter(([name]) => !refused.has(`${name}.ts`));
    expect(passed.length).toBeGreaterThan(COUNT / 10);
    expect(refused.size).toBeGreaterThan(COUNT / 10);
    for (const [name, evolution] of passed) {
      const found = await goOn(old, young, name, evolution);
      for (const role of ROLES) {
        const { later, taken } = evolution[role];
        const told = `${name}, ${role}: ${JSON.stringify(found[role])} as ${shapeText(later)}, which was ${shapeText(taken)}`;
        expect(isOf(later, found[role], false), told).toBe(true);
      }
    }
  },
);
