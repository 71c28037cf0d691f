import { expect, test } from "vitest";
import type { Diagnostic } from "./diagnostic.js";
import { renderJson } from "./json.js";

test("the documented shape, lines and columns worked out", () => {
  const file = "/project/order.ts";
  const diagnostic: Diagnostic = {
    code: "CANO2001",
    severity: "error",
    message: "m",
    span: { file, start: 3, end: 5 },
    notes: [{ message: "n", span: { file, start: 0, end: 1 } }, { message: "o" }],
    help: "h",
    fix: { title: "t", span: { file, start: 3, end: 3 }, text: "x" },
  };
  const texts = { find: () => "a\nbcd\n" };
  const text = renderJson([diagnostic], [{ path: "/project/out/order.cano.ts", status: "created" }], { cwd: "/project", texts });
  const nowhere = { file: null, line: null, column: null, endLine: null, endColumn: null };
  expect(JSON.parse(text)).toEqual({
    version: 1,
    diagnostics: [
      {
        code: "CANO2001",
        severity: "error",
        message: "m",
        file: "order.ts",
        line: 2,
        column: 2,
        endLine: 2,
        endColumn: 4,
        notes: [
          { message: "n", file: "order.ts", line: 1, column: 1, endLine: 1, endColumn: 2 },
          { message: "o", ...nowhere },
        ],
        help: "h",
        fix: { title: "t", file: "order.ts", line: 2, column: 2, endLine: 2, endColumn: 2, text: "x" },
      },
    ],
    summary: { errors: 1, warnings: 0 },
    files: [{ path: "out/order.cano.ts", status: "created" }],
  });
});
