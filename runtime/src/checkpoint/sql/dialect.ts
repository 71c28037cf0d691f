/** What the databases do differently, as far as it shows in the text of a query. */

import type { ColumnDataType, ColumnDefinitionBuilder, Expression, Kysely } from "kysely";
import type { Query, Steps } from "./query.js";
import type { Schema } from "./schema.js";

/** The type of a column. */
export type ColumnType = ColumnDataType | Expression<unknown>;

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
  /** Gives a row when there is a table of migrations. */
  readonly hasMigrations: Query<object, unknown>;
  /** What is to be done in the transaction of a migration before anything else: keeping others out that want the same, for instance. */
  beforeMigrations?(): Steps<void>;
}
