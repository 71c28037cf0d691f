import { describe, expect, test } from "vitest";
import type { Command } from "./command.js";
import { parseArguments } from "./parse-arguments.js";

const generate: Command = {
  kind: "generate",
  files: [],
  tsconfig: undefined,
  outDir: undefined,
  check: false,
  format: "text",
  cache: true,
};
const diff = { kind: "diff", old: "a.json", new: "b.json", tsconfig: undefined, format: "text" } as const;
const cron = {
  kind: "explain-cron",
  expression: "@daily",
  timeZone: "UTC",
  count: 10,
  from: undefined,
  format: "text",
} as const satisfies Command;
const graph: Command = { kind: "graph", file: "a.ts", tsconfig: undefined, format: "mermaid", workflow: undefined };

test.each<[typed: string, command: Command]>([
  ["", generate],
  ["a.ts src/b.ts", { ...generate, files: ["a.ts", "src/b.ts"] }],
  ["-p app a.ts", { ...generate, tsconfig: "app", files: ["a.ts"] }],
  ["--project=tsconfig.build.json", { ...generate, tsconfig: "tsconfig.build.json" }],
  ["--check --out-dir out --format json --no-cache", { ...generate, check: true, outDir: "out", format: "json", cache: false }],
  ["--out-dir=-odd", { ...generate, outDir: "-odd" }],
  ["--watch", { kind: "watch", generate, exec: undefined }],
  ["-w a.ts --exec start", { kind: "watch", generate: { ...generate, files: ["a.ts"] }, exec: "start" }],
  ["-- --check.ts", { ...generate, files: ["--check.ts"] }],
  ["graph a.ts", graph],
  ["graph a.ts --format dot --workflow order -p x.json", { ...graph, format: "dot", workflow: "order", tsconfig: "x.json" }],
  ["diff a.json", { ...diff, new: undefined }],
  ["diff a.json b.json --format json", { ...diff, format: "json" }],
  ["diff a.json -p app", { ...diff, new: undefined, tsconfig: "app" }],
  ["explain CANO2001", { kind: "explain", code: "CANO2001" }],
  ["explain-cron @daily", cron],
  ["explain-cron --tz Asia/Tokyo -n 3 @daily", { ...cron, timeZone: "Asia/Tokyo", count: 3 }],
  ["explain-cron @daily --from 2026-03-01 --format json", { ...cron, from: "2026-03-01", format: "json" }],
  ["explain-cron -h", { kind: "help", topic: "explain-cron" }],
  ["explain-cron -v", { kind: "version" }],
  ["help explain-cron", { kind: "help", topic: "explain-cron" }],
  ["--help", { kind: "help", topic: "generate" }],
  ["graph a.ts --format svg", { ...graph, format: "svg" }],
  ["graph -h", { kind: "help", topic: "graph" }],
  ["help diff", { kind: "help", topic: "diff" }],
  ["help explain", { kind: "help", topic: "explain" }],
  ["-v", { kind: "version" }],
  ["graph --version", { kind: "version" }],
  ["help --version", { kind: "version" }],
])("`%s`", (typed, command) => {
  expect(parseArguments(split(typed))).toEqual(command);
});

describe("one line on what is wrong", () => {
  test.each<[typed: string, message: string]>([
    ["--chek", "unknown option `--chek`: did you mean `--check`?"],
    ["--outdir=x", "unknown option `--outdir`: did you mean `--out-dir`?"],
    ["--xyzzy", "unknown option `--xyzzy`; see `cano-gen --help`"],
    ["-q", "unknown option `-q`; see `cano-gen --help`"],
    ["--check=yes", "`--check` takes no value"],
    ["-p", "`-p` needs a value"],
    ["--watch --check", "`--check` compares once, `--watch` writes at each change: choose one of them"],
    ["--exec start", "`--exec` runs a command after each pass of `--watch`: without it, use `cano-gen && …`"],
    ["--out-dir --check", "`--out-dir` needs a value"],
    ["--out-dir=", "`--out-dir` needs a value"],
    ["--format", "`--format` needs a value: `text` or `json`"],
    ["--format jsn", "`--format` is `text` or `json`, not `jsn`: did you mean `json`?"],
    ["graph a.ts --format png", "`--format` is `mermaid`, `dot`, `svg`, `json`, not `png`"],
    ["graph a.ts --check", "unknown option `--check`; see `cano-gen --help`"],
    ["grpah order.ts", "unknown command `grpah`: did you mean `graph`?"],
    ["check", "unknown command `check`: did you mean `--check`?"],
    ["watch", "unknown command `watch`: did you mean `--watch`?"],
    ["frobnicate", "unknown command `frobnicate`; see `cano-gen --help`"],
    ["--check graph a.ts", "the command comes first: `cano-gen graph …`"],
    ["graph", "`cano-gen graph` needs the file of a workflow"],
    ["graph a.ts b.ts", "`cano-gen graph` takes one file, not 2"],
    ["explain", "`cano-gen explain` needs a code, as in `cano-gen explain CANO2001`"],
    ["explain-cron", '`cano-gen explain-cron` needs a cron expression, as in `cano-gen explain-cron "0 3 * * *"`'],
    ["explain-cron 0 3 * * *", "`cano-gen explain-cron` takes one expression, in quotes, not 5"],
    ["explain-cron @daily -n 0", "`-n` is a whole number from 1 to 1000, not `0`"],
    ["explain-cron @daily -n 1001", "`-n` is a whole number from 1 to 1000, not `1001`"],
    ["explain-cron @daily --count=ten", "`-n` is a whole number from 1 to 1000, not `ten`"],
    ["explain-cron @daily --timezone UTC", "unknown option `--timezone`; see `cano-gen --help`"],
    ["explain-corn @daily", "unknown command `explain-corn`: did you mean `explain-cron`?"],
    ["diff", "`cano-gen diff` needs a lock, or two: `cano-gen diff <old lock> [<new lock>]`"],
    ["diff a b c", "`cano-gen diff` takes two locks at the most, not 3"],
    ["diff a b -p c", "`--project` says what one lock is compared with; here are two"],
    ["diff a --format yaml", "`--format` is `text` or `json`, not `yaml`"],
    ["--check diff a", "the command comes first: `cano-gen diff …`"],
    ["help me", "there is no help on `me`: the commands are `graph`, `diff`, `explain` and `explain-cron`"],
  ])("`%s`", (typed, message) => {
    expect(parseArguments(split(typed))).toEqual({ kind: "usage-error", message });
  });
});

function split(typed: string): string[] {
  return typed === "" ? [] : typed.split(" ");
}
