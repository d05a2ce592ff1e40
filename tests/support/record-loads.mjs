/*
 * Preloaded with `node --import`: writes one line of JSON to the file LOADS for every module that is loaded, file that
 * is opened, request that is made and wasm that is compiled. The program under test adds marks between them.
 */
import fs from 'node:fs';
import module, { syncBuiltinESMExports } from 'node:module';

const recordTo = process.env.LOADS;
/** @param {string} what @param {unknown} which */
const record = (what, which) => fs.appendFileSync(recordTo, `${JSON.stringify([what, String(which)])}\n`);

globalThis.mark = (/** @type {string} */ name) => record('mark', name);
recordModules();
recordFiles();
recordCalls(globalThis, ['fetch'], 'request');
recordCalls(WebAssembly, ['compile', 'compileStreaming', 'Module'], 'wasm');
for (const name of ['instantiate', 'instantiateStreaming']) {
  // Given a compiled module they compile nothing.
  recordCalls(WebAssembly, [name], 'wasm', (source) => !(source instanceof WebAssembly.Module));
}

function recordModules() {
  if (module.registerHooks) {
    module.registerHooks({
      load(url, context, next) {
        record('module', url);
        return next(url, context);
      },
    });
  } else {
    // Before registerHooks, hooks run in a thread of their own; a file is what both sides can see at once.
    const hooks = `
      import { appendFileSync } from 'node:fs';
      export async function load(url, context, next) {
        appendFileSync(${JSON.stringify(recordTo)}, JSON.stringify(['module', url]) + '\\n');
        return next(url, context);
      }`;
    module.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  }
}

function recordFiles() {
  // ES modules are read through these functions too: the module lines tell of those.
  const isModule = (/** @type {unknown} */ path) => /\.m?js$|\.json$/.test(String(path)) || path === recordTo;
  const names = ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream'];
  for (const owner of [fs, fs.promises]) recordCalls(owner, names, 'file', (path) => !isModule(path));
  syncBuiltinESMExports();
}

/**
 * @param {any} owner
 * @param {string[]} names
 * @param {string} what
 * @param {(argument: unknown) => boolean} [matters]
 */
function recordCalls(owner, names, what, matters = () => true) {
  for (const name of names) {
    if (typeof owner[name] !== 'function') continue;
    owner[name] = new Proxy(owner[name], {
      apply(target, self, args) {
        if (matters(args[0])) record(what, what === 'wasm' ? name : args[0]);
        return Reflect.apply(target, self, args);
      },
      construct(target, args, newTarget) {
        record(what, name);
        return Reflect.construct(target, args, newTarget);
      },
    });
  }
}
