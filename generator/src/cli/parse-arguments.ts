/** Arguments to a command, or to one line that says what is wrong with them. Reads nothing but the arguments. */

import { findNearest } from "../text/slips.js";
import type { Command, GenerateCommand, Topic } from "./command.js";
import { readOptions, type OptionSet, UsageError } from "./read-options.js";

const commands = ["graph", "diff", "explain", "explain-cron", "help"] as const;

const topics: readonly Topic[] = ["generate", "graph", "diff", "explain", "explain-cron"];

const shared = { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "v" } } as const satisfies OptionSet;

const options = {
  generate: {
    ...shared,
    project: { type: "string", short: "p" },
    check: { type: "boolean" },
    watch: { type: "boolean", short: "w" },
    exec: { type: "string" },
    "out-dir": { type: "string" },
    format: { type: "string", choices: ["text", "json"] },
    "no-cache": { type: "boolean" },
  },
  graph: {
    ...shared,
    project: { type: "string", short: "p" },
    format: { type: "string", choices: ["mermaid", "dot", "svg", "json"] },
    workflow: { type: "string", short: "w" },
  },
  diff: {
    ...shared,
    project: { type: "string", short: "p" },
    format: { type: "string", choices: ["text", "json"] },
  },
  explain: shared,
  "explain-cron": {
    ...shared,
    tz: { type: "string" },
    count: { type: "string", short: "n" },
    from: { type: "string" },
    format: { type: "string", choices: ["text", "json"] },
  },
  help: shared,
} as const satisfies Record<string, OptionSet>;

/** Parses the arguments that follow the program's name. Never throws. */
export function parseArguments(argv: readonly string[]): Command {
  try {
    const [first, ...rest] = argv;
    switch (first) {
      case "graph":
        return parseGraph(rest);
      case "diff":
        return parseDiff(rest);
      case "explain":
        return parseExplain(rest);
      case "explain-cron":
        return parseExplainCron(rest);
      case "help":
        return parseHelp(rest);
      default:
        return parseGenerate(argv);
    }
  } catch (error) {
    if (error instanceof UsageError) return { kind: "usage-error", message: error.message };
    throw error;
  }
}

function parseGenerate(argv: readonly string[]): Command {
  const { text, flag, positionals } = readOptions(argv, options.generate);
  if (flag("help")) return { kind: "help", topic: "generate" };
  if (flag("version")) return { kind: "version" };
  for (const word of positionals) refuseCommandWord(word);
  const generate: GenerateCommand = {
    kind: "generate",
    files: positionals,
    tsconfig: text("project"),
    outDir: text("out-dir"),
    check: flag("check"),
    format: text("format") === "json" ? "json" : "text",
    cache: !flag("no-cache"),
  };
  const exec = text("exec");
  if (!flag("watch")) {
    if (exec !== undefined)
      throw new UsageError("`--exec` runs a command after each pass of `--watch`: without it, use `cano-gen && …`");
    return generate;
  }
  if (generate.check) throw new UsageError("`--check` compares once, `--watch` writes at each change: choose one of them");
  return { kind: "watch", generate, exec };
}

function parseGraph(argv: readonly string[]): Command {
  const { text, flag, positionals } = readOptions(argv, options.graph);
  if (flag("help")) return { kind: "help", topic: "graph" };
  if (flag("version")) return { kind: "version" };
  const file = onlyOne(positionals, "`cano-gen graph` needs the file of a workflow", "`cano-gen graph` takes one file");
  const format = text("format");
  return {
    kind: "graph",
    file,
    tsconfig: text("project"),
    format: format === "dot" || format === "svg" || format === "json" ? format : "mermaid",
    workflow: text("workflow"),
  };
}

function parseDiff(argv: readonly string[]): Command {
  const { text, flag, positionals } = readOptions(argv, options.diff);
  if (flag("help")) return { kind: "help", topic: "diff" };
  if (flag("version")) return { kind: "version" };
  const [old, newer, ...more] = positionals;
  if (old === undefined) throw new UsageError("`cano-gen diff` needs a lock, or two: `cano-gen diff <old lock> [<new lock>]`");
  if (more.length > 0) throw new UsageError(`\`cano-gen diff\` takes two locks at the most, not ${positionals.length}`);
  const tsconfig = text("project");
  if (tsconfig !== undefined && newer !== undefined)
    throw new UsageError("`--project` says what one lock is compared with; here are two");
  return { kind: "diff", old, new: newer, tsconfig, format: text("format") === "json" ? "json" : "text" };
}

function parseExplain(argv: readonly string[]): Command {
  const { flag, positionals } = readOptions(argv, options.explain);
  if (flag("help")) return { kind: "help", topic: "explain" };
  if (flag("version")) return { kind: "version" };
  return {
    kind: "explain",
    code: onlyOne(
      positionals,
      "`cano-gen explain` needs a code, as in `cano-gen explain CANO2001`",
      "`cano-gen explain` takes one code",
    ),
  };
}

function parseExplainCron(argv: readonly string[]): Command {
  const { text, flag, positionals } = readOptions(argv, options["explain-cron"]);
  if (flag("help")) return { kind: "help", topic: "explain-cron" };
  if (flag("version")) return { kind: "version" };
  const expression = onlyOne(
    positionals,
    '`cano-gen explain-cron` needs a cron expression, as in `cano-gen explain-cron "0 3 * * *"`',
    "`cano-gen explain-cron` takes one expression, in quotes",
  );
  return {
    kind: "explain-cron",
    expression,
    timeZone: text("tz") ?? "UTC",
    count: readCount(text("count") ?? "10"),
    from: text("from"),
    format: text("format") === "json" ? "json" : "text",
  };
}

// Each takes a millisecond or more to find.
const MOST = 1_000;

function readCount(typed: string): number {
  const count = Number(typed);
  if (/^\d+$/.test(typed) && count >= 1 && count <= MOST) return count;
  throw new UsageError(`\`-n\` is a whole number from 1 to ${MOST}, not \`${typed}\``);
}

function parseHelp(argv: readonly string[]): Command {
  const { flag, positionals } = readOptions(argv, options.help);
  if (flag("version")) return { kind: "version" };
  const typed = positionals[0] ?? "generate";
  const topic = topics.find((known) => known === typed);
  if (topic !== undefined) return { kind: "help", topic };
  throw new UsageError(
    `there is no help on \`${typed}\`: the commands are \`graph\`, \`diff\`, \`explain\` and \`explain-cron\``,
  );
}

/** A word without a dot or a slash is no source file, so it was meant as a command. */
function refuseCommandWord(word: string): void {
  if (commands.some((command) => command === word)) throw new UsageError(`the command comes first: \`cano-gen ${word} …\``);
  if (/[.\\/]/.test(word)) return;
  // What other tools have as commands are options here.
  const nearest = ["check", "watch", "version"].includes(word) ? `--${word}` : findNearest(word, commands);
  throw new UsageError(
    `unknown command \`${word}\`${nearest === undefined ? "; see `cano-gen --help`" : `: did you mean \`${nearest}\`?`}`,
  );
}

function onlyOne(words: readonly string[], none: string, several: string): string {
  const [word, ...more] = words;
  if (word === undefined) throw new UsageError(none);
  if (more.length > 0) throw new UsageError(`${several}, not ${words.length}`);
  return word;
}
