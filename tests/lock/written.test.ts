/** Of several values of which one has all members of another, the compiler keeps the type of the other; what is stored is known all the same. */

import { expect, test } from "vitest";
import { LockedProject } from "./project.js";

const project = new LockedProject("written");

function stateOf(name: string): unknown {
  const states = project.entry("parcel")["states"] as Readonly<Record<string, unknown>>;
  return states[name];
}

test("what only one of several ways hands on is on record", async () => {
  project.begin({});
  const either = (made: string, left: string, more: string): string =>
    `Math.random() > 0.5 ? ${made}(${left}) : ${made}(${more})`;
  const source = `import { type CompensatableTask, type Context, type Joined, more, split, type SteppedTask, to, undoable, workflow } from "cano";

enum Parcel { Pack = "pack", Weigh = "weigh", Ask = "ask", Send = "send", Sent = "sent" }

class Pack implements CompensatableTask<Parcel, { slot: string }> {
  async run() {
    if (Math.random() > 0.5) return undoable(to(Parcel.Weigh, { to: "x" }), { slot: "s" });
    return undoable(to(Parcel.Weigh, { to: "x", note: "n" }), { slot: "s", shelf: "t" });
  }
  async compensate(_: unknown, left: { slot: string }) {
    void left;
  }
}

class Weigh implements SteppedTask<Parcel, { page: number }> {
  async step(_: unknown, cursor: { page: number } | undefined, { input }: Context<{ to: string }>) {
    void input;
    if (cursor !== undefined) return Parcel.Ask;
    return ${either("more", "{ page: 1 }", "{ page: 1, line: 2 }")};
  }
}

class Weight {
  async run() {
    const light: { grams: number } = { grams: 1 };
    return Math.random() > 0.5 ? light : { grams: 2, scale: "a" };
  }
}

class Send {
  async run(_: unknown, { input }: Context<Joined<undefined, { grams: number }>>) {
    void input;
    return ${either("to", "Parcel.Sent, { at: 1 }", 'Parcel.Sent, { at: 1, by: "b" }')};
  }
}

export const parcel = workflow({
  states: Parcel,
  initial: Parcel.Pack,
  exits: [Parcel.Sent],
  tasks: { [Parcel.Pack]: Pack, [Parcel.Weigh]: Weigh, [Parcel.Ask]: split([Weight], { next: Parcel.Send }), [Parcel.Send]: Send },
  durable: true,
  version: 1,
});
`;
  project.write({ "parcel.ts": source });
  expect(await project.canoGen()).toMatchObject({ code: 0 });
  expect(stateOf("pack")).toMatchObject({ unread: { undo: { shelf: "string", slot: "string" } } });
  expect(stateOf("weigh")).toMatchObject({
    unread: { input: { note: "string", to: "string" }, cursor: { line: "number", page: "number" } },
  });
  expect(stateOf("send")).toMatchObject({
    unread: { input: { successes: [{ value: { $union: [{ grams: "number" }, { grams: "number", scale: "string" }] } }] } },
  });
  expect(stateOf("sent")).toMatchObject({ output: { at: "number" }, unread: { output: { at: "number", by: "string" } } });
});

test("so it cannot be read as something else", async () => {
  const parcel = (ways: string, taken: string): string => `import { type Context, to, workflow } from "cano";
enum Parcel { Pack = "pack", Send = "send", Sent = "sent" }
class Pack { async run() { ${ways} } }
class Send { async run(_: unknown, { input }: Context<${taken}>) { void input; return Parcel.Sent; } }
export const parcel = workflow({ states: Parcel, initial: Parcel.Pack, exits: [Parcel.Sent], tasks: { [Parcel.Pack]: Pack, [Parcel.Send]: Send }, durable: true, version: 1 });
`;
  const one = 'return to(Parcel.Send, { to: "x" });';
  project.begin({
    "parcel.ts": parcel(`if (Math.random() > 0.5) return to(Parcel.Send, { to: "x", note: "n" }); ${one}`, "{ to: string }"),
  });
  expect(await project.canoGen()).toMatchObject({ code: 0 });
  project.write({ "parcel.ts": parcel(one, "{ to: string; note?: number }") });
  expect((await project.canoGen()).stderr).toContain("`.note` was `string`, is `number | undefined`");
});
