/** What the definition of a machine tells the runtime besides its states and its dispatcher. */

import type { Layout } from "./layout.js";
import { literal } from "./names.js";
import type { Words } from "./words.js";

/** Each as `name: value`. */
export function buildSettings(words: Words, layout: Layout): readonly string[] {
  const { machine, imports, workflow, flavour } = words;
  const settings: string[] = [];
  if (machine.totalTimeout) {
    const total = `${workflow}.totalTimeout`;
    settings.push(flavour.kind === "plain" ? `guard: ${imports.use("budget")}(${total})` : `totalTimeout: ${total}`);
  }
  const breaking = machine.nodes.flatMap((node, place) => {
    if (node.kind === "exit" || !node.breaks) return [];
    return [(node.kind === "split" ? words.taskNames : words.policyNames)[place] ?? ""];
  });
  if (breaking.length > 0) settings.push(`breakers: [${breaking.join(", ")}]`);
  if (flavour.kind === "plain") return settings;
  if (machine.compensationTimeout) settings.push(`compensationTimeout: ${workflow}.compensationTimeout`);
  const compensators = machine.nodes.flatMap((node, place) =>
    node.kind === "compensatable"
      ? [`${layout.numbers[place] ?? 0}: ${imports.use("compensator")}(${literal(node.name)}, ${words.taskNames[place] ?? ""})`]
      : [],
  );
  if (compensators.length > 0) settings.push(`compensators: { ${compensators.join(", ")} }`);
  if (flavour.kind === "durable") settings.push(`version: ${workflow}.version`);
  if (machine.migrations) settings.push(`migrations: ${workflow}.migrations`);
  if (machine.codecs) settings.push(`codecs: ${workflow}.codecs`);
  return settings;
}
