import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Child } from "./child.js";
import { FollowUp } from "./follow-up.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A command that ends `deaf` milliseconds after it is asked to; with Infinity only by SIGKILL. */
class Command {
  readonly log: string[] = [];
  private running = 0;
  private finish: (how: string) => void = () => undefined;

  constructor(private readonly deaf: number) {}

  readonly start = (): Child => {
    expect(this.running).toBe(0);
    this.running++;
    this.log.push("start");
    let alive = true;
    const ended = new Promise<string>((end) => {
      this.finish = (how) => {
        if (alive) this.running--;
        alive = false;
        end(how);
      };
    });
    const { finish } = this;
    return {
      ended,
      isAlive: () => alive,
      end: (signal) => {
        this.log.push(signal);
        if (signal === "SIGKILL") finish("was killed");
        else if (this.deaf !== Infinity) setTimeout(() => finish("was ended"), this.deaf);
      },
    };
  };

  exit(): void {
    this.finish("exited with code 3");
  }
}

test("a second start comes after the end of the first, and nobody is told of an end that was asked for", async () => {
  const command = new Command(100);
  const said: string[] = [];
  const followUp = new FollowUp(command.start, (ending) => said.push(ending));
  followUp.restart();
  await vi.advanceTimersByTimeAsync(0);
  expect(command.log).toEqual(["start"]);
  followUp.restart();
  await vi.advanceTimersByTimeAsync(99);
  expect(command.log).toEqual(["start", "SIGTERM"]);
  await vi.advanceTimersByTimeAsync(50);
  expect(command.log).toEqual(["start", "SIGTERM", "start"]);
  expect(said).toEqual([]);
});

test("of several starts that are asked for meanwhile, one is made", async () => {
  const command = new Command(100);
  const followUp = new FollowUp(command.start, () => undefined);
  for (let pass = 0; pass < 3; pass++) followUp.restart();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(command.log).toEqual(["start"]);
});

test("what does not end when it is asked to is ended after five seconds", async () => {
  const command = new Command(Infinity);
  const followUp = new FollowUp(command.start, () => undefined);
  followUp.restart();
  await vi.advanceTimersByTimeAsync(0);
  const stopped = followUp.stop();
  await vi.advanceTimersByTimeAsync(4_900);
  expect(command.log).toEqual(["start", "SIGTERM"]);
  await vi.advanceTimersByTimeAsync(200);
  await stopped;
  expect(command.log).toEqual(["start", "SIGTERM", "SIGKILL"]);
});

test("how it ended by itself is told, and there is nothing left to end", async () => {
  const command = new Command(0);
  const said: string[] = [];
  const followUp = new FollowUp(command.start, (ending) => said.push(ending));
  followUp.restart();
  await vi.advanceTimersByTimeAsync(0);
  command.exit();
  await vi.advanceTimersByTimeAsync(0);
  await followUp.stop();
  expect(said).toEqual(["exited with code 3"]);
  expect(command.log).toEqual(["start"]);
});

test("after it has been stopped, nothing is started that was asked for before", async () => {
  const command = new Command(100);
  const followUp = new FollowUp(command.start, () => undefined);
  followUp.restart();
  await followUp.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(command.log).toEqual([]);
});
