/** Random machines in which several states hand several types to one, which takes what it may be handed, and splits follow each other. */

import fc from "fast-check";
import { DECLARATIONS, payloadTypes } from "./payload-types.js";

/** A way out of a task: to which state, counted on from the one that follows, and with what; a bare state where that is undefined. */
interface Way {
  readonly to: number;
  readonly sent: string | undefined;
}

type StateSpec =
  | { readonly kind: "task"; readonly ways: readonly Way[]; readonly isAsync: boolean; readonly isDeclared: boolean }
  | { readonly kind: "split"; readonly values: readonly [string, string] };

/** States, of which the last one leads to the exit. */
export type PayloadMachine = readonly StateSpec[];

const way = fc.record<Way>({ to: fc.nat({ max: 5 }), sent: fc.option(payloadTypes, { nil: undefined }) });
const state: fc.Arbitrary<StateSpec> = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant("task" as const),
      ways: fc.array(way, { minLength: 1, maxLength: 4 }),
      isAsync: fc.boolean(),
      isDeclared: fc.boolean(),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant("split" as const), values: fc.tuple(payloadTypes, payloadTypes) }), weight: 1 },
);

/** See the file's first line. */
export const payloadMachines: fc.Arbitrary<PayloadMachine> = fc.array(state, { minLength: 2, maxLength: 5 });

/** The source of a workflow called `name`. */
export function printMachine(machine: PayloadMachine, name: string): string {
  const names = [...machine.map((_, place) => `S${place}`), "Done"];
  const handed = new Map<string, Set<string>>();
  const note = (to: string, type: string): void => void handed.set(to, (handed.get(to) ?? new Set()).add(type));
  const waysOf = machine.map((spec, place) => (spec.kind === "task" ? targetsOf(spec.ways, place, names) : []));
  for (const [place, spec] of machine.entries()) {
    if (spec.kind === "split")
      note(names[place + 1] ?? "", `Joined<undefined, ${spec.values.map((value) => `(${value})`).join(" | ")}>`);
    for (const { to, sent } of waysOf[place] ?? []) note(to, sent ?? "undefined");
  }
  const classes = machine.map((spec, place) => {
    if (spec.kind === "split")
      return `class Task${place} { run(): ${spec.values[0]} { throw new Error(); } }\nclass Other${place} { async run(): Promise<${spec.values[1]}> { throw new Error(); } }`;
    // It is an initial state, too, and may be begun without an input.
    const taken = [...(handed.get(`S${place}`) ?? [])].filter((type) => type !== "undefined").map((type) => `(${type})`);
    const input = taken.length === 0 ? "" : `_: unknown, { input }: Context<${[...taken, "undefined"].join(" | ")}>`;
    return printTask(spec, place, waysOf[place] ?? [], input);
  });
  const bindings = machine.map(({ kind }, place) =>
    kind === "task"
      ? `[S.S${place}]: Task${place}`
      : `[S.S${place}]: split([Task${place}, Other${place}], { next: S.${names[place + 1]} })`,
  );
  const initial = machine.map((_, place) => `S.S${place}`);
  return `import { type Context, type Joined, split, type To, to, workflow } from "cano";
${DECLARATIONS}
const S = { ${names.map((state) => `${state}: "${state}"`).join(", ")} } as const;
declare function value<Type>(): Type;
declare const cond: boolean;
export const unused: [Joined<1, 1>, To<1, 1>, Context] | undefined = void [split, to, value, cond];
${classes.join("\n")}
export const ${name} = workflow({ states: S, initial: [${initial.join(", ")}], exits: [S.Done], tasks: { ${bindings.join(", ")} } });
`;
}

function printTask(
  { isAsync, isDeclared }: { readonly isAsync: boolean; readonly isDeclared: boolean },
  place: number,
  ways: readonly { readonly to: string; readonly sent: string | undefined }[],
  input: string,
): string {
  const returned = ways.map(({ to, sent }) => (sent === undefined ? `S.${to}` : `to(S.${to}, value<${sent}>())`));
  const type = ways.map(({ to, sent }) => (sent === undefined ? `"${to}"` : `To<"${to}", ${sent}>`)).join(" | ");
  const annotation = isDeclared ? `: ${isAsync ? `Promise<${type}>` : type}` : "";
  const body = returned
    .map((value, at) => (at < returned.length - 1 ? `if (cond) return ${value};` : `return ${value};`))
    .join(" ");
  return `class Task${place} { ${isAsync ? "async " : ""}run(${input})${annotation} { ${input === "" ? "" : "void input; "}${body} } }`;
}

/** The ways out of a task by the names of the states: the first one leads on, and a split is handed nothing by anybody. */
function targetsOf(
  ways: readonly Way[],
  place: number,
  names: readonly string[],
): readonly { to: string; sent: string | undefined }[] {
  return ways.map(({ to, sent }, at) => {
    const next = names[at === 0 ? place + 1 : (place + 1 + to) % names.length] ?? "Done";
    return { to: next, sent };
  });
}
