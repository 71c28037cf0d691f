import { expect, test } from "vitest";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Io } from "../io.js";
import { printPass } from "./print-pass.js";
import type { Pass } from "../../projects/watch/watch-session.js";

const noon = new Date(2026, 0, 2, 12, 31, 7).getTime();
const failure: Diagnostic = {
  code: "CANO2999",
  severity: "error",
  message: "found fail",
  span: undefined,
  notes: [],
  help: "do not",
};
const clean: Pass = { diagnostics: [], files: [], inputs: [], changes: [], startedAt: noon, watched: 104 };
const order = { path: "/app/order.ts", kind: "changed" } as const;

/** What is printed of a pass; stdout and stderr in the order of time. */
function print(pass: Pass, format: "text" | "json" = "text", surroundings: Partial<Io> = {}): string {
  let printed = "";
  const write = (text: string): unknown => (printed += text);
  printPass(
    pass,
    { format },
    {
      stdout: write,
      stderr: write,
      cwd: "/app",
      isTerminal: false,
      rows: 0,
      env: {},
      now: () => noon + 1_000,
      untilStopped: () => new Promise(() => undefined),
      ...surroundings,
    },
  );
  return printed;
}

test("a clean start", () => {
  const files = [
    { path: "/app/order.cano.ts", status: "created" },
    { path: "/app/ping.cano.ts", status: "unchanged" },
  ] as const;
  expect(print({ ...clean, files })).toBe("wrote order.cano.ts\n12:31:08 no errors, watching 104 files\n");
});

test("what has changed, what is wrong, and that it goes on", () => {
  expect(
    print({ ...clean, changes: [order, { path: "/app/sub/new.ts", kind: "new" }], diagnostics: [failure], watched: 1 }),
  ).toBe(
    "12:31:07 order.ts changed, sub/new.ts is new\nerror CANO2999: found fail\nhelp: do not\n\n1 error\n12:31:08 watching 1 file\n",
  );
});

test("of many changes their number, and without a project that it waits", () => {
  const changes = ["a", "b", "c", "d"].map((name) => ({ path: `/app/${name}.ts`, kind: "gone" }) as const);
  expect(print({ ...clean, changes, watched: 0 })).toBe("12:31:07 4 files changed\n12:31:08 no errors, waiting for a change\n");
});

test("a terminal is cleared between passes, and what was there can be scrolled to", () => {
  const terminal = { isTerminal: true, rows: 3 };
  const printed = print({ ...clean, changes: [order] }, "text", terminal);
  expect(printed.startsWith("\n\n\n\u001B[H\u001B[J12:31:07 order.ts changed\n")).toBe(true);
  expect(print(clean, "text", terminal)).not.toContain("\u001B[H");
});

test("JSON is one line a pass and nothing else", () => {
  const printed = print({ ...clean, changes: [order], diagnostics: [failure] }, "json", { isTerminal: true, rows: 3 });
  expect(printed).toMatch(/^\{[^\n]*\}\n$/);
  expect(JSON.parse(printed)).toMatchObject({ version: 1, summary: { errors: 1, warnings: 0 } });
});
