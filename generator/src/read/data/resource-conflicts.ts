/** Finds resources that tasks of one workflow ask for with types that cannot both be satisfied. */

import type { ts } from "../../../typescript/index.cjs";
import { type Compiler, typeText } from "../compiler.js";
import type { ResourceConflict, TypedPlace } from "../data-reading.js";
import { spanOf } from "../span-of.js";
import { contradicts } from "./contradicts.js";
import { unionParts } from "./find-type-misfit.js";
import { givenType } from "./input-of.js";
import { isNoResources } from "./is-value.js";

/** Whoever asks for resources: a task, a branch, a function that computes branches. */
export interface Asker {
  readonly name: string;
  readonly signature: ts.Signature;
}

interface Demand {
  readonly type: ts.Type;
  readonly task: string;
  readonly node: ts.Node;
}

/** The pairs of demands for one resource that contradict each other, in the order of the askers. */
export function findResourceConflicts(compiler: Compiler, askers: readonly Asker[]): ResourceConflict[] {
  const demands = new Map<string, Demand[]>();
  for (const asker of askers) {
    for (const { resource, demand } of demandsOf(compiler, asker)) {
      demands.set(resource, [...(demands.get(resource) ?? []), demand]);
    }
  }
  return [...demands].flatMap(([resource, list]) =>
    findConflicts(compiler, list).map(([first, second]) => ({
      resource,
      first: placeOf(compiler, first),
      second: placeOf(compiler, second),
    })),
  );
}

function placeOf(compiler: Compiler, { type, task, node }: Demand): TypedPlace {
  return { task, type: typeText(compiler, type), span: spanOf(typeNodeOf(node)) };
}

/** The pairs in a list of demands for one value that contradict each other; none where one demand satisfies all others. */
export function findConflicts<D extends { readonly type: ts.Type }>(compiler: Compiler, list: readonly D[]): [D, D][] {
  const { checker } = compiler;
  // The same demand by many tasks is one demand.
  const distinct = list.filter(({ type }, index) => list.findIndex((other) => other.type === type) === index);
  if (distinct.some(({ type }) => distinct.every((other) => checker.isTypeAssignableTo(type, other.type)))) return [];
  return distinct.flatMap((first, index) =>
    distinct
      .slice(index + 1)
      .filter((second) => contradicts(compiler, first.type, second.type))
      .map((second): [D, D] => [first, second]),
  );
}

function demandsOf(compiler: Compiler, { name, signature }: Asker): { resource: string; demand: Demand }[] {
  const { checker } = compiler;
  const type = givenType(compiler, signature, 0);
  const parameter = signature.parameters[0]?.valueDeclaration;
  if (type === undefined || parameter === undefined) return [];
  // That is said of the parameter itself.
  if (unionParts(type).some((part) => isNoResources(compiler, part))) return [];
  return checker.getPropertiesOfType(type).map((property) => {
    const node = isWithin(property.valueDeclaration, parameter) ? property.valueDeclaration : parameter;
    return { resource: property.name, demand: { type: checker.getTypeOfSymbol(property), task: name, node } };
  });
}

function isWithin(node: ts.Node | undefined, outer: ts.Node): node is ts.Declaration {
  return node !== undefined && node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end;
}

function typeNodeOf(node: ts.Node): ts.Node {
  return "type" in node && isNode(node.type) ? node.type : node;
}

function isNode(value: unknown): value is ts.Node {
  return typeof value === "object" && value !== null && "kind" in value && "pos" in value;
}
