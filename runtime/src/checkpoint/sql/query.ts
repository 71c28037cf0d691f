/** Queries that Kysely compiles once, and the steps in which they are asked. Running them is left to each database. */

import { createHash } from "node:crypto";
import type { Compilable } from "kysely";

/** Stands in a query for a value that is given when it is asked. */
class Parameter {
  constructor(readonly name: string) {}
}

/** A compiled query that takes `P` and gives rows `R`. */
export interface Query<P, R> {
  readonly sql: string;
  /** The same for the same text, so that connections may share what they have prepared under it. */
  readonly name: string;
  /** What its placeholders stand for, in their order. */
  readonly parameters: readonly (keyof P & string)[];
  /** Only there for the type. */
  readonly row?: R;
}

/** Compiles what `build` makes of its parameters. To be called twice, since only `R` can be inferred: `prepare<P>()(build)`. */
export function prepare<P extends object>() {
  return <R>(build: (parameters: P) => Compilable<R>): Query<P, R> => {
    // Kysely takes any value for a parameter and hands it back in its place.
    const parameters = new Proxy({}, { get: (_, name) => new Parameter(String(name)) }) as P;
    const compiled = build(parameters).compile();
    return {
      sql: compiled.sql,
      name: nameOf(compiled.sql),
      parameters: compiled.parameters.map(nameOfParameter) as (keyof P & string)[],
    };
  };
}

function nameOfParameter(value: unknown): string {
  if (value instanceof Parameter) return value.name;
  throw new TypeError(`a query that is compiled once holds the value ${String(value)}`);
}

function nameOf(sql: string): string {
  return `cano_${createHash("sha256").update(sql).digest("hex").slice(0, 24)}`;
}

/** The values of a query's placeholders. */
export function valuesOf<P>(query: Query<P, unknown>, parameters: P): readonly unknown[] {
  return query.parameters.map((name) => parameters[name]);
}

/** One query that is to be asked, with its values. Without a name it is not worth preparing. */
export interface Step {
  readonly query: { readonly sql: string; readonly name?: string };
  readonly values: readonly unknown[];
}

/**
 * What is done in one transaction: yields queries, is sent their rows, and returns what came of it. A generator, since SQLite answers at once
 * and PostgreSQL does not, and the same steps are to be taken on both. May be taken again from the start when a transaction fails.
 */
export type Steps<T> = Generator<Step, T, readonly unknown[]>;

/** Asks a compiled query. */
export function* ask<P, R>(query: Query<P, R>, parameters: P): Steps<readonly R[]> {
  // Rows have the columns that the query selects: `R` is what Kysely found these to be.
  return (yield { query, values: valuesOf(query, parameters) }) as readonly R[];
}

/** Asks a query that is built for this one time. */
export function* askOnce<R>(query: Compilable<R>): Steps<readonly R[]> {
  const { sql, parameters } = query.compile();
  return (yield { query: { sql }, values: parameters }) as readonly R[];
}
