/** Somebody else who writes to a SQLite file. */

import Sqlite from "better-sqlite3";

/** Keeps all others from writing to the file, as another process would, until it is called off. */
export function lock(path: string): () => void {
  const database = new Sqlite(path);
  database.exec("begin immediate");
  return () => {
    database.exec("rollback");
    database.close();
  };
}
