/** Random next states that come by functions, promises and other modules. */

import type { Way, Writer } from "./writer.js";

const ELSEWHERE = { inTask: false, isAsync: false };

/** See the file's first line. */
export const CALLS: readonly Way[] = [
  (w) => `${around(w, (name) => `function ${name}() { ${w.body(ELSEWHERE)} }`)}()`,
  (w) => `${around(w, (name) => `const ${name} = () => { ${w.body(ELSEWHERE)} };`)}()`,
  (w) => `${around(w, (name) => `function ${name}(x${w.type()} = ${w.next()}) { return x; }`)}()`,
  (w) => `${around(w, (name) => `function ${name}<T>(x: T) { return x; }`)}(${w.value()})`,
  (w) =>
    `${around(w, (name) => `function ${name}(...all: readonly (typeof S.B | typeof S.C)[]) { return all[idx()] ?? ${w.state()}; }`)}(S.B, S.C)`,
  // A function that calls itself, with a declared type.
  (w) =>
    `${around(w, (name) => `function ${name}(n: number): typeof S.B | typeof S.C { return n > 0 ? ${name}(n - 1) : pick(S.B, S.C); }`)}(2)`,
  (w) => {
    const name = around(w, (made) => `function* ${made}() { yield ${w.next()}; yield ${w.next()}; }`);
    w.before.push(`let v${name}: Next = ${w.next()}; for (const each of ${name}()) v${name} = each;`);
    return `v${name}`;
  },
  (w) => `(() => { ${w.body({ ...w.where, isAsync: false })} })()`,
  (w) => `[0, 1].map(() => { ${w.body({ ...w.where, isAsync: false })} })[idx()]!`,
  (w) => `new Map([["a", ${w.value()}], ["b", ${w.value()}]]).get(pick("a", "b"))!`,
  (w) => `[...new Set([${w.value()}])].at(0)!`,
  (w) => `${around(w, (name) => `function ${name}<T, U>(x: T, y: U) { return cond() ? x : y; }`)}(${w.value()}, ${w.value()})`,
  (w) => imported(w),
  (w) => awaited(w, (value) => `Promise.resolve(${value}).then((x) => x)`),
  (w) =>
    awaited(
      w,
      (value) =>
        `Promise.resolve().then(() => { if (cond()) throw new Error(); ${w.body({ ...w.where, isAsync: false })} }).catch(() => ${value}).finally(() => {})`,
    ),
  (w) => awaited(w, (value) => `Promise.race([Promise.resolve(${value}), Promise.resolve(${w.next()})])`),
  (w) => awaited(w, (value) => `(async () => { if (cond()) return ${value}; ${w.body()} })()`),
  (w) => {
    const name = w.name();
    if (!w.where.isAsync) return w.value();
    w.before.push(`const [${name}, o${name}] = await Promise.all([Promise.resolve(${w.value()}), ${w.value()}]);`);
    return `(cond() ? ${name} : o${name})`;
  },
];

/** Puts a declaration into the module, and yields its name. */
function around(w: Writer, declare: (name: string) => string): string {
  const name = w.name();
  w.outside.around.push(declare(name));
  return name;
}

// Promises are awaited where that is possible, and left out elsewhere. `then` gets what needs nothing around it: it is not async.
function awaited(w: Writer, promise: (value: string) => string): string {
  return w.where.isAsync ? `(await ${promise(w.next())})` : w.value();
}

function imported(w: Writer): string {
  const name = w.name();
  const { around, modules, program } = w.outside;
  modules.set(
    `${program}-${name}`,
    `export const ${name} = ${w.next()}; export const f${name} = () => (cond() ? ${w.next()} : ${name});`,
  );
  modules.set(
    `${program}-${name}-too`,
    `export * from "./${program}-${name}.js"; export { f${name} as g${name} } from "./${program}-${name}.js";`,
  );
  around.push(`import { ${name}, g${name} } from "./${program}-${name}-too.js";`);
  return `(cond() ? ${name} : g${name}())`;
}
