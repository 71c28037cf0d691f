/** Codes 1xxx: what keeps a workflow from being read at all. */

import { define } from "./define.js";
import { listed } from "./wording.js";

export const doesNotTypeCheck = define<{ number: number; text: string; lacks?: "a package, by Yarn" | undefined }>(
  "CANO1001",
  "error",
  {
    title: "the source does not type-check",
    reason:
      "Types that are read from a broken program are guesses, and so is every conclusion from them. The compiler's own message is shown.",
  },
  ({ number, text, lacks }) => ({
    message: `TS${number}: ${text}`,
    help: lacks
      ? "cano-gen looks for packages in `node_modules`: set `nodeLinker: node-modules` in `.yarnrc.yml`"
      : "make the file and what it imports pass `tsc` first",
  }),
);

export const notExported = define<{ problem: "not exported" | "not a constant" | "default without name" | "in CommonJS" }>(
  "CANO1002",
  "error",
  {
    title: "a workflow that other modules cannot reach",
    reason: "The generated module imports the workflow from the file that declares it, by the name under which it is exported.",
  },
  ({ problem }) =>
    problem === "default without name"
      ? {
          message: "a workflow that is the default export has no name",
          help: "give it the option `name`, or export it as a `const`",
        }
      : problem === "not a constant"
        ? { message: "this workflow is exported as a variable that can be reassigned", help: "declare it with `export const`" }
        : problem === "in CommonJS"
          ? {
              message: "this workflow is in a CommonJS module, which `verbatimModuleSyntax` lets no generated module import",
              help: 'make the file an ES module (`.mts`, or `"type": "module"` in its package.json), or turn `verbatimModuleSyntax` off',
            }
          : {
              message: "this workflow is not exported",
              help: "declare it with `export const` at the top of the module, or make it the default export",
            },
);

export const unreadableArgument = define<{ why: string }>(
  "CANO1003",
  "error",
  {
    title: "an argument of `workflow` that cannot be read",
    reason:
      "The generator never runs the code it reads: the argument must be written out, as an object literal or by way of constants.",
  },
  ({ why }) => ({
    message: `the argument of \`workflow\` cannot be read because ${why}`,
    help: "pass an object literal, and spread nothing but constants into it",
  }),
);

export const unreadableStates = define<{ why: string }>(
  "CANO1004",
  "error",
  {
    title: "`states` is no state set that can be read",
    reason:
      "States are told apart by where they were declared, so the declaration has to be at hand, with a literal value for each state.",
  },
  ({ why }) => ({
    message: `\`states\` cannot be read because ${why}`,
    help: "use an enum with literal values, an `as const` object, or an `as const` tuple of literals",
  }),
);

export const unreadableOption = define<{ option: string; why: string; cure?: string }>(
  "CANO1005",
  "error",
  {
    title: "an option that cannot be followed",
    reason:
      "Constants, imports and spreads of constants are followed. Conditions, calls and casts would have to be run, and nothing is run.",
  },
  ({ option, why, cure = "write it out here, or as a constant" }) => ({
    message: `\`${option}\` cannot be read because ${why}`,
    help: cure,
  }),
);

export const unreadableBinding = define<
  { why: string } | { maker: string } | { split: string } | { declaredAs: string } | { generic: string; parameter: string }
>(
  "CANO1006",
  "error",
  {
    title: "a binding that cannot be read",
    reason: "What a task does next is read from its class, so the class has to be in sight where it is bound.",
  },
  (facts) => {
    if ("declaredAs" in facts)
      return {
        message: `this binding cannot be read because it is declared as \`${facts.declaredAs}\`, which does not tell what it is`,
        help: "leave the declared type out, or put it behind `satisfies`",
      };
    if ("generic" in facts)
      return {
        message: `this binding cannot be read because what \`${facts.generic}\` takes is told by the default of \`${facts.parameter}\`, which the type of the class does not have`,
        help: `bind an instance, such as \`new ${facts.generic}()\`, in place of the class`,
      };
    if ("maker" in facts)
      return {
        message: "this binding cannot be read because it is a call",
        help: `name the class that it makes, and bind that: \`class Work extends ${facts.maker} {}\``,
      };
    if ("split" in facts)
      return {
        message: `this split cannot be read because ${facts.split}`,
        help: "write `split([A, B], { next: … })`, or compute the branches in a function: `split((resources, context) => […], { next: … })`",
      };
    return {
      message: `this binding cannot be read because ${facts.why}`,
      help: "bind a class, an instance made by `new`, an object literal, or `split([...])`, directly or as a constant",
    };
  },
);

const OF_FACTORIES = ["resources", "checkpoints", "retention", "observers", "clock"];

export const unknownOption = define<{ of: "workflow" | "split" | "a migration"; option: string; known: readonly string[] }>(
  "CANO1007",
  "error",
  {
    title: "an option that `workflow`, `split` or a migration does not have",
    reason:
      "An option with a slip in its name would be ignored in silence, and with it the timeout or the name it was meant to set.",
  },
  ({ of, option, known }) => ({
    message: `${of === "a migration" ? of : `\`${of}\``} has no option \`${option}\``,
    help:
      of === "workflow" && OF_FACTORIES.includes(option)
        ? "remove it: it is an option of the factory in the generated module, such as `createOrder({ … })`"
        : `remove it, or use one of ${known.map((name) => `\`${name}\``).join(", ")}`,
  }),
);

export const missingOptions = define<{ missing: readonly string[] }>(
  "CANO1008",
  "error",
  {
    title: "an option that `workflow` needs is missing",
    reason:
      "A machine is its states, where it begins, where it ends, and what it does in between. Without one of these nothing can be proven.",
  },
  ({ missing }) => ({
    message: `\`workflow\` is called without ${listed(missing)}`,
    help: missing.length > 1 ? "add these options" : "add this option",
  }),
);
