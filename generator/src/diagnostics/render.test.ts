import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "./diagnostic.js";
import { renderDiagnostic, renderDiagnostics, renderSummary } from "./render.js";

const order = [
  "import { workflow } from 'cano';",
  ...Array.from({ length: 9 }, () => ""),
  '  Refunded = "refunded",',
  ...Array.from({ length: 30 }, () => ""),
  "export const machine = workflow({});",
].join("\n");

const diagnostic: Diagnostic = {
  code: "CANO2001",
  severity: "error",
  message: "state `Refunded` has no task and is not an exit",
  span: undefined,
  notes: [],
  help: "list it in `exits`, or bind a task to it in `tasks`",
};

/** Renders `diagnostic` at the first place of `mark` in `text`. */
function render(text: string, mark: string, more: Partial<Diagnostic> = {}, colour = false): string {
  const start = text.indexOf(mark);
  const span = { file: "/project/src/order.ts", start, end: start + mark.length };
  return renderDiagnostic({ ...diagnostic, span, ...more }, { cwd: "/project/src", texts: { find: () => text }, colour });
}

/** The frame alone: from the place to the carets. */
function frame(text: string, mark: string): string[] {
  return render(text, mark).split("\n").slice(1, 5);
}

test("a diagnostic with frame, note, help and fix", () => {
  const at = order.indexOf("workflow({");
  const file = "/project/src/order.ts";
  const more: Partial<Diagnostic> = {
    notes: [{ message: "the machine is declared here", span: { file, start: at, end: at + 8 } }, { message: "a fact" }],
    fix: { title: "add it to `exits`", span: { file, start: at, end: at }, text: "" },
  };
  expect(render(order, "Refunded", more)).toBe(
    `error CANO2001: state \`Refunded\` has no task and is not an exit
  --> order.ts:11:3
   |
11 |   Refunded = "refunded",
   |   ^^^^^^^^
note: the machine is declared here
  --> order.ts:42:24
note: a fact
help: list it in \`exits\`, or bind a task to it in \`tasks\`
fix: add it to \`exits\`
`,
  );
});

describe("frames", () => {
  test.each<[name: string, text: string, mark: string, expected: string[]]>([
    ["the first line", "abc def", "def", ["  --> order.ts:1:5", "  |", "1 | abc def", "  |     ^^^"]],
    ["an empty span", "abc", "", ["  --> order.ts:1:1", "  |", "1 | abc", "  | ^"]],
    ["windows line ends", "a\r\nbc d\r\n", "d", ["  --> order.ts:2:4", "  |", "2 | bc d", "  |    ^"]],
    ["a span over several lines", "x = {\n  a,\n};", "{\n  a,\n}", ["  --> order.ts:1:5", "  |", "1 | x = {", "  |     ^"]],
    ["several lines, blanks at the end of the first", "f(  \n)", "(  \n)", ["  --> order.ts:1:2", "  |", "1 | f(", "  |  ^"]],
    ["tabs before and inside", "\ta(\tb)", "a(\tb", ["  --> order.ts:1:2", "  |", "1 |     a(    b)", "  |     ^^^^^^^"]],
    ["an astral character before", '"😀" x', "x", ["  --> order.ts:1:6", "  |", '1 | "😀" x', "  |     ^"]],
    ["an astral character inside", 'x "😀"', '"😀"', ["  --> order.ts:1:3", "  |", '1 | x "😀"', "  |   ^^^"]],
    ["an escape sequence", "a \u001B[31m b", "b", ["  --> order.ts:1:9", "  |", "1 | a \uFFFD[31m b", "  |         ^"]],
    ["the line end itself", "ab\ncd", "\n", ["  --> order.ts:1:3", "  |", "1 | ab", "  |   ^"]],
  ])("%s", (_, text, mark, expected) => {
    expect(frame(text, mark)).toEqual(expected);
  });

  test("the end of the file", () => {
    const span = { file: "/p/a.ts", start: 99, end: 100 };
    const text = renderDiagnostic({ ...diagnostic, span }, { cwd: "/p", texts: { find: () => "ab\n" }, colour: false });
    expect(text.split("\n").slice(1, 5)).toEqual(["  --> a.ts:2:1", "  |", "2 |", "  | ^"]);
  });

  test("a line that is too long is cut around the span", () => {
    const [place, , source = "", carets = ""] = frame(`${"a".repeat(300)}HERE${"b".repeat(300)}`, "HERE");
    expect(place).toBe("  --> order.ts:1:301");
    expect(source).toBe(`1 | …${"a".repeat(30)}HERE${"b".repeat(86)}…`);
    expect(carets).toBe(`  | ${" ".repeat(31)}^^^^`);
  });

  test("carets end where a cut line ends", () => {
    const [, , source = "", carets = ""] = frame(`x ${"y".repeat(300)}`, "y".repeat(300));
    expect(source).toBe(`1 | x ${"y".repeat(118)}…`);
    expect(carets).toBe(`  |   ${"^".repeat(118)}`);
  });

  test("the end of a long line is shown whole", () => {
    const [, , source = ""] = frame(`${"a".repeat(300)}END`, "END");
    expect(source).toBe(`1 | …${"a".repeat(117)}END`);
  });
});

test("a file that cannot be read is named without a frame", () => {
  const span = { file: "/project/gone.ts", start: 5, end: 6 };
  const text = renderDiagnostic(
    { ...diagnostic, span },
    { cwd: "/project/src", texts: { find: () => undefined }, colour: false },
  );
  expect(text.split("\n")[1]).toBe("  --> ../gone.ts");
  expect(text).not.toContain("|");
});

test("further lines of a message are indented", () => {
  expect(render("x", "x", { message: "first\nsecond" })).toMatch(/^error CANO2001: first\n {2}second\n/);
});

test("colours only when asked for, and the same text without them", () => {
  const coloured = render(order, "Refunded", {}, true);
  expect(coloured).toContain("\u001B[");
  expect(stripVTControlCharacters(coloured)).toBe(render(order, "Refunded"));
});

test("several diagnostics, a blank line between, the summary last", () => {
  const text = renderDiagnostics([diagnostic, { ...diagnostic, severity: "warning" }], {
    cwd: "/",
    texts: { find: () => "" },
    colour: false,
  });
  expect(text).toBe(
    `error CANO2001: ${diagnostic.message}\nhelp: ${diagnostic.help}\n\nwarning CANO2001: ${diagnostic.message}\nhelp: ${diagnostic.help}\n\n1 error, 1 warning\n`,
  );
  expect(renderDiagnostics([], { cwd: "/", texts: { find: () => "" }, colour: false })).toBe("");
});

test.each([
  [2, 1, "2 errors, 1 warning"],
  [1, 0, "1 error"],
  [0, 2, "2 warnings"],
])("summary of %i errors and %i warnings", (errors, warnings, expected) => {
  const list = [
    ...Array.from({ length: errors }, () => diagnostic),
    ...Array.from({ length: warnings }, () => ({ ...diagnostic, severity: "warning" as const })),
  ];
  expect(renderSummary(list)).toBe(expected);
});
