/** Random statements of functions that return a next state. */

import type { Way } from "./writer.js";

/** See the file's first line. */
export const BODIES: readonly Way[] = [
  (w) => w.end(),
  (w) => `if (cond()) { ${w.end()} } ${w.end()}`,
  (w) => `switch (num(4)) { case 0: { ${w.end()} } case 1: ${w.one(["", "break;"])} default: { ${w.end()} } } ${w.end()}`,
  (w) => `try { if (cond()) throw new Error(); ${w.end()} } catch { ${w.end()} }`,
  (w) => `try { if (cond()) throw new Error(); ${w.end()} } catch { ${w.end()} } finally { if (cond()) { ${w.end()} } }`,
  (w) => `for (let i = 0; i < 3; i++) { if (cond()) continue; if (cond()) break; ${w.end()} } ${w.end()}`,
  (w) =>
    `out: while (true) { while (cond()) { if (cond()) break out; if (cond()) continue out; ${w.end()} } if (cond()) { ${w.end()} } } ${w.end()}`,
  // What has been compared is narrowed behind that.
  (w) => {
    const [name, value] = [w.name(), w.value()];
    return `${w.before.join(" ")} const ${name} = ${value}; if (${name} === ${w.state()}) { ${w.end()} } return ${name};`;
  },
  (w) => {
    const [name, value, other] = [w.name(), w.value(), w.state()];
    return `${w.before.join(" ")} let ${name}${w.type()} = ${value}; for (let i = 0; i < num(3); i++) { if (${name} === ${w.state()}) continue; ${name} = ${other}; } return ${name};`;
  },
  // A switch over all that there may be, and what stands behind it.
  (w) =>
    `const k = pick("x", "y", "z"); switch (k) { case "x": { ${w.end()} } case "y": case "z": { ${w.end()} } } ${w.one(["", w.end()])}`,
  (w) =>
    `let k: "x" | "y" = "x"; const f = () => { k = "y"; }; if (cond()) f(); switch (k) { case "x": { ${w.end()} } } ${w.end()}`,
  (w) =>
    `const k = pick({ is: "x", n: 1 } as const, { is: "y", m: 2 } as const); if ("n" in k) { ${w.end()} } if (k.is === "y") { ${w.end()} } ${w.end()}`,
  (w) => `const all = [0, 1, 2]; for (const each of all) { if (each === num(3)) { ${w.end()} } } ${w.end()}`,
];
