/** The memory store: what is copied, what is shared, what is refused. */

import { isCanoError, MemoryStore } from "cano";
import { expect, test } from "vitest";

interface Schema {
  total: number;
  items: string[];
  nested: { list: number[] };
  greet: () => string;
  log: readonly { at: number }[];
}

const refusal = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return isCanoError(error) ? `${error.category} ${error.code}` : error;
  }
};

test("a value is put, replaced and removed; keys come in the order in which they were put", () => {
  const store = new MemoryStore<Schema>();
  expect([store.size, store.has("total"), store.keys()]).toEqual([0, false, []]);
  store.put("total", 1);
  store.put("nested", { list: [1] });
  store.put("total", 2);
  expect([store.size, store.get("total"), store.keys()]).toEqual([2, 2, ["total", "nested"]]);
  store.remove("total");
  store.remove("total");
  expect([store.size, store.has("total")]).toEqual([1, false]);
  store.clear();
  expect(store.size).toBe(0);
});

test("`get` copies, all the way down, and `getShared` does not", () => {
  const store = new MemoryStore<Schema>({ nested: { list: [1] } });
  store.get("nested").list.push(2);
  expect(store.get("nested")).toEqual({ list: [1] });
  expect(store.getShared("nested")).toBe(store.getShared("nested"));
  store.getShared("nested").list.push(3);
  expect(store.get("nested")).toEqual({ list: [1, 3] });
});

test("what cannot be copied can be shared", () => {
  const store = new MemoryStore<Schema>({ greet: () => "hello" });
  expect(store.getShared("greet")()).toBe("hello");
  expect(refusal(() => store.get("greet"))).toBe("resource CANO7016");
});

test("a key that is not there is refused, whoever asks for it", () => {
  const store = new MemoryStore<Schema>();
  expect(refusal(() => store.get("total"))).toBe("resource CANO7015");
  expect(refusal(() => store.getShared("total"))).toBe("resource CANO7015");
});

test("`append` begins a list, and adds to one", () => {
  const store = new MemoryStore<Schema>();
  store.append("items", "a");
  store.append("items", "b");
  store.append("log", { at: 1 });
  expect([store.get("items"), store.get("log")]).toEqual([["a", "b"], [{ at: 1 }]]);
});

test("`append` to something that is no list is refused, and leaves it as it was", () => {
  const store = new MemoryStore<Schema>();
  Reflect.apply(store.put.bind(store), undefined, ["items", "no list"]);
  expect(refusal(() => store.append("items", "a"))).toBe("resource CANO7016");
  expect(store.get("items")).toBe("no list");
});

test("a list that somebody holds never changes under them", () => {
  const mine = ["a"];
  const store = new MemoryStore<Schema>({ items: mine });
  store.append("items", "b");
  const held = store.getShared("items");
  store.append("items", "c");
  store.append("items", "d");
  store.put("items", held);
  store.append("items", "e");
  expect([mine, held, store.get("items")]).toEqual([["a"], ["a", "b"], ["a", "b", "e"]]);
});

test("no item is lost when many tasks append in turns", async () => {
  const store = new MemoryStore<Schema>();
  const append = async (name: string): Promise<void> => {
    for (let at = 0; at < 100; at++) {
      store.append("items", `${name}${at}`);
      await Promise.resolve();
    }
  };
  await Promise.all(["a", "b", "c"].map(append));
  expect(new Set(store.get("items")).size).toBe(300);
});
