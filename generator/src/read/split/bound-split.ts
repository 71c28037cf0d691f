/** Resolves a `split(...)` call to its branches, its options and what it takes. Turning it into a reading is `read-split.ts`. */

import { ts } from "../../../typescript/index.cjs";
import { unreadableBinding, unreadableOption } from "../../diagnostics/catalogue/reading.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { GUARD_KEYS, type TaskKind } from "../../kinds/kinds.js";
import { canoTypeName } from "../cano-export.js";
import { type Compiler, propertyType, typeText } from "../compiler.js";
import { unionParts } from "../data/find-type-misfit.js";
import { type Input, inputOf, NO_INPUT } from "../data/input-of.js";
import type { Asker } from "../data/resource-conflicts.js";
import { isOpen } from "../data/type-kinds.js";
import { type BoundMethod, isImplementation } from "../follow/bound-method.js";
import { followConstant } from "../follow/follow-constant.js";
import { elementsOf, membersOf } from "../follow/members-of.js";
import { optionsOf } from "../follow/options-of.js";
import { spanOf } from "../span-of.js";
import { returnedTypes } from "../targets/returned-by.js";
import { type BoundShape, type BoundTask, bindTask, bindType, onlyShape, taskName } from "../task/bound-task.js";
import { fallbackCalls, fallbackTypes } from "../task/read-fallback.js";
import { hidingType } from "../task/seen-as.js";

/** Whoever takes the split's input: a branch, what stands in for it, or the function that computes the branches. */
export interface Taker {
  readonly name: string;
  readonly input: Input;
}

/** A split call, resolved. */
export interface BoundSplit {
  readonly call: ts.CallExpression;
  readonly branchesNode: ts.Expression;
  /** Undefined when a function computes them. */
  readonly listed: readonly BoundTask[] | undefined;
  /** The function that computes them, if there is one. */
  readonly computedBy: ts.Signature | undefined;
  /** Its branches by their types; empty where they are listed. */
  readonly computed: readonly BoundTask[];
  readonly takers: readonly Taker[];
  readonly askers: readonly Asker[];
  /** What the branches return, awaited. */
  readonly values: readonly ts.Type[];
  /** The same as it is written, which may have more than the types of the branches tell. */
  readonly written: readonly ts.Type[];
  /** The kinds of its branches, each once. */
  readonly kinds: readonly TaskKind[];
  /** Whether the type of some branch's config has more than a retry policy and an attempt timeout. */
  readonly mayBeGuarded: boolean;
  readonly options: ReadonlyMap<string, ts.Expression>;
}

/** Resolves a split; reports CANO1006 for what cannot be followed. */
export function bindSplit(compiler: Compiler, call: ts.CallExpression, report: Report): BoundSplit | undefined {
  const refuse = (node: ts.Node, why: string): undefined => {
    report(unreadableBinding(spanOf(node), { split: why }));
  };
  const [branchesNode, optionsNode] = call.arguments;
  if (branchesNode === undefined || optionsNode === undefined) return refuse(call, "its branches or options are missing");
  const options = readOptions(compiler, optionsNode, refuse, report);
  if (options) judgeChoices(compiler, options, report);
  const branches = followConstant(compiler, branchesNode);
  if (branches.kind !== "value")
    return refuse(branchesNode, branches.kind === "refused" ? branches.why : "it is no list of branches");
  if (options === undefined) return undefined;
  if (ts.isArrayLiteralExpression(branches.node)) {
    const { elements, refused } = elementsOf(compiler, branches.node);
    for (const { node, why } of refused) refuse(node, why);
    const listed = elements.flatMap((element) => bindTask(compiler, element, report) ?? []);
    if (refused.length > 0 || listed.length < elements.length) return undefined;
    const seen = compiler.checker.getIndexTypeOfType(compiler.checker.getTypeAtLocation(branchesNode), ts.IndexKind.Number);
    const types = listed.map(({ type }) => type);
    const hiding = listed.length > 0 ? hidingType(compiler, seen, types) : undefined;
    if (hiding) {
      report(unreadableBinding(spanOf(branchesNode), { declaredAs: typeText(compiler, hiding) }));
      return undefined;
    }
    const facts = factsOf(compiler, listed);
    return { call, branchesNode, listed, options, ...facts };
  }
  if (!isImplementation(branches.node)) return refuse(branchesNode, "it is neither a list nor a function");
  return { call, branchesNode, listed: undefined, options, ...computedFacts(compiler, branchesNode) };
}

// What is none of these would be the compiler's to tell, which only says that types differ.
function judgeChoices({ checker }: Compiler, options: ReadonlyMap<string, ts.Expression>, report: Report): void {
  const join = options.get("join");
  const made = join && checker.getTypeAtLocation(join);
  if (made && !isOpen(made) && checker.getPropertyOfType(made, "decide") === undefined)
    report(unreadableOption(spanOf(join), { option: "join", why: "it is no join", cure: JOINS }));
  const settle = options.get("settle");
  if (settle && ts.isStringLiteralLike(settle) && !SETTLED.includes(settle.text))
    report(
      unreadableOption(spanOf(settle), {
        option: "settle",
        why: "there is no such word",
        cure: `write ${SETTLED.map((word) => `\`"${word}"\``).join(" or ")}`,
      }),
    );
}

const SETTLED = ["all", "first-failure"];
const JOINS = "write `all()`, `any()`, `quorum(n)`, `percentage(share)`, `partialResults(n)` or `partialTimeout()`";

type Facts = Pick<BoundSplit, "computedBy" | "computed" | "takers" | "askers" | "values" | "written" | "kinds" | "mayBeGuarded">;

function factsOf(compiler: Compiler, tasks: readonly BoundTask[]): Facts {
  const shapes = tasks.flatMap((task) => {
    const shape = onlyShape(task);
    return shape ? [{ name: taskName(task), task, shape }] : [];
  });
  return {
    computedBy: undefined,
    computed: [],
    takers: shapes.flatMap(({ name, task, shape }) =>
      [...shape.calls, ...fallbackCalls(compiler, task)].map(({ method, context }) => ({
        name,
        input: inputOf(compiler, method.signature, context),
      })),
    ),
    askers: shapes.flatMap(({ name, shape }) => shape.calls.map(({ method: { signature } }) => ({ name, signature }))),
    values: shapes.flatMap(({ task, shape }) => [
      ...valuesOf(compiler, shape, ({ signature }) => [signature.getReturnType()]),
      ...fallbackTypes(compiler, task).map((type) => awaited(compiler, type)),
    ]),
    written: shapes.flatMap(({ shape }) => valuesOf(compiler, shape, (method) => returnedTypes(compiler, method))),
    kinds: [...new Set(shapes.map(({ shape }) => shape.kind))].sort(),
    mayBeGuarded: tasks.some((task) => allowsGuards(compiler, task)),
  };
}

// A branch yields what its last method returns, once that is there.
function valuesOf(
  compiler: Compiler,
  { calls, besides }: BoundShape,
  typesOf: (method: BoundMethod) => readonly ts.Type[],
): readonly ts.Type[] {
  const last = calls.filter(({ names }) => names);
  const returned = last.flatMap(({ method }) => typesOf(method)).map((type) => awaited(compiler, type));
  if (besides === undefined) return returned;
  return returned.flatMap(unionParts).filter((part) => canoTypeName(compiler, part) !== besides);
}

function allowsGuards(compiler: Compiler, { type }: BoundTask): boolean {
  const { checker } = compiler;
  const config = propertyType(compiler, type, "config");
  const declared = config && checker.getNonNullableType(config);
  return declared !== undefined && GUARD_KEYS.some((key) => checker.getPropertyOfType(declared, key) !== undefined);
}

// The list is only known at run time, its type is known here: whatever the function may return is a branch.
function computedFacts(compiler: Compiler, factory: ts.Expression): Facts {
  const { checker } = compiler;
  const signature = checker.getTypeAtLocation(factory).getCallSignatures()[0];
  if (signature === undefined)
    return {
      computedBy: undefined,
      computed: [],
      takers: [],
      askers: [],
      values: [],
      written: [],
      kinds: [],
      mayBeGuarded: false,
    };
  const element = checker.getIndexTypeOfType(awaited(compiler, signature.getReturnType()), ts.IndexKind.Number);
  const types = element?.isUnion() ? element.types : element ? [element] : [];
  const computed = types.map((type) => bindType(compiler, factory, type));
  const facts = factsOf(compiler, computed);
  const name = "the branch function";
  return {
    ...facts,
    computedBy: signature,
    computed,
    takers: [{ name, input: inputOf(compiler, signature) }, ...facts.takers],
    askers: [{ name, signature }, ...facts.askers],
  };
}

/** The types that a split's takers take. */
export function takenBy({ takers }: BoundSplit): readonly ts.Type[] {
  return takers.flatMap(({ input }) => input.type ?? NO_INPUT.type ?? []);
}

function awaited({ checker }: Compiler, type: ts.Type): ts.Type {
  return checker.getAwaitedType(type) ?? type;
}

const OPTIONS = ["join", "next", "timeout", "bulkhead", "settle"];

function readOptions(
  compiler: Compiler,
  node: ts.Expression,
  refuse: (node: ts.Node, why: string) => undefined,
  report: Report,
): ReadonlyMap<string, ts.Expression> | undefined {
  const followed = followConstant(compiler, node);
  if (followed.kind !== "value" || !ts.isObjectLiteralExpression(followed.node)) {
    return refuse(node, followed.kind === "refused" ? followed.why : "its options are no object literal");
  }
  const { members, refused } = membersOf(compiler, followed.node);
  for (const { node: spread, why } of refused) refuse(spread, why);
  return optionsOf(compiler, members, { of: "split", known: OPTIONS }, report).given;
}
