/** Tells processes apart, and says of one whether it is known to be gone. In doubt it is not. */

import { readFileSync, readlinkSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { codeOf } from "../../errors/code-of.js";

/** Which process it was, on which machine. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** What only processes have in common that see one another; undefined when nothing tells. */
  readonly realm: string | undefined;
  /** When the process was started, in the system's own terms; undefined when the system does not tell. */
  readonly started: string | undefined;
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, realm: ownRealm(), started: statOf("self")?.started };
}

/** Whether that process has certainly ended: only processes of the same machine and, in containers, of the same container can know. */
export function isKnownGone({ host, pid, realm, started }: ProcessIdentity, own: ProcessIdentity): boolean {
  if (realm === undefined || realm !== own.realm || host !== own.host) return false;
  if (!exists(pid)) return true;
  const stat = statOf(pid);
  if (stat === undefined || started === undefined) return false;
  // Another process has been given the number, or nobody has asked yet how this one ended.
  return stat.started !== started || stat.state === "Z" || stat.state === "X";
}

/** An identity that was stored as JSON; undefined when it is none. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  const value = JSON.parse(text) as Partial<ProcessIdentity> | null;
  if (typeof value?.host !== "string" || typeof value.pid !== "number") return undefined;
  return { host: value.host, pid: value.pid, realm: value.realm, started: value.started };
}

function ownRealm(): string | undefined {
  if (process.platform === "linux") {
    const boot = ifReadable(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
    const namespace = ifReadable(() => readlinkSync("/proc/self/ns/pid"));
    return boot && namespace && `${boot} ${namespace}`;
  }
  // Two machines may have the same name, but hardly the same network card.
  const cards = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return cards
    .filter(({ internal, mac }) => !internal && /[1-9a-f]/.test(mac))
    .map(({ mac }) => mac)
    .sort()[0];
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There, but not ours to signal: EPERM.
    return codeOf(error) !== "ESRCH";
  }
}

interface Stat {
  readonly state: string | undefined;
  readonly started: string | undefined;
}

function statOf(pid: number | "self"): Stat | undefined {
  const text = ifReadable(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The second field is the program's name, in parentheses, and may hold anything; see proc_pid_stat(5).
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields && { state: fields[0], started: fields[19] };
}

function ifReadable(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    // Other systems do not have it, and some forbid it.
    return undefined;
  }
}
