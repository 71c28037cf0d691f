/** Finds what is wrong with the options of a plugin, which often stand where no compiler checks them. What they mean is left to the plugin. */

/** What is wrong with options that all are paths, in words; undefined when nothing is. `who` is the plugin, `known` are the options that it has. */
export function findBadOption(options: unknown, who: string, known: readonly string[]): string | undefined {
  if (typeof options !== "object" || options === null) return `the options of cano-gen's ${who} must be an object`;
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name))
      return `the ${who} of cano-gen has no option \`${name}\`, only ${known.map((one) => `\`${one}\``).join(" and ")}`;
    // An empty path would be the folder that paths count from, which nobody means by it.
    if (value !== undefined && (typeof value !== "string" || value === ""))
      return `the option \`${name}\` of cano-gen's ${who} must be a path`;
  }
  return undefined;
}
