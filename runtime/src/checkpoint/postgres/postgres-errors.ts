/** Which failures of PostgreSQL may pass when the same is tried again on another connection. */

import { codeOf } from "../../errors/code-of.js";
import { textOf } from "../../errors/thrown.js";

// The server ends, begins or has no room; two transactions stood in each other's way; the server's own limits of time, which whoever runs it may have
// set, have ended a statement (of what waits for a lock, as a rule) or a connection; or it is only read since a failover, and the next connection leads to
// the one that is written to. See the appendix "PostgreSQL Error Codes" of its manual.
const SQL_STATES = /^(08...|57P0[1235]|53300|40001|40P01|55P03|57014|25P0[34]|25006)$/;
const SYSTEM_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EAI_AGAIN",
  // A name that is only known while a server is there, as in a cluster.
  "ENOTFOUND",
  // The socket of a server that is not there yet.
  "ENOENT",
]);
/** What was prepared under a name is not there, or somebody else has prepared it: a pooler gives each transaction another connection of the server. */
const UNPREPARED = new Set(["26000", "42P05"]);
// The driver's own errors have no codes.
const MESSAGES =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** See the file's first line. */
export function mayPass(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return SQL_STATES.test(code) || SYSTEM_CODES.has(code) || UNPREPARED.has(code);
  return MESSAGES.test(textOf(error));
}

/** Whether the server's connections do not keep what is prepared on them for whoever has prepared it. */
export function isUnprepared(error: unknown): boolean {
  return UNPREPARED.has(codeOf(error) ?? "");
}
