/** What the databases do differently, as far as it shows in the text of a query. */

import type { AliasedRawBuilder, ColumnDataType, ColumnDefinitionBuilder, Expression, Kysely, RawBuilder } from "kysely";
import type { Query, Steps } from "./query.js";
import type { Schema } from "./schema.js";

/** The type of a column. */
export type ColumnType = ColumnDataType | Expression<unknown>;

/** Which of these types each column of a table has. */
export type ColumnTypes<T> = { readonly [K in keyof T]: "whole" | "time" | "text" };

/** See the file's first line. */
export interface Dialect {
  /** Compiles queries, and is never asked to run one. */
  readonly kysely: Kysely<Schema>;
  /** A key that the database gives, and never gives again. */
  readonly key: { readonly type: ColumnType; make(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder };
  /** Whole numbers up to 2^53. */
  readonly whole: ColumnType;
  /** Milliseconds since 1970, which need not be whole. */
  readonly time: ColumnType;
  /** Compared byte by byte. */
  readonly text: ColumnType;
  /** A table `input` of what a parameter holds as JSON: a list of objects, one for each row. A member that is missing is null. */
  input<T>(json: string, types: ColumnTypes<T>): AliasedRawBuilder<T, "input">;
  /** Ends a query whose rows nobody else may change until the transaction ends. */
  readonly forUpdate: RawBuilder<unknown>;
  /** A number for the transaction that asks: greater than that of any that had ended when it began. */
  readonly mark: RawBuilder<number>;
  /** No transaction with this mark or a lower one is still to come to light. */
  readonly settledMark: RawBuilder<number>;
  /** 1 when the transaction of that mark is known to have been committed, though nobody was told. */
  isCommitted(mark: number): RawBuilder<number>;
  /** Gives a row when there is a table of migrations. */
  readonly hasMigrations: Query<object, unknown>;
  /** What is to be done in the transaction of a migration before anything else: keeping others out that want the same, for instance. */
  beforeMigrations?(): Steps<void>;
}
