/** Random next states that come by objects, lists, tables and classes. */

import type { Way, Writer } from "./writer.js";

const ELSEWHERE = { inTask: false, isAsync: false };

/** See the file's first line. */
export const OBJECTS: readonly Way[] = [
  (w) => `([${w.value()}, ${w.value()}] as const)[idx()]`,
  (w) => `Object.values({ p: ${w.value()}, q: ${w.value()} } as const)[idx()]!`,
  (w) => `([${w.value()}, ${w.value()}].find(() => cond()) ?? ${w.value()})`,
  (w) => {
    const name = w.name();
    w.outside.around.push(`const ${name} = { x: ${w.next()}, y: ${w.next()}, z: ${w.next()} };`);
    return `${name}[pick("x", "y")]`;
  },
  (w) => {
    const name = w.name();
    w.outside.around.push(`const ${name}: Record<string, typeof ${w.state()}> = {};`);
    return `(${name}["x"] ?? ${w.value()})`;
  },
  (w) => {
    const name = w.name();
    w.outside.around.push(`const ${name} = Object.freeze({ p: ${w.next()}, q: ${w.next()} });`);
    return `${name}.${w.one(["p", "q"])}`;
  },
  (w) => `(${held(w, `new Map([["a", ${w.value()}]])`)}.get(pick("a", "b")) ?? ${w.value()})`,
  (w) => `${held(w, `{ p: ${w.value()}, ...(cond() ? { p: ${w.value()} } : {}) }`)}.p`,
  (w) => `(${held(w, `cond() ? { p: ${w.value()} } : undefined`)}?.p ?? ${w.value()})`,
  (w) => `${held(w, `{ p: ${w.state()} }`, (name) => `${name}.p = ${w.state()};`)}.p`,
  (w) => `${held(w, `{ s: ${w.state()}, move() { this.s = ${w.state()}; } }`, (name) => `${name}.move();`)}.s`,
  (w) => `${held(w, `{ f: () => { ${w.body({ ...w.where, isAsync: false })} }, g: () => ${w.next()} }`)}[pick("f", "g")]()`,
  (w) => {
    const change = w.one(["reverse()", "sort()", "shift()", `push(${w.next()})`, `splice(0, 1, ${w.next()})`]);
    return `(${held(w, `[${w.next()}, ${w.next()}]`, (name) => `${name}.${change};`)}[idx()] ?? ${w.next()})`;
  },
  // A key, or one object of several, that a function puts another one in the place of.
  (w) => `${held(w, `{ x: ${w.next()}, y: ${w.next()} }`)}[${moved(w, `"x" | "y"`, `"x"`, `"y"`)}]`,
  (w) => `([${w.value()}, ${w.value()}] as const)[${moved(w, "0 | 1", "0", "1")}]`,
  (w) => {
    const [one, other] = [w.state(), w.state()];
    return `${moved(w, `{ p: typeof ${one} } | { p: typeof ${other} }`, `{ p: ${one} }`, `{ p: ${other} }`)}.p`;
  },
  // What the class of the task has.
  (w) =>
    ofTask(
      w,
      (name) => `${name} = ${w.next()};`,
      (name) => `this.${name}`,
    ),
  (w) =>
    ofTask(
      w,
      (name) => `static ${name} = ${w.next()};`,
      (name) => `Work.${name}`,
    ),
  (w) =>
    ofTask(
      w,
      (name) => `get ${name}() { ${w.body({ inTask: true, isAsync: false })} }`,
      (name) => `this.${name}`,
    ),
  (w) =>
    ofTask(
      w,
      (name) => `${name}() { ${w.body({ inTask: true, isAsync: false })} }`,
      (name) => `this.${name}()`,
    ),
  (w) =>
    ofTask(
      w,
      (name) => `${w.one(["", "private "])}${name}${w.type()} = ${w.state()}; move${name}() { this.${name} = ${w.state()}; }`,
      (name) => `(cond() && this.move${name}(), this.${name})`,
    ),
  (w) => {
    const name = w.name();
    w.outside.around.push(
      `class ${name} { s = ${w.next()}; pick(): Next { ${w.body(ELSEWHERE)} } other() { return this.pick(); } }`,
      `class o${name} extends ${name} { override pick(): Next { return cond() ? super.pick() : ${w.state()}; } }`,
    );
    return `new o${name}().${w.one(["other()", "pick()", "s"])}`;
  },
  (w) => {
    const name = w.name();
    w.outside.around.push(
      `abstract class ${name} { abstract s: typeof S.B | typeof S.C; get() { return this.s; } }`,
      `class o${name} extends ${name} { s: typeof S.B | typeof S.C = ${w.one(["S.B", "S.C"])}; }`,
    );
    return `new o${name}().get()`;
  },
];

/** A name for an object, which is changed now and then. */
function held(w: Writer, object: string, change?: (name: string) => string): string {
  const name = w.name();
  w.before.push(`const ${name} = ${object};${change ? ` if (cond()) ${change(name)}` : ""}`);
  return name;
}

/** A name for a variable that a function writes to. */
function moved(w: Writer, type: string, first: string, then: string): string {
  const name = w.name();
  w.before.push(`let ${name}: ${type} = ${first}; const f${name} = () => { ${name} = ${then}; }; if (cond()) f${name}();`);
  return name;
}

// Elsewhere there is no `this`.
function ofTask(w: Writer, member: (name: string) => string, use: (name: string) => string): string {
  const name = w.name();
  if (!w.where.inTask) return w.value();
  w.outside.members.push(member(name));
  return use(name);
}
