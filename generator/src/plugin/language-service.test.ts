/** What an editor is told of a project while it is edited. */

import { expect, test } from "vitest";
import { EditedProject } from "./testing/edited-project.js";

const order = `import { type Context, type Task, to, workflow } from "cano";

export enum Order {
  Price = "price",
  Ship = "ship",
  Done = "done",
}

class Price implements Task<Order> {
  async run(_: { rates: object }, { input }: Context<{ id: string }>) {
    return to(Order.Ship, input.id);
  }
}

class Ship implements Task<Order> {
  async run(_: unknown, { input }: Context<string>) {
    return to(Order.Done, input.length);
  }
}

export const order = workflow({
  states: Order,
  initial: Order.Price,
  exits: [Order.Done],
  tasks: {
    [Order.Price]: Price,
    [Order.Ship]: Ship,
  },
});
`;

const open = (text = order): EditedProject => new EditedProject({ "order.ts": text });
const LOST = 'Done = "done",';

test("nothing is shown where nothing is wrong", () => {
  expect(open().shown("order.ts")).toEqual([]);
});

test("a state without a task is shown with its help and the place of the machine", () => {
  const project = open();
  project.replace("order.ts", LOST, `${LOST}\n  Lost = "lost",`);
  const found = project.diagnostics("order.ts").filter(({ source }) => source === "cano");
  expect(found).toMatchObject([
    {
      code: 2001,
      category: 1,
      messageText: "state `Lost` has no task and is not an exit\nhelp: list it in `exits`, or bind a task to it in `tasks`",
      relatedInformation: [{ messageText: "the machine is declared here", file: { fileName: project.path("order.ts") } }],
    },
  ]);
});

test("a new task is bound to it, which has yet to be written", () => {
  const project = open();
  project.replace("order.ts", LOST, `${LOST}\n  Lost = "lost",`);
  const [bind, exit] = project.fixes("order.ts", 2001);
  expect([bind?.title, exit?.title]).toEqual(["bind a new task to `Lost` in `order`", "list `Lost` in the exits of `order`"]);
  bind?.apply();
  expect(project.read("order.ts")).toContain(`class Lost implements Task<Order> {
  async run(): Promise<never> {
    throw new Error("the task of Lost is not written yet");
  }
}

export const order`);
  expect(project.read("order.ts")).toContain("    [Order.Ship]: Ship,\n    [Order.Lost]: Lost,\n  },");
  // The state has a task now; that nothing leads to it yet is what remains.
  expect(project.shown("order.ts")).toEqual([expect.stringMatching(/^cano 2006 "Order.Lost"|^cano 2006/)]);
});

test("it is listed as an exit", () => {
  const project = open();
  project.replace("order.ts", LOST, `${LOST}\n  Lost = "lost",`);
  project.fixes("order.ts", 2001)[1]?.apply();
  expect(project.read("order.ts")).toContain("exits: [Order.Done, Order.Lost],");
  expect(project.shown("order.ts")).toEqual([expect.stringMatching(/^cano 2008 .* no run can end in `Lost`/s)]);
});

test.each([
  {
    lists: "in one line, with a comma at the end",
    from: "exits: [Order.Done]",
    to: "exits: [Order.Done,]",
    is: "exits: [Order.Done, Order.Lost,]",
  },
  {
    lists: "in several lines",
    from: "exits: [Order.Done]",
    to: "exits: [\n    Order.Done\n  ]",
    is: "exits: [\n    Order.Done,\n    Order.Lost\n  ]",
  },
])("lists are added to as they are written: $lists", ({ from, to, is }) => {
  const project = open(order.replace(LOST, `${LOST}\n  Lost = "lost",`).replace(from, to));
  project.fixes("order.ts", 2001)[1]?.apply();
  expect(project.read("order.ts")).toContain(is);
});

test.each([
  {
    states: "a tuple",
    declared: 'const S = ["a", "b", "z"] as const;',
    parts: 'initial: "a", exits: ["z"], tasks: { a: A }',
    key: '"b": B',
    value: '["z", "b"]',
  },
  {
    states: "an enum with a member that is no identifier",
    declared: 'enum S { A = "a", "in-transit" = "in-transit", Z = "z" }',
    parts: "initial: S.A, exits: [S.Z], tasks: { [S.A]: A }",
    key: '[S["in-transit"]]: InTransit',
    value: '[S.Z, S["in-transit"]]',
  },
  {
    states: "an object with a member that is no identifier",
    declared: 'const S = { A: "a", "in-transit": "moving", Z: "z" } as const;',
    parts: "initial: S.A, exits: [S.Z], tasks: { [S.A]: A }",
    key: '[S["in-transit"]]: InTransit',
    value: '[S.Z, S["in-transit"]]',
  },
])("a state is written as its set has it: $states", ({ declared, parts, key, value }) => {
  const target = declared.startsWith("enum") ? "S.Z" : '"z" as const';
  const flow = `import { workflow } from "cano";\nexport ${declared}\nclass A { async run() { return ${target}; } }\nexport const flow = workflow({ states: S, ${parts} });\n`;
  const fixed = [0, 1].map((fix) => {
    const project = open(flow);
    project.fixes("order.ts", 2001)[fix]?.apply();
    return [project.read("order.ts"), project.shown("order.ts")];
  });
  expect(fixed).toEqual([
    [expect.stringContaining(`, ${key} }`), [expect.stringMatching(/^cano 2006 /)]],
    [expect.stringContaining(`exits: ${value}`), [expect.stringMatching(/^cano 2008 /)]],
  ]);
});

test("names that are taken are not taken again, and `Task` is imported where it is not", () => {
  const text = order
    .replace(LOST, `${LOST}\n  Lost = "lost",`)
    .replace("type Context, type Task, to", "type Context, to")
    .replaceAll(" implements Task<Order>", "")
    .concat("export const Lost = 1;\n");
  const project = open(text);
  project.fixes("order.ts", 2001)[0]?.apply();
  expect(project.read("order.ts")).toContain('import { type Context, to, workflow, type Task } from "cano";');
  expect(project.read("order.ts")).toContain("class LostTask implements Task<Order> {");
  expect(project.shown("order.ts").filter((line) => !line.startsWith("cano 2006"))).toEqual([]);
});

test("states that are no enum are written as they are", () => {
  const text = `import { type Task, workflow } from "cano";
class Go { async run() { return "done" as const; } }
export const flow = workflow({ states: ["go", "lost", "done"] as const, initial: "go", exits: ["done"], tasks: { go: Go } });
`;
  const project = open(text);
  project.fixes("order.ts", 2001)[0]?.apply();
  expect(project.read("order.ts")).toContain('tasks: { go: Go, "lost": Lost }');
  expect(project.read("order.ts")).toContain("class Lost {");
});

test("a target that cannot be told: the return type is annotated", () => {
  const project = open(order.replace("return to(Order.Done, input.length);", "return JSON.parse(input) as never;"));
  const [annotate] = project.fixes("order.ts", 2005);
  expect(annotate?.title).toBe("annotate `run` with `Promise<Order>`");
  annotate?.apply();
  expect(project.read("order.ts")).toContain("{ input }: Context<string>): Promise<Order> {");
  expect(project.shown("order.ts").filter((line) => line.startsWith("cano 2005"))).toEqual([]);
});

test.each([
  { what: "one that hands an input to another state", run: "return _ ? to(Order.Done, 1) : (JSON.parse(input) as never);" },
  { what: "a generator", run: "yield 1; return Order.Done;" },
])("a return type is not annotated with states alone in $what", ({ run }) => {
  const text = order.replace("return to(Order.Done, input.length);", run);
  const project = open(run.startsWith("yield") ? text.replace("async run(_: unknown", "async *run(_: unknown") : text);
  expect(project.shown("order.ts").filter((line) => line.startsWith("cano 2005"))).toHaveLength(1);
  expect(project.fixes("order.ts", 2005)).toEqual([]);
});

test("a fix that a diagnostic brings along", () => {
  const project = open(order.replace("tasks: {", "durable: true,\n  tasks: {"));
  const [fix] = project.fixes("order.ts", 3021);
  fix?.apply();
  expect(project.read("order.ts")).toContain("durable: true, version: 1");
  expect(project.shown("order.ts")).toEqual([]);
});

test("an editor asks for fixes of the codes that have some", () => {
  expect(open().service.getSupportedCodeFixes()).toEqual(expect.arrayContaining(["2001", "2005", "2304"]));
});

test("the compiler's fixes are there as before", () => {
  const project = open(`${order}\nexport const x = Ordr;\n`);
  const file = project.path("order.ts");
  const start = project.read("order.ts").indexOf("Ordr");
  const fixes = project.service.getCodeFixesAtPosition(file, start, start + 4, [2552], {}, {});
  expect(fixes.map(({ fixName }) => fixName)).toContain("spelling");
});

test("a hover says what becomes of a state, at its declaration and where it is named", () => {
  const project = open();
  const ship = ["state of the workflow `order`", "task: `Ship`", "takes: `string`", "from: `Price`", "to: `Done`"].join("  \n");
  expect(project.hover("order.ts", "  Shi")).toBe(ship);
  expect(project.hover("order.ts", "to(Order.Ship")).toBe(ship);
  expect(project.hover("order.ts", "initial: Order.Pri")).toBe(
    ["state of the workflow `order`", "task: `Price`", "takes: `{ id: string; }`", "from: the start", "to: `Ship`"].join("  \n"),
  );
  expect(project.hover("order.ts", "exits: [Order.Don")).toBe(["exit of the workflow `order`", "from: `Ship`"].join("  \n"));
  expect(project.hover("order.ts", "{ rates")).toBe("");
});

test("a syntax error midway silences what would be guesses, and what was wrong is shown again after it", () => {
  const project = open(order.replace(LOST, `${LOST}\n  Lost = "lost",`));
  const before = project.shown("order.ts");
  expect(before).toContainEqual(expect.stringMatching(/^cano 2001/));
  project.replace("order.ts", "async run(_: unknown", "async run(_: unkn own");
  expect(project.shown("order.ts").filter((line) => line.startsWith("cano"))).toEqual([]);
  project.replace("order.ts", "async run(_: unkn own", "async run(_: unknown");
  expect(project.shown("order.ts")).toEqual(before);
});

test("the compiler's own errors are shown once, as the compiler's", () => {
  const project = open(`${order}\nexport const n: number = "a";\n`);
  expect(project.shown("order.ts")).toEqual([expect.stringMatching(/^ts 2322/)]);
});

test("whatever fails inside, the editor has the compiler's answers", () => {
  const project = open(`${order}\nexport const n: number = "a";\n`);
  const program = project.service.getProgram();
  if (program)
    program.getTypeChecker = () => {
      throw new Error("broken");
    };
  expect(project.shown("order.ts")).toEqual([expect.stringMatching(/^ts 2322/)]);
  expect(project.logged).toEqual([expect.stringMatching(/CANO9001 .*broken/)]);
});
