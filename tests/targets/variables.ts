/** Random next states that come by operators, variables and patterns. */

import type { Way } from "./writer.js";

/** See the file's first line. */
export const VARIABLES: readonly Way[] = [
  (w) => w.next(),
  (w) => `(cond() ? ${w.value()} : ${w.value()})`,
  (w) => `((cond() ? ${w.value()} : undefined) ?? ${w.value()})`,
  (w) => `((cond() && ${w.value()}) || ${w.value()})`,
  (w) => `(num(2), ${w.value()})`,
  (w) => `(${w.value()} satisfies unknown)`,
  (w) => {
    const [name, value] = [w.name(), w.value()];
    w.before.push(`const ${name} = ${value};`);
    return name;
  },
  (w) => {
    const [name, value] = [w.name(), w.value()];
    w.before.push(`let ${name}${w.type()} = ${value}; if (cond()) ${name} = ${w.state()};`);
    return name;
  },
  (w) => {
    const name = w.name();
    w.before.push(`let ${name}; if (cond()) { ${name} = ${w.state()}; } else { ${name} = ${w.state()}; }`);
    return name;
  },
  (w) => {
    const name = w.name();
    w.before.push(`let ${name}${w.type()};`);
    return `(${name} = ${w.value()})`;
  },
  // A nested function writes to it, or reads what is written later.
  (w) => {
    const name = w.name();
    w.before.push(
      `let ${name}${w.type()} = ${w.next()}; const f${name} = () => { ${name} = ${w.state()}; }; if (cond()) f${name}();`,
    );
    return name;
  },
  (w) => {
    const [name, value] = [w.name(), w.value()];
    w.before.push(`let ${name}${w.type()} = ${value}; const f${name} = () => ${name}; ${name} = ${w.state()};`);
    return w.one([name, `f${name}()`]);
  },
  (w) => {
    const [name, value] = [w.name(), w.value()];
    w.before.push(
      `let ${name}${w.type()} = ${value}; switch (num(4)) { case 0: ${name} = ${w.state()}; case 1: ${name} = ${w.state()}; break; case 2: break; default: ${name} = ${w.state()}; }`,
    );
    return name;
  },
  (w) => {
    const [name, value] = [w.name(), w.value()];
    w.before.push(
      `let ${name}${w.type()} = ${value}; try { if (cond()) throw new Error(); ${name} = ${w.state()}; if (cond()) throw new Error(); } catch { if (cond()) ${name} = ${w.state()}; } finally { if (cond()) ${name} = ${w.state()}; }`,
    );
    return name;
  },
  (w) => {
    const [name, value] = [w.name(), w.value()];
    w.before.push(
      `let ${name}${w.type()} = ${value}; for (const each of [${w.value()}, ${w.value()}]) { if (cond()) ${name} = each; }`,
    );
    return name;
  },
  (w) => {
    const name = w.name();
    w.before.push(`const { p: ${name} } = { p: ${w.value()}};`);
    return name;
  },
  (w) => {
    const name = w.name();
    w.before.push(`const { p: ${name} = ${w.state()} } = cond() ? { p: ${w.value()} } : {};`);
    return name;
  },
  (w) => {
    const name = w.name();
    w.before.push(`const [${name}, o${name}] = [${w.value()}, ${w.value()}];`);
    return `(cond() ? ${name} : o${name})`;
  },
];
