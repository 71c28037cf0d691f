/** What is stored beyond what is taken is on record, and is not read as something else later. */

import { expect, test } from "vitest";
import { LockedProject } from "./project.js";

const project = new LockedProject("unread");

/** What each place hands on, and what each takes, as texts of TypeScript. */
interface Spec {
  readonly input: readonly [handed: string, taken: string];
  readonly cursor: readonly [left: string, taken: string];
  readonly undo: readonly [left: string, taken: string];
  readonly more?: string;
}

function parcel({ input, cursor, undo, more = "version: 1" }: Spec): string {
  return `import { type CompensatableTask, type Context, more, same, type SteppedTask, to, undoable, workflow } from "cano";

enum Parcel { Pack = "pack", Send = "send", Sent = "sent" }

class Pack implements CompensatableTask<Parcel, ${undo[1]}> {
  async run() {
    return undoable(to(Parcel.Send, ${input[0]}), ${undo[0]});
  }
  async compensate(_: unknown, left: ${undo[1]}) {
    void left;
  }
}

class Send implements SteppedTask<Parcel, ${cursor[1]}> {
  async step(_: unknown, cursor: ${cursor[1]} | undefined, { input }: Context<${input[1]}>) {
    void input;
    return cursor === undefined ? more(${cursor[0]}) : Parcel.Sent;
  }
}

export const parcel = workflow({
  states: Parcel,
  initial: Parcel.Pack,
  exits: [Parcel.Sent],
  tasks: { [Parcel.Pack]: Pack, [Parcel.Send]: Send },
  durable: true,
  ${more},
});
`;
}

/** More is left and handed on than is taken. */
const first: Spec = {
  input: ['{ to: "x", note: "n" }', "{ to: string }"],
  cursor: ["{ page: 1, line: 2 }", "{ page: number }"],
  undo: ['{ slot: "s", shelf: "t" }', "{ slot: string }"],
};

async function generate(spec: Spec): Promise<readonly string[]> {
  project.write({ "parcel.ts": parcel(spec) });
  const { code, stderr } = await project.canoGen();
  const errors = stderr.match(/^error .*$/gm) ?? [];
  expect(code).toBe(errors.length > 0 ? 1 : 0);
  return errors;
}

function stateOf(name: string): unknown {
  const states = project.entry("parcel")["states"] as Readonly<Record<string, unknown>>;
  return states[name];
}

test("it is on record, for each state and each method", async () => {
  project.begin({});
  expect(await generate(first)).toEqual([]);
  expect(stateOf("pack")).toMatchObject({
    undo: { slot: "string" },
    unread: { undo: { shelf: "string", slot: "string" } },
  });
  expect(stateOf("send")).toMatchObject({
    input: { to: "string" },
    cursor: { page: "number" },
    unread: { input: { note: "string", to: "string" }, cursor: { line: "number", page: "number" } },
  });
  expect(await project.canoGen("--check")).toMatchObject({ code: 0 });
});

test("it cannot be read as something else, also where nobody hands it on any more", async () => {
  project.begin({});
  await generate(first);
  expect(
    await generate({
      input: ['{ to: "x" }', "{ to: string; note?: number }"],
      cursor: ["{ page: 1 }", "{ page: number; line?: string }"],
      undo: ['{ slot: "s" }', "{ slot: string; shelf?: number }"],
    }),
  ).toEqual([
    "error CANO5001: what the compensation of `Pack` takes does not fit what runs of version 1 have stored: `.shelf` was `string`, is `number | undefined`",
    "error CANO5001: the cursor that `Send` takes does not fit what runs of version 1 have stored: `.line` was `number`, is `string | undefined`",
    "error CANO5001: what `Send` takes does not fit what runs of version 1 have stored: `.note` was `string`, is `number | undefined`",
  ]);
});

test("it cannot either where a member by its side fits a pattern, or an enum, for the compiler only", async () => {
  const spec = (handed: string, taken: string): Spec => ({ ...first, input: [handed, taken] });
  for (const [sent, taken] of [
    ["`x-${1}` as const", "`x-${number}`"],
    ["Math.random()", "Grade"],
  ] as const) {
    project.begin({ "grade.d.ts": "declare enum Grade { Low, High }" });
    expect(await generate(spec(`{ to: ${sent}, note: "n" }`, `{ to: ${taken} }`))).toEqual([]);
    expect(await generate(spec(`{ to: ${sent} }`, `{ to: ${taken}; note?: number }`))).toEqual([
      "error CANO5001: what `Send` takes does not fit what runs of version 1 have stored: `.note` was `string`, is `number | undefined`",
    ]);
  }
});

test("it may be read as what it is", async () => {
  project.begin({});
  await generate(first);
  expect(
    await generate({
      input: [first.input[0], "{ to: string; note?: string }"],
      cursor: [first.cursor[0], "{ page: number; line?: number }"],
      undo: [first.undo[0], "{ slot: string; shelf?: string | null }"],
    }),
  ).toEqual([]);
  expect(stateOf("pack")).not.toHaveProperty("unread");
  expect(stateOf("send")).not.toHaveProperty("unread");
});

test("while nobody reads it, it may become something else: both are on record", async () => {
  project.begin({});
  await generate(first);
  expect(await generate({ ...first, input: ['{ to: "x", note: 1 }', "{ to: string }"] })).toEqual([]);
  expect(stateOf("send")).toMatchObject({
    unread: {
      input: {
        $union: [
          { note: "number", to: "string" },
          { note: "string", to: "string" },
        ],
      },
    },
  });
});

test("a diff says so", async () => {
  project.begin({});
  await generate(first);
  project.write({ "before.lock.json": project.lock });
  await generate({ ...first, input: ['{ to: "x" }', "{ to: string }"] });
  expect((await project.run("diff before.lock.json")).stdout).toContain(
    "Send\n    harmless              input: what is stored beyond what is taken has changed\n",
  );
});

test("a migration may not read it as something else either", async () => {
  project.begin({});
  await generate(first);
  const migrated = (note: string, shelf: string): Spec => ({
    ...first,
    more: `version: 2,
  migrations: {
    1: {
      states: { pack: same, send: (old: { note?: ${note} }) => to(Parcel.Send, { to: String(old.note) }) },
      undo: { pack: (left: { shelf?: ${shelf} }) => to(Parcel.Pack, { slot: String(left.shelf) }) },
    },
  }`,
  });
  expect(await generate(migrated("number", "number"))).toEqual([
    "error CANO5008: the migration of runs of version 1 in `send` takes something else than they have stored: `.note` was `string`, is `number | undefined`",
    "error CANO5009: what `pack` left under version 1 is not what its `undo` takes: `.shelf` was `string`, is `number | undefined`",
  ]);
  expect(await generate(migrated("string", "string"))).toEqual([]);
});

test("what a migration hands on beyond what is taken is on record, too", async () => {
  project.begin({});
  const plain: Spec = {
    input: ['{ to: "x" }', "{ to: string }"],
    cursor: ["{ page: 1 }", "{ page: number }"],
    undo: ['{ slot: "s" }', "{ slot: string }"],
  };
  await generate(plain);
  const more = `version: 2,
  migrations: {
    1: {
      states: { pack: same, send: () => to(Parcel.Send, { to: "y", note: 3 }) },
      undo: { pack: () => to(Parcel.Pack, { slot: "s", shelf: 4 }) },
    },
  }`;
  expect(await generate({ ...plain, more })).toEqual([]);
  expect(stateOf("pack")).toMatchObject({ unread: { undo: { shelf: "number", slot: "string" } } });
  expect(stateOf("send")).toMatchObject({ unread: { input: { note: "number", to: "string" } } });
});

test("what an earlier version has stored may not be read as something else by the run that goes on with it", async () => {
  const plain: Spec = { ...first, input: ['{ to: "x" }', "{ to: string }"], cursor: ["{ page: 1 }", "{ page: number }"] };
  project.begin({});
  await generate(first);
  expect(await generate({ ...plain, more: "version: 2, migrations: { 1: { states: { pack: same, send: same } } }" })).toEqual([]);
  expect(stateOf("send")).toMatchObject({
    unread: { input: { note: "string", to: "string" }, cursor: { line: "number", page: "number" } },
  });
  expect((await project.run("diff cano.lock.json")).stdout).toBe("nothing has changed\n");
  // Once no run is left that goes by version 1, there are still those that it has begun.
  const later = { ...plain, more: "version: 2" };
  expect(await generate(later)).toEqual([]);
  expect(
    await generate({
      ...later,
      input: ['{ to: "x" }', "{ to: string; note?: number }"],
      cursor: ["{ page: 1 }", "{ page: number; line?: string }"],
    }),
  ).toEqual([
    "error CANO5001: the cursor that `Send` takes does not fit what runs of version 2 have stored: `.line` was `number`, is `string | undefined`",
    "error CANO5001: what `Send` takes does not fit what runs of version 2 have stored: `.note` was `string`, is `number | undefined`",
  ]);
});
