/** Loads better-sqlite3, and makes sure that it works here before it touches a file. */

import { codeOf } from "../../errors/code-of.js";
import { textOf } from "../../errors/thrown.js";
import { install, loadPeer, PEERS, unfit, versionOf } from "../../peers.js";

type BetterSqlite3 = typeof import("better-sqlite3");

/** Version 13 is built for this version of Node-API: with an older one the process dies without a word when a database is opened. */
const NODE_API = 10;

// Where no ready binary can be downloaded, one is compiled.
const REBUILD = "npm rebuild better-sqlite3, with python3, make and a C++ compiler at hand";
const ALLOW = "start Node without `--no-addons`, and where it has `--permission`, with `--allow-addons`";

/** The class `Database`, once it has opened a database in memory. */
export async function loadSqlite(): Promise<BetterSqlite3> {
  const peer = PEERS.sqlite;
  const version = versionOf(peer);
  if (version?.startsWith("13.") === true && Number(process.versions["napi"]) < NODE_API) {
    const problem = `is there in version ${version}, which needs Node 22.14 or later and would crash Node ${process.versions.node}`;
    throw unfit(peer, problem, install(peer));
  }
  const { default: Sqlite } = await loadPeer(peer, () => import("better-sqlite3"));
  try {
    new Sqlite(":memory:").close();
  } catch (error) {
    if (codeOf(error) === "ERR_DLOPEN_DISABLED") throw unfit(peer, "has a binary, and Node may load none", ALLOW, error);
    // The package is there, and its binary is not, or was built for another version of Node.
    throw unfit(peer, `has no binary that works here: ${textOf(error)}`, REBUILD, error);
  }
  return Sqlite;
}
