/** Finds what becomes of an object or array that a name holds: what is written to its parts, and whether it gets where nobody sees who writes to it. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, symbolOf } from "../compiler.js";
import { literalKeys } from "./literal-keys.js";
import { referencesTo, scopeOf } from "./references-to.js";
import { isCovering, isReading, isSame, isTarget } from "./use-of.js";
import { isAssignment, plainValue } from "./writes-to.js";

/** A write to a part of an object. */
export interface PartWrite {
  /** The parts that may be meant; undefined for any. */
  readonly keys: ReadonlySet<string> | undefined;
  /** Undefined where it cannot be told. */
  readonly value: ts.Expression | undefined;
}

/** What becomes of an object. */
export interface Handling {
  readonly writes: readonly PartWrite[];
  /** Whether parts of an array may have come to other places of it. */
  readonly moves: boolean;
  /** Whether it may be changed in a way that is not among `writes`. */
  readonly escapes: boolean;
}

/** A name that holds an object: the one that is asked for, or with a depth one that has it among its parts. */
export interface Holder {
  readonly symbol: ts.Symbol;
  readonly depth: number;
}

/** What methods that stand in an object literal do with the object. */
export function handlingByMethods(compiler: Compiler, { properties }: ts.ObjectLiteralExpression): readonly Handling[] {
  return properties.flatMap((property) => {
    const method = ts.isPropertyAssignment(property) ? property.initializer : property;
    // An arrow function has the `this` of what is around the object.
    return ts.isFunctionLike(method) && !ts.isArrowFunction(method) ? [new Uses(compiler).collectThis(method)] : [];
  });
}

/** Whether `this` gets, from the code of a class or of an object's methods, to where nobody sees who writes to it. */
export function handsOnThis(compiler: Compiler, around: ts.Node): boolean {
  return new Uses(compiler).collectThis(around).escapes;
}

/** What becomes of an object by way of one that holds it, other names for the same object included. */
export function handlingOf(compiler: Compiler, holder: Holder): Handling {
  const known = handlings.get(compiler) ?? new Map<ts.Symbol, Map<number, Handling>>();
  handlings.set(compiler, known);
  const depths = known.get(holder.symbol) ?? new Map<number, Handling>();
  known.set(holder.symbol, depths);
  const found = depths.get(holder.depth) ?? new Uses(compiler).collect(holder);
  depths.set(holder.depth, found);
  return found;
}

const handlings = new WeakMap<Compiler, Map<ts.Symbol, Map<number, Handling>>>();

const ADDING: ReadonlyMap<string, number> = new Map([
  ["push", 0],
  ["unshift", 0],
  ["splice", 2],
]);
const TAKING = /^(at|find|findLast|pop|shift)$/;
const SAME = /^(copyWithin|fill|reverse|sort)$/;
const MOVING = /^(copyWithin|reverse|shift|sort|splice|unshift)$/;
const PASSING =
  /^(concat|copyWithin|entries|filter|flatMap|map|reduce|reduceRight|reverse|slice|sort|toReversed|toSorted|values|with)$/;
const READING = /^(every|findIndex|findLastIndex|forEach|includes|indexOf|join|keys|lastIndexOf|some|toString)$/;

// What these write to a field is found where the names of properties are.
const ASSIGNED = /^(Object\.(assign|defineProperty|defineProperties)|Reflect\.(set|defineProperty))\(/;

class Uses {
  private readonly holders: Holder[] = [];
  private readonly writes: PartWrite[] = [];
  private moves = false;
  private escapes = false;

  constructor(private readonly compiler: Compiler) {}

  collect(first: Holder): Handling {
    this.holders.push(first);
    return this.follow();
  }

  private follow(): Handling {
    // Grows while it is gone through.
    for (const { symbol, depth } of this.holders) {
      for (const reference of referencesTo(this.compiler, symbol)) this.refer(reference, symbol, depth);
    }
    return { writes: this.writes, moves: this.moves, escapes: this.escapes };
  }

  collectThis(around: ts.Node): Handling {
    const visit = (node: ts.Node): void => {
      if (node.kind === ts.SyntaxKind.ThisKeyword && !ASSIGNED.test(node.parent.getText())) this.use(node as ts.Expression, 0);
      if (ts.isFunctionDeclaration(node) || ts.isClassLike(node)) return;
      ts.forEachChild(node, visit);
    };
    ts.forEachChild(around, visit);
    return this.follow();
  }

  private hold(name: ts.Node, depth: number): void {
    const symbol = ts.isIdentifier(name) ? symbolOf(this.compiler, name) : undefined;
    if (symbol === undefined) this.escapes = true;
    else if (!this.holders.some((known) => known.symbol === symbol && known.depth === depth))
      this.holders.push({ symbol, depth });
  }

  private refer(reference: ts.Node, symbol: ts.Symbol, depth: number): void {
    const { parent } = reference;
    if (ts.isBindingElement(parent)) return this.hold(parent.name, depth);
    if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) {
      if (parent.propertyName) this.escapes = true;
      return;
    }
    const isMember =
      (ts.isPropertyAccessExpression(parent) && parent.name === reference) ||
      (ts.isElementAccessExpression(parent) && parent.argumentExpression === reference);
    this.use((isMember ? parent : reference) as ts.Expression, depth, symbol);
  }

  /** What is done with an expression whose value is the object. */
  private use(node: ts.Expression, depth: number, symbol?: ts.Symbol): void {
    const { parent } = node;
    if (isSame(parent, node)) return this.use(parent as ts.Expression, depth, symbol);
    if (ts.isPropertyAccessExpression(parent)) return this.access(parent, depth, new Set([parent.name.text]));
    if (ts.isElementAccessExpression(parent)) {
      if (parent.expression === node) this.access(parent, depth, literalKeys(this.compiler, parent.argumentExpression));
    } else if (ts.isVariableDeclaration(parent)) {
      this.declare(parent.name, depth);
    } else if (ts.isPropertyDeclaration(parent)) {
      this.hold(parent.name, depth);
    } else if (ts.isBinaryExpression(parent) && isAssignment(parent)) {
      if (parent.right === node && ts.isIdentifier(parent.left)) this.hold(parent.left, depth);
      else this.escapes = true;
    } else if (ts.isForOfStatement(parent) && parent.expression === node) {
      if (depth > 0) this.iterate(parent.initializer, depth - 1);
    } else if (ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent)) {
      if (depth > 0) this.escapes = true;
    } else if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) {
      // What a function makes anew for each of its callers, the others do not have.
      const made =
        symbol?.valueDeclaration && !(symbol.flags & ts.SymbolFlags.Property) ? scopeOf(symbol.valueDeclaration) : undefined;
      if (made === undefined || made !== ts.findAncestor(parent, ts.isFunctionLike)) this.escapes = true;
    } else if (ts.isCallExpression(parent) && parent.arguments[0] === node && ASSIGNED.test(parent.getText())) {
      this.write(undefined, undefined, depth);
      this.use(parent, depth);
    } else if (!isReading(parent, node)) {
      this.escapes = true;
    }
  }

  private declare(name: ts.BindingName, depth: number): void {
    if (ts.isIdentifier(name)) return this.hold(name, depth);
    if (depth === 0) return;
    for (const element of name.elements) if (ts.isBindingElement(element)) this.declare(element.name, depth - 1);
  }

  private iterate(into: ts.ForInitializer, depth: number): void {
    if (ts.isVariableDeclarationList(into)) for (const { name } of into.declarations) this.declare(name, depth);
    else this.escapes = true;
  }

  private access(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, depth: number, keys: PartWrite["keys"]): void {
    let whole: ts.Expression = node;
    while (isCovering(whole.parent)) whole = whole.parent;
    const { parent } = whole;
    if (ts.isCallExpression(parent) && parent.expression === whole) return this.call(parent, node, depth, keys);
    const assigned = ts.isBinaryExpression(parent) && isAssignment(parent) && parent.left === whole;
    if (assigned) this.write(keys, plainValue(parent), depth);
    else if (isTarget(whole)) this.write(keys, undefined, depth);
    else if (depth > 0) this.use(whole, depth - 1);
  }

  private call(
    node: ts.CallExpression,
    callee: ts.Expression & { readonly expression: ts.Expression },
    depth: number,
    keys: PartWrite["keys"],
  ): void {
    const { checker } = this.compiler;
    const type = checker.getTypeAtLocation(callee.expression);
    if (!checker.isArrayType(type) && !checker.isTupleType(type)) return;
    const [method = ""] = keys ?? [];
    if (MOVING.test(method)) this.move(depth);
    const from = method === "fill" ? 0 : ADDING.get(method);
    if (from !== undefined) {
      const added = method === "fill" ? node.arguments.slice(0, 1) : node.arguments.slice(from);
      for (const value of added) this.write(undefined, ts.isSpreadElement(value) ? undefined : value, depth);
    } else if (TAKING.test(method)) {
      if (depth > 0) this.use(node, depth - 1);
    } else if (!READING.test(method) && !PASSING.test(method)) {
      this.escapes = true;
    }
    if (SAME.test(method) || (depth > 0 && PASSING.test(method))) this.use(node, depth);
    if (depth > 0) for (const callback of node.arguments) this.callBack(callback, depth - 1);
  }

  /** A callback gets the parts of the array. */
  private callBack(callback: ts.Expression, depth: number): void {
    if (ts.isArrowFunction(callback) || ts.isFunctionExpression(callback)) {
      for (const { name } of callback.parameters) this.declare(name, depth);
    } else if (this.compiler.checker.getTypeAtLocation(callback).getCallSignatures().length > 0) {
      this.escapes = true;
    }
  }

  private move(depth: number): void {
    if (depth > 0) this.escapes = true;
    else this.moves = true;
  }

  private write(keys: PartWrite["keys"], value: ts.Expression | undefined, depth: number): void {
    // What holds the object gets another one in its place.
    if (depth > 0) this.escapes = true;
    else this.writes.push({ keys, value });
  }
}
