/** A process that writes to a SQLite file until it is told to stop: `node locking-process.mjs <file>`. */

import Database from "better-sqlite3";

const database = new Database(process.argv[2]);
database.exec("begin immediate");
console.log("locked");
process.stdin.once("data", () => {
  database.exec("rollback");
  database.close();
  console.log("free");
  process.stdin.destroy();
});
