/** Reads options off a list of arguments and refuses what it does not know, in one line and with the right spelling where there is one. */

import { parseArgs } from "node:util";
import { findNearest } from "../text/slips.js";

/** The options that a command has, by their long names. */
export type OptionSet = Readonly<
  Record<string, { readonly type: "boolean" | "string"; readonly short?: string; readonly choices?: readonly string[] }>
>;

/** What was found: looked up by an option's long name. */
export interface OptionValues<Set extends OptionSet> {
  readonly text: (name: keyof Set & string) => string | undefined;
  readonly flag: (name: keyof Set & string) => boolean;
  readonly positionals: readonly string[];
}

/** A mistake on the command line; the message is one line. */
export class UsageError extends Error {}

type Token = ReturnType<typeof parseTokens>[number];
type OptionToken = Extract<Token, { kind: "option" }>;

/** Reads `argv`. Throws a {@link UsageError} at the first mistake. */
export function readOptions<const Set extends OptionSet>(argv: readonly string[], set: Set): OptionValues<Set> {
  const values = new Map<string, string | true>();
  const positionals: string[] = [];
  for (const token of parseTokens(argv, set)) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind === "option") values.set(token.name, readOption(token, set));
  }
  return {
    text: (name) => {
      const value = values.get(name);
      return typeof value === "string" ? value : undefined;
    },
    flag: (name) => values.has(name),
    positionals,
  };
}

/** Not strict: the messages of `parseArgs` itself run over several lines and know no spelling. */
function parseTokens(argv: readonly string[], set: OptionSet) {
  const options = Object.fromEntries(
    Object.entries(set).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  );
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function readOption(token: OptionToken, set: OptionSet): string | true {
  const option = set[token.name];
  const { rawName, value } = token;
  if (!option) throw new UsageError(`unknown option \`${rawName}\`${suggest(token.name, set)}`);
  if (option.type === "boolean") {
    if (value !== undefined) throw new UsageError(`\`${rawName}\` takes no value`);
    return true;
  }
  // `--out-dir --check`: the next option is not meant as a value.
  const missing = value === undefined || value === "" || (token.inlineValue === false && value.startsWith("-"));
  if (missing) throw new UsageError(`\`${rawName}\` needs a value${option.choices ? `: ${listChoices(option.choices)}` : ""}`);
  if (option.choices !== undefined && !option.choices.includes(value)) {
    const nearest = findNearest(value, option.choices);
    throw new UsageError(
      `\`${rawName}\` is ${listChoices(option.choices)}, not \`${value}\`${nearest === undefined ? "" : `: did you mean \`${nearest}\`?`}`,
    );
  }
  return value;
}

function suggest(name: string, set: OptionSet): string {
  const nearest = findNearest(name, Object.keys(set));
  return nearest === undefined ? "; see `cano-gen --help`" : `: did you mean \`--${nearest}\`?`;
}

function listChoices(choices: readonly string[]): string {
  return choices.map((choice) => `\`${choice}\``).join(choices.length > 2 ? ", " : " or ");
}
