/** Arguments to a command. Reads nothing but the arguments and the environment. */

import type { RunStatus } from "../checkpoint/checkpoint-store.js";
import type { Command, CommandName, Group, Place, Topic } from "./command.js";
import type { Io } from "./io.js";
import { type OptionSet, type OptionValues, readOptions, UsageError } from "./read-options.js";
import { isStatus, STATUSES } from "./statuses.js";

const shared = { help: { type: "boolean", short: "h" }, schema: { type: "string" } } as const satisfies OptionSet;
const workflow = { type: "string", short: "w" } as const;

const OPTIONS = {
  "runs list": {
    ...shared,
    workflow,
    status: { type: "string", short: "s" },
    limit: { type: "string", short: "n" },
    after: { type: "string" },
    before: { type: "string" },
    format: { type: "string", choices: ["table", "json"] },
  },
  "runs show": { ...shared, workflow, payloads: { type: "boolean" }, format: { type: "string", choices: ["timeline", "json"] } },
  "runs tail": { ...shared, workflow, format: { type: "string", choices: ["text", "json"] } },
  "runs graph": {
    ...shared,
    workflow,
    graph: { type: "string", short: "g" },
    format: { type: "string", choices: ["mermaid", "svg"] },
  },
  "schedules list": { ...shared, format: { type: "string", choices: ["table", "json"] } },
} as const satisfies Record<CommandName, OptionSet>;

const NAMES = Object.keys(OPTIONS);
const GROUPS: readonly Group[] = ["runs", "schedules"];
// So many runs are shown unless more are asked for.
const LIMIT = 50;
const MOST = 100_000;

/** Parses the arguments that follow the program's name. Throws a {@link UsageError}. */
export function parseArguments(argv: readonly string[], env: Io["env"]): Command {
  const [first, second, ...rest] = argv;
  if (first === undefined || first === "--help" || first === "-h") return { kind: "help", topic: "cano" };
  if (first === "--version" || first === "-v") return { kind: "version" };
  if (first === "help") return { kind: "help", topic: readTopic(argv.slice(1).join(" ")) };
  const group = GROUPS.find((each) => each === first);
  if (group !== undefined && (second === undefined || second === "--help" || second === "-h"))
    return { kind: "help", topic: group };
  const name = `${first} ${second ?? ""}`;
  switch (name) {
    case "runs list":
      return orHelp(name, readOptions(rest, OPTIONS[name]), (options) => parseList(options, env));
    case "runs show":
      return orHelp(name, readOptions(rest, OPTIONS[name]), (options) => ({
        kind: name,
        ...readRun(name, options, env),
        payloads: options.flag("payloads"),
        format: options.text("format") === "json" ? "json" : "timeline",
      }));
    case "runs tail":
      return orHelp(name, readOptions(rest, OPTIONS[name]), (options) => ({
        kind: name,
        place: readPlace(name, options, env),
        workflow: options.text("workflow"),
        format: options.text("format") === "json" ? "json" : "text",
      }));
    case "runs graph":
      return orHelp(name, readOptions(rest, OPTIONS[name]), (options) => parseGraph(options, env));
    case "schedules list":
      return orHelp(name, readOptions(rest, OPTIONS[name]), (options) => ({
        kind: name,
        place: readPlace(name, options, env),
        format: options.text("format") === "json" ? "json" : "table",
      }));
    default:
      throw new UsageError(`there is no command \`${name.trim()}\`: the commands are ${commandsOf(group).join(", ")}`);
  }
}

/** Those of a group, or all. */
function commandsOf(group: Group | undefined): readonly string[] {
  return NAMES.filter((name) => group === undefined || name.startsWith(`${group} `)).map((name) => `\`${name}\``);
}

function orHelp<Set extends typeof shared>(
  topic: CommandName,
  options: OptionValues<Set>,
  parse: (options: OptionValues<Set>) => Command,
): Command {
  return options.flag("help") ? { kind: "help", topic } : parse(options);
}

function parseList(options: OptionValues<(typeof OPTIONS)["runs list"]>, env: Io["env"]): Command {
  return {
    kind: "runs list",
    place: readPlace("runs list", options, env),
    workflow: options.text("workflow"),
    statuses: options.text("status")?.split(",").map(readStatus),
    limit: readNumber("limit", options.text("limit"), 1, MOST) ?? LIMIT,
    after: readNumber("after", options.text("after"), 0, Number.MAX_SAFE_INTEGER),
    before: readNumber("before", options.text("before"), 0, Number.MAX_SAFE_INTEGER),
    format: options.text("format") === "json" ? "json" : "table",
  };
}

function parseGraph(options: OptionValues<(typeof OPTIONS)["runs graph"]>, env: Io["env"]): Command {
  const file = options.text("graph");
  if (file === undefined)
    throw new UsageError(
      "`cano runs graph` needs `--graph <file>`, which `cano-gen graph <source> --format json > <file>` writes",
    );
  const format = options.text("format") === "svg" ? "svg" : "mermaid";
  return { kind: "runs graph", ...readRun("runs graph", options, env), file, format };
}

function readRun(
  name: CommandName,
  options: OptionValues<typeof shared & { readonly workflow: typeof workflow }>,
  env: Io["env"],
): { readonly place: Place; readonly runId: string; readonly workflow: string | undefined } {
  const runId = options.positionals.at(-1);
  if (runId === undefined) throw new UsageError(`\`cano ${name}\` needs the id of a run`);
  // It may be the one or the other that was forgotten.
  if (options.positionals.length === 1 && isUnset(env["CANO_DATABASE"]))
    throw new UsageError(`\`cano ${name}\` needs a database and the id of a run, or CANO_DATABASE in the environment`);
  const place = readPlace(name, { ...options, positionals: options.positionals.slice(0, -1) }, env);
  return { place, runId, workflow: options.text("workflow") };
}

function readPlace(name: CommandName, { positionals, text }: OptionValues<typeof shared>, env: Io["env"]): Place {
  const [typed, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`\`cano ${name}\` takes one database, and not \`${more.join(" ")}\` as well`);
  const database = typed ?? env["CANO_DATABASE"] ?? "";
  if (database === "")
    throw new UsageError(`\`cano ${name}\` needs a database: a file, a URL, or CANO_DATABASE in the environment`);
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(database)?.[1];
  if (scheme !== undefined && !isPostgres(database))
    throw new UsageError(`a database is the path of a SQLite file, or a \`postgres://\` URL, and not one of \`${scheme}://\``);
  const schema = text("schema");
  if (schema !== undefined && !isPostgres(database))
    throw new UsageError("`--schema` is for PostgreSQL, and a SQLite file has none");
  return { database, schema };
}

/** Whether a database is one of PostgreSQL; else it is a SQLite file. */
export function isPostgres(database: string): boolean {
  return /^postgres(ql)?:\/\//i.test(database);
}

function isUnset(value: string | undefined): boolean {
  return value === undefined || value === "";
}

function readStatus(word: string): RunStatus {
  if (isStatus(word)) return word;
  throw new UsageError(`\`--status\` is one or several of ${STATUSES.join(",")}, not \`${word}\``);
}

function readNumber(option: string, typed: string | undefined, least: number, most: number): number | undefined {
  if (typed === undefined) return undefined;
  const number = Number(typed);
  if (/^\d+$/.test(typed) && number >= least && number <= most) return number;
  throw new UsageError(`\`--${option}\` is a whole number from ${least} to ${most}, not \`${typed}\``);
}

function readTopic(typed: string): Topic {
  const known = ["cano", ...GROUPS, ...NAMES].find((name) => name === (typed === "" ? "cano" : typed));
  if (known !== undefined) return known as Topic;
  throw new UsageError(`there is no help on \`${typed}\`: the commands are ${NAMES.map((name) => `\`${name}\``).join(", ")}`);
}
