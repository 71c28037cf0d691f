/**
 * `npm run demo`: generates the order workflow, shows its machine, runs a batch of orders through it on a SQLite file, kills the process in the
 * middle, resumes, and shows a build that is refused.
 */

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const SHOP = join(ROOT, ".cano", "demo");

rmSync(SHOP, { recursive: true, force: true });
mkdirSync(SHOP, { recursive: true });
cpSync(join(ROOT, "fixtures/order/input"), SHOP, { recursive: true });
for (const file of ["orders.csv", "shop.ts", "process-orders.ts"]) cpSync(join(ROOT, "demo", file), join(SHOP, file));
writeFileSync(
  join(SHOP, "tsconfig.json"),
  JSON.stringify({
    compilerOptions: {
      target: "ES2022",
      lib: ["ES2023", "ESNext.Disposable"],
      module: "NodeNext",
      strict: true,
      types: ["node"],
      outDir: "out",
    },
    include: ["*.ts"],
  }),
);

tell("Generating: the machine is proved, then its module is written", "cano-gen order.ts");
show(canoGen("order.ts", "--no-cache"));

tell("The machine", "cano-gen graph order.ts");
show(canoGen("graph", "order.ts"));

tell("Ten orders from orders.csv, until the process is killed", "tsc && node out/process-orders.js orders.csv");
execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", SHOP], { stdio: "inherit" });
await killWhen(/slow to say so/, ["out/process-orders.js", "orders.csv"]);

tell("The same again: what is done is not done again, what was left behind goes on", "node out/process-orders.js orders.csv");
execFileSync(process.execPath, ["out/process-orders.js", "orders.csv"], { cwd: SHOP, stdio: "inherit" });
const charges = readFileSync(join(SHOP, "books.txt"), "utf8").match(/^charge order\/1006#\S* .*$/gm) ?? [];
console.log(`\nThe bank's book on order 1006: ${charges.join("; ")}`);
if (charges.length !== 1) throw new Error(`order 1006 must be charged once, not ${charges.length} times`);

tell("A state is added and forgotten: the build is refused", "cano-gen order.ts");
const source = readFileSync(join(SHOP, "order.ts"), "utf8");
writeFileSync(join(SHOP, "order.ts"), source.replace('  Done = "done",\n', '  Refunded = "refunded",\n  Done = "done",\n'));
const refused = canoGen("order.ts", "--no-cache");
show(refused);
if (refused.status !== 1) throw new Error(`a forgotten state must be refused with exit code 1, not ${refused.status}`);

/** Runs a program and sends it SIGKILL when it prints what matches `pattern`. */
function killWhen(pattern, parameters) {
  const child = spawn(process.execPath, parameters, { cwd: SHOP, stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.setEncoding("utf8").on("data", (text) => {
    process.stdout.write(text);
    if (pattern.test(text)) child.kill("SIGKILL");
  });
  return new Promise((resolve, reject) => {
    child.on("exit", (code, signal) => {
      console.log(`(killed by ${signal})`);
      if (signal === "SIGKILL") resolve();
      else reject(new Error(`the process was to be killed, but ended with code ${code}`));
    });
  });
}

function canoGen(...parameters) {
  return spawnSync(process.execPath, [join(ROOT, "generator/bin/cano-gen.js"), ...parameters], {
    cwd: SHOP,
    encoding: "utf8",
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) },
  });
}

function tell(title, command) {
  console.log(`\n== ${title}\n$ ${command}`);
}

function show({ stdout, stderr }) {
  process.stdout.write(stdout + stderr);
}
