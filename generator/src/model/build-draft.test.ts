/** Drafts of readings. */

import { describe, expect, it } from "vitest";
import { at, reading } from "../check/testing/reading-builder.js";
import { buildDraft } from "./build-draft.js";
import { findEntered } from "./entered.js";
import { pascalCase } from "./generated-names.js";

describe("buildDraft", () => {
  it("links bindings, ends and targets to the states", () => {
    const draft = buildDraft(
      reading({
        states: ["A", "B", "Done"],
        tasks: { A: { to: ["Done", "?"] }, B: { branches: [], next: "Done" }, "Other.X": {} },
      }),
    );
    expect(draft.states.map(({ name, edges, open }) => [name, edges.map(({ to }) => to), open])).toEqual([
      ["A", [2], true],
      ["B", [2], false],
      ["Done", [], false],
    ]);
    expect(draft.states.map(({ initial, exit }) => [initial, exit])).toEqual([
      [at("initial A"), undefined],
      [undefined, undefined],
      [undefined, at("exits Done")],
    ]);
    expect(draft.strays.map(({ state }) => state.kind)).toEqual(["foreign"]);
  });

  it("takes the last of several bindings, as an object literal does", () => {
    const first = reading({ states: ["A", "B", "Done"], tasks: { A: { to: ["A"] } } });
    const second = reading({ states: ["A", "B", "Done"], tasks: { A: { to: ["Done"] } } });
    const draft = buildDraft({ ...first, bindings: [...first.bindings, ...second.bindings] });
    expect(draft.states[0]?.bindings).toHaveLength(2);
    expect(draft.states[0]?.edges.map(({ to }) => to)).toEqual([2]);
  });

  it("leaves a state open that has no task, or one without a readable method", () => {
    const draft = buildDraft(reading({ states: ["A", "B", "Done"], tasks: { A: { task: { method: undefined } } } }));
    expect(draft.states.map(({ open }) => open)).toEqual([true, true, false]);
  });

  it("is plain data", () => {
    const draft = buildDraft(reading({ states: ["A", "Done"], tasks: { A: { to: ["to(Done)"], takes: "Cart" } } }));
    expect(JSON.parse(JSON.stringify(draft))).toMatchObject({ states: [{ name: "A" }, { name: "Done" }] });
  });
});

describe("findEntered", () => {
  it.each([
    ["known to the end", { initial: ["A"], to: ["B"] }, [0, 1, 2], true],
    ["an unknown target", { initial: ["A"], to: ["?"] }, [0], false],
    ["an unknown start", { initial: ["A", "?"], to: ["B"] }, [0, 1, 2], false],
    ["an exit as a start", { initial: ["Done"], to: ["B"] }, [2], false],
    ["no start", { initial: [], to: ["B"] }, [], false],
    ["an unknown target that is never met", { initial: ["B"], to: ["?"] }, [1, 2], true],
  ])("%s", (_, { initial, to }, states, certain) => {
    const entered = findEntered(
      buildDraft(reading({ states: ["A", "B", "Done"], initial, tasks: { A: { to }, B: { to: ["Done"] } } })),
    );
    expect([...entered.states]).toEqual(states);
    expect(entered.certain).toBe(certain);
  });
});

describe("pascalCase", () => {
  it.each([
    ["order", "Order"],
    ["order-items", "OrderItems"],
    ["order items", "OrderItems"],
    ["größe", "Größe"],
    ["2nd", "State2nd"],
    ["--", "State"],
  ])("%s becomes %s", (text, expected) => {
    expect(pascalCase(text)).toBe(expected);
  });
});
