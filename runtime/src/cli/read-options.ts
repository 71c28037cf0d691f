/** Reads options off a list of arguments, and refuses in one line what it does not know. */

import { parseArgs } from "node:util";
import { codeOf } from "../errors/code-of.js";

/** The options that a command has, by their long names. */
export type OptionSet = Readonly<
  Record<string, { readonly type: "boolean" | "string"; readonly short?: string; readonly choices?: readonly string[] }>
>;

/** What was found. */
export interface OptionValues<Set extends OptionSet> {
  readonly text: (name: keyof Set & string) => string | undefined;
  readonly flag: (name: keyof Set & string) => boolean;
  readonly positionals: readonly string[];
}

/** A mistake on the command line; the message is one line. */
export class UsageError extends Error {}

/** Reads `argv`. Throws a {@link UsageError} at the first mistake. */
export function readOptions<const Set extends OptionSet>(argv: readonly string[], set: Set): OptionValues<Set> {
  const { values, positionals } = parse(argv, set);
  for (const [name, { choices }] of Object.entries(set)) {
    const value = values[name];
    if (choices !== undefined && typeof value === "string" && !choices.includes(value))
      throw new UsageError(`\`--${name}\` is one of ${choices.map((choice) => `\`${choice}\``).join(", ")}, not \`${value}\``);
  }
  return {
    text: (name) => {
      const value = values[name];
      return typeof value === "string" ? value : undefined;
    },
    flag: (name) => values[name] === true,
    positionals,
  };
}

function parse(
  argv: readonly string[],
  set: OptionSet,
): { readonly values: Record<string, unknown>; readonly positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries(set).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  );
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Its messages go on with advice, over several lines.
    const [problem = ""] = error.message.split(/\.? To specify|[.\n]/);
    const known = Object.keys(set).map((name) => `\`--${name}\``);
    const cure = codeOf(error) === "ERR_PARSE_ARGS_UNKNOWN_OPTION" ? `: the options are ${known.join(", ")}` : "";
    throw new UsageError(problem.charAt(0).toLowerCase() + problem.slice(1).replaceAll("'", "`") + cure);
  }
}
