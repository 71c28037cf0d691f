/** A project with its lock, and `cano-gen` run on it, for tests of the lock. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Invocation, runMain } from "../../generator/src/cli/testing/run-main.js";
import { LOCK_NAME } from "../../generator/src/lock/lock.js";
import { textOf } from "../support/fixtures.js";

const PLACE = fileURLToPath(new URL("../../.cano/lock/", import.meta.url));

/** A durable workflow: one task that can be undone, one that works in steps, one that takes a text. */
export const renewal = `import { type CompensatableTask, type Context, more, type SteppedTask, type Task, to, undoable, workflow } from "cano";

enum Renewal {
  Charge = "charge",
  Ship = "ship",
  Tell = "tell",
  Done = "done",
  Lapsed = "lapsed",
}

interface Due {
  readonly customer: string;
  readonly amount: number;
}

class Charge implements CompensatableTask<Renewal, string> {
  async run(_: unknown, { input }: Context<Due>) {
    return input.amount > 100 ? Renewal.Lapsed : undoable(to(Renewal.Ship, input), "payment-1");
  }

  async compensate(_: unknown, payment: string) {
    void payment;
  }
}

class Ship implements SteppedTask<Renewal, number> {
  async step(_: unknown, cursor: number | undefined, { input }: Context<Due>) {
    return cursor === undefined ? more(1) : to(Renewal.Tell, input.customer);
  }
}

class Tell implements Task<Renewal> {
  async run(_: unknown, { input }: Context<string>) {
    return to(Renewal.Done, { told: input });
  }
}

export const renewal = workflow({
  states: Renewal,
  initial: Renewal.Charge,
  exits: [Renewal.Done, Renewal.Lapsed],
  tasks: { [Renewal.Charge]: Charge, [Renewal.Ship]: Ship, [Renewal.Tell]: Tell },
  durable: true,
  version: 1,
});
`;

/** A workflow that is not stored. */
export const plain = `import { type Task, workflow } from "cano";
enum Ping { Send = "send", Done = "done" }
class Send implements Task<Ping> { async run() { return Ping.Done; } }
export const ping = workflow({ states: Ping, initial: Ping.Send, exits: [Ping.Done], tasks: { [Ping.Send]: Send } });
`;
/** The same, stored. */
export const stored = plain
  .replaceAll("Ping", "Pong")
  .replace("ping", "pong")
  .replace("} });", "}, durable: true, version: 1 });");

/** A project in a folder of its own. */
export class LockedProject {
  readonly path: string;

  constructor(name: string) {
    this.path = join(PLACE, name);
  }

  /** Makes it anew: nothing is in it but these files. */
  begin(files: Readonly<Record<string, string>>): void {
    rmSync(this.path, { recursive: true, force: true });
    mkdirSync(this.path, { recursive: true });
    const compilerOptions = { lib: ["ES2023"], strict: true, module: "NodeNext", types: [] };
    this.write({ "tsconfig.json": JSON.stringify({ compilerOptions, include: ["*.ts"] }), ...files });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.path, name), text);
  }

  remove(...names: readonly string[]): void {
    for (const name of names) rmSync(join(this.path, name));
  }

  read(name: string): string {
    return textOf(join(this.path, name));
  }

  get lock(): string {
    return this.read(LOCK_NAME);
  }

  /** What the lock says of a workflow. */
  entry(workflow: string): Readonly<Record<string, unknown>> {
    const { workflows } = JSON.parse(this.lock) as { workflows: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
    return workflows[workflow] ?? {};
  }

  /** Generates without a cache; `typed` are further arguments in one line. */
  canoGen(typed = ""): Promise<Invocation> {
    return runMain(`--no-cache ${typed}`.trim(), this.path);
  }

  /** Runs another command. */
  run(typed: string): Promise<Invocation> {
    return runMain(typed, this.path);
  }
}
