/*
 * When the core loads, from where, and what happens when it does not. Each test takes a copy of the package that has not
 * loaded anything yet.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';

import { runForJson, runOk } from '../support/run.js';
import { serve } from '../support/server.js';
import { errorOf, freshCopy, root } from './support.js';

/** The core with a section of its own at the end, which says that it was this one that was loaded. */
const label = 'loading.test.js';
const core = Buffer.concat([
  await readFile(fileURLToPath(import.meta.resolve('stac-task/core.wasm'))),
  Buffer.from([0, label.length + 1, label.length]),
  Buffer.from(label),
]);
const module = await WebAssembly.compile(core);
const cirrusText =
  '{"id": "c/workflow-w/i", "process": [{"workflow": "w"}, {"workflow": "x"}], "features": []}';
const html = '<!doctype html><title>Not found</title>';
/** The smallest module there is. */
const foreign = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

const folder = await mkdtemp(join(tmpdir(), 'stac-task-loading-'));
const file = pathToFileURL(join(folder, 'core.wasm'));
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;

before(async () => {
  await writeFile(file, core);
  const page = { status: 200, type: 'text/html', body: html };
  site = await serve({
    answers: {
      '/core.wasm': { status: 200, type: 'application/wasm', body: core },
      '/untyped.wasm': { status: 200, body: core },
      '/page.wasm': page,
      '/page-as-wasm.wasm': { ...page, type: 'application/wasm' },
    },
  });
});
after(async () => {
  site.close();
  await rm(folder, { recursive: true });
});

const inShared = () => {
  const buffer = new SharedArrayBuffer(core.length);
  new Uint8Array(buffer).set(core);
  return buffer;
};
const namespaceOf = (/** @type {unknown} */ value) => {
  Object.assign(globalThis, { exported: value });
  return import(`data:text/javascript,export default globalThis.exported; //${Math.random()}`);
};
/** @param {any} value */
const isLabelled = (value) =>
  Object.prototype.toString.call(value) === '[object WebAssembly.Module]' &&
  WebAssembly.Module.customSections(value, label).length > 0;
const wasmType = { headers: { 'content-type': 'application/wasm' } };

/** @param {Awaited<ReturnType<typeof freshCopy>>} copy */
async function assertWorks(copy) {
  assert.equal((await copy.validate('{"process": 5}')).issues[0].code, 'process-type');
  assert.equal(copy.validateSync('{}').valid, true);
}

describe('before the core is loaded', () => {
  /** @type {Record<string, (copy: Awaited<ReturnType<typeof freshCopy>>) => unknown>} */
  const calls = {
    'validateSync()': ({ validateSync }) => validateSync('{}'),
    'new Payload()': ({ Payload }) => new Payload({}),
    'new CirrusPayload()': ({ CirrusPayload }) => new CirrusPayload({}),
    'new of a subclass of Payload': ({ Payload }) => new (class Mine extends Payload {})({}),
  };
  for (const [name, call] of Object.entries(calls)) {
    test(`${name} throws ERR_NOT_READY, and works after ready()`, async () => {
      const copy = await freshCopy();
      const error = await errorOf(() => call(copy));
      assert.ok(error instanceof copy.StacTaskError);
      assert.equal(error.code, 'ERR_NOT_READY');
      assert.match(error.hint, /await ready\(\)/);
      assert.equal(await copy.ready(), undefined);
      assert.ok(call(copy));
    });
  }

  test('what returns a promise loads it by itself', async () => {
    await assertWorks(await freshCopy());
    const { Payload, validateSync } = await freshCopy();
    assert.deepEqual((await Payload.from('{"process": [{}]}')).processDefinition, {});
    assert.equal(validateSync('{}').valid, true);
  });
});

describe('importing', () => {
  test('loads one module, opens no file, makes no request and compiles nothing', async () => {
    const { imported, used, after } = await loadsOf("await all.validate('{}')");
    assert.deepEqual(imported, ['module node.js']);
    assert.deepEqual(used, ['file core.wasm', 'module core.glue.js', 'wasm compile']);
    assert.deepEqual(after, []);
  });
});

describe('what is used', () => {
  test('the JSON Schema is one module, and needs no core', async () => {
    const { imported, used, after } = await loadsOf('await all.payloadSchema()');
    assert.deepEqual(imported, ['module node.js']);
    assert.deepEqual(used, ['module payload.schema.js']);
    assert.deepEqual(after, []);
  });

  test('a Cirrus event loads what validate() does, and so does its chain', async () => {
    const { used, after } = await loadsOf(`
      { const payload = await all.CirrusPayload.fromEvent({ Records: [{ body: ${JSON.stringify(cirrusText)} }] });
      payload.validate(); payload.nextPayloads(); payload.encodedLength(); await all.explain(payload, { chain: true }) }`);
    assert.deepEqual(used, ['file core.wasm', 'module core.glue.js', 'wasm compile']);
    assert.deepEqual(after, []);
  });

  test('fix() loads what validate() does', async () => {
    const { used, after } = await loadsOf(`await all.fix('{"process": {}}')`);
    assert.deepEqual(used, ['file core.wasm', 'module core.glue.js', 'wasm compile']);
    assert.deepEqual(after, []);
  });
});

describe('a task', () => {
  const core = ['file core.wasm', 'module core.glue.js', 'wasm compile'];
  // Node's own, for whoever is the first to make a Request or a Response.
  const parserOfNode = 'wasm compile';
  const define = 'globalThis.Mine ??= class extends all.Task { process() { return this.items; } };';
  /** @type {Record<string, [action: string, loads: string[]]>} */
  const actions = {
    'being defined loads nothing': [define, []],
    'being run loads what validate() does': [`${define} await Mine.handler({ features: [{}] })`, core],
    'with an href loads what reads it': [
      `${define} await Mine.handler({ href: 'a:' }, { resolve: () => '{}' })`,
      [...core, 'module task-href.js'],
    ],
    'with an s3 address loads what downloads it with the credentials of the environment': [
      `process.env.AWS_ACCESS_KEY_ID = process.env.AWS_SECRET_ACCESS_KEY = 'a';
      ${define} await Mine.handler({ href: 's3://b/k' }, { fetch: async () => new Response('{}') })`,
      [
        ...core,
        'file assets.wasm',
        'module assets-download.js',
        'module assets-http.js',
        'module assets-s3-sign.js',
        'module assets-s3.js',
        'module assets.glue.js',
        'module task-href.js',
        'wasm compile',
        parserOfNode,
      ],
    ],
    'whose work directory is opened loads what reads and writes it': [
      `${define} await (await Mine.from({})).openWorkdir()`,
      [...core, 'module task-folder.js'],
    ],
    'as a fetch handler loads nothing before the first request': [`${define} all.toFetchHandler(Mine)`, []],
    'as a fetch handler loads itself and the core at the first request': [
      `${define} await all.toFetchHandler(Mine)(new Request('http://localhost/', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }))`,
      [...core, 'module task-fetch.js', parserOfNode],
    ],
    'as a fetch handler needs no core to refuse': [
      `${define} await all.toFetchHandler(Mine, { logger: {} })(new Request('http://localhost/'))`,
      ['module task-fetch.js', parserOfNode],
    ],
    'with a command line loads that, and no core before it is needed': [
      `${define} await Mine.parseArgs(['run'])`,
      ['module cli-task.js'],
    ],
    'as a handler of Lambda or of a queue loads nothing before the first call': [
      `${define} all.toLambdaHandler(Mine); all.toQueueHandler(Mine, { sink() {} })`,
      [],
    ],
    'as a handler of Lambda loads itself and the core at the first call': [
      `${define} await all.toLambdaHandler(Mine)({ features: [{}] })`,
      [...core, 'module task-lambda.js'],
    ],
    'as a consumer of a queue loads itself and the core at the first message': [
      `${define} await all.toQueueHandler(Mine, { sink() {} })({ messages: [{ body: {}, ack() {} }] })`,
      [...core, 'module task-queue.js'],
    ],
    'as a consumer of a queue needs no core to refuse': [
      `${define} await all.toQueueHandler(Mine, { sink() {} })({}).catch(() => {})`,
      ['module task-queue.js'],
    ],
  };
  for (const [what, [action, loads]] of Object.entries(actions)) {
    test(what, async () => {
      const { imported, used, after } = await loadsOf(action);
      assert.deepEqual(imported, ['module node.js']);
      assert.deepEqual(used, loads.toSorted());
      assert.deepEqual(after, []);
    });
  }
});

describe('a download', () => {
  const chunk = ['file assets.wasm', 'module assets-download.js', 'module assets.glue.js', 'wasm compile'];
  // Node's own, for whoever is the first to make a Response.
  const parserOfNode = 'wasm compile';
  const item = (/** @type {string} */ href) =>
    `{ type: 'Feature', stac_version: '1.0.0', id: 'i', geometry: null, links: [], properties: { datetime: '2020-01-01T00:00:00Z' }, assets: { a: { href: '${href}' } } }`;
  const to = JSON.stringify(join(folder, 'downloads'));
  const fetched = "fetch: async () => new Response('x')";
  /** @type {Record<string, [action: string, loads: string[]]>} */
  const actions = {
    'over http loads the chunk, the client and the folder, and no core': [
      `await all.downloadItem(${item('https://e.example/a')}, ${to}, { ${fetched}, overwrite: true })`,
      [...chunk, 'module assets-folder.js', 'module assets-http.js', parserOfNode],
    ],
    'to a Map needs no folder': [
      `await all.downloadItem(${item('https://e.example/a')}, 'x', { ${fetched}, store: new Map() })`,
      [...chunk, 'module assets-http.js', parserOfNode],
    ],
    'with a path template loads the core, too': [
      `await all.downloadItemCollection({ type: 'FeatureCollection', features: [${item('https://e.example/a')}] }, 'x', { ${fetched}, store: new Map(), pathTemplate: '\${id}' })`,
      [
        'file core.wasm',
        'module core.glue.js',
        'wasm compile',
        ...chunk,
        'module assets-http.js',
        parserOfNode,
      ],
    ],
    'with a client of its own loads no other': [
      `await all.readHref('s3://b/k', { clients: { s3: { open: async () => ({ status: 200, headers: [], body: null }) } } })`,
      chunk,
    ],
    'from S3 without a signature loads no signer': [
      `await all.readHref('s3://b/k', { ${fetched}, s3Sign: 'never' })`,
      [...chunk, 'module assets-http.js', 'module assets-s3.js', parserOfNode],
    ],
    'from S3 with a signature loads that, and none of the others': [
      `await all.readHref('s3://b/k', { ${fetched}, s3Credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })`,
      [...chunk, 'module assets-http.js', 'module assets-s3-sign.js', 'module assets-s3.js', parserOfNode],
    ],
    'from Earthdata loads that': [
      `await all.readHref('https://a.earthdata.nasa.gov/b', { ${fetched}, earthdataToken: 'x' })`,
      [...chunk, 'module assets-earthdata.js', 'module assets-http.js', parserOfNode],
    ],
    'from the Planetary Computer loads that': [
      `await all.readHref('https://a.blob.core.windows.net/b/c?sig=x', { ${fetched} })`,
      [...chunk, 'module assets-http.js', 'module assets-planetary.js', parserOfNode],
    ],
    'with OAuth2 loads what asks for tokens': [
      `await all.readHref('https://e.example/a', { ${fetched}, oauth2Grant: 'password', oauth2TokenUrl: 'https://e.example', oauth2ClientId: 'c', oauth2Username: 'u', oauth2Password: 'p' }).catch(() => {})`,
      [...chunk, 'module assets-http.js', 'module assets-oauth2.js', parserOfNode],
    ],
    'that is only resolved loads no client': [
      `await all.resolveAssetHref(${item('https://e.example/a')}, 'a')`,
      chunk,
    ],
    'of which only is asked whether it is there loads no more': [
      `await all.assetExists(${item('https://e.example/a')}, 'a', { ${fetched} })`,
      [...chunk, 'module assets-http.js', parserOfNode],
    ],
    'about which everything is asked loads what describes it, too': [
      `await all.assetInfo(${item('https://e.example/a')}, 'a', { ${fetched} })`,
      [...chunk, 'module assets-http.js', 'module assets-info.js', parserOfNode],
    ],
    'whose configuration is made loads nothing': ['new all.DownloadConfig({ warn: true })', []],
  };
  for (const [what, [action, loads]] of Object.entries(actions)) {
    test(what, async () => {
      const { imported, used } = await loadsOf(action);
      assert.deepEqual(imported, ['module node.js']);
      const isRead = (/** @type {string} */ load) => !load.endsWith('.part');
      assert.deepEqual(used.filter(isRead), loads.toSorted());
    });
  }
});

/**
 * What a new process loads of the package when it imports it as `all`, when it does something, and when it
 * does the same again.
 * @param {string} action
 */
async function loadsOf(action) {
  const recorder = fileURLToPath(new URL('../support/record-loads.mjs', import.meta.url));
  const LOADS = join(folder, `loads-${Math.random()}.txt`);
  const program = `import * as all from 'stac-task'; mark('imported'); ${action}; mark('used'); ${action};`;
  await runOk(
    process.execPath,
    ['--no-warnings', '--import', pathToFileURL(recorder).href, '--input-type=module', '-e', program],
    { cwd: root, env: { LOADS } },
  );
  const lines = (await readFile(LOADS, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const own = lines
    .filter(([what, which]) => what !== 'module' || which.includes('/dist/'))
    .map(([what, which]) => `${what} ${which.split('/').at(-1)}`);
  const [imported, used] = [own.indexOf('mark imported'), own.indexOf('mark used')];
  return {
    imported: own.slice(0, imported),
    used: own.slice(imported + 1, used).sort(),
    after: own.slice(used + 1),
  };
}

describe('ready(source) takes', () => {
  /** @type {Record<string, () => any>} */
  const sources = {
    'a module': () => module,
    'a module of another realm': () => runInNewContext('new WebAssembly.Module(core)', { core }),
    bytes: () => new Uint8Array(core),
    'bytes in the middle of a buffer': () =>
      new DataView(Uint8Array.from([1, 2, ...core, 3]).buffer, 2, core.length),
    'an ArrayBuffer': () => Uint8Array.from(core).buffer,
    'an ArrayBuffer of another realm': () => runInNewContext('Uint8Array.from(core).buffer', { core }),
    'a SharedArrayBuffer': inShared,
    'a Response': () => new Response(core, wasmType),
    'a Response with no type': () => new Response(core),
    'a URL of a file': () => file,
    'the text of such a URL': () => file.href,
    'an http URL': () => new URL(`${site.url}/core.wasm`),
    'the text of an http URL': () => `${site.url}/untyped.wasm`,
    'what fetch() returns': () => fetch(`${site.url}/core.wasm`),
    'a promise of a module': () => Promise.resolve(module),
    'a promise of bytes': () => readFile(file),
    'a promise of a URL': async () => file,
    'a module namespace': () => namespaceOf(module),
    'a module namespace of a URL': () => namespaceOf(file.href),
    'what Rollup makes of a module namespace': () => Object.freeze({ __proto__: null, default: module }),
    'what esbuild makes of a module namespace': () =>
      Object.defineProperty({}, 'default', { enumerable: true, get: () => module }),
    '{ core }': () => ({ core: module }),
    '{ core } of a promise': () => ({ core: readFile(file) }),
    '{ core } of a module namespace': async () => ({ core: await namespaceOf(module) }).core,
    '{ core, assets }, of which assets is kept for later': () => ({
      core: module,
      assets: 'http://127.0.0.1:1/',
    }),
  };
  for (const [name, make] of Object.entries(sources)) {
    test(name, async (t) => {
      const instantiate = t.mock.method(WebAssembly, 'instantiate');
      const copy = await freshCopy();
      assert.equal(await copy.ready(make()), undefined);
      // The runtime may have wasm of its own, for what reads a response.
      const used = instantiate.mock.calls.filter(({ arguments: [from] }) => isLabelled(from));
      assert.equal(used.length, 1, 'the source was used');
      await assertWorks(copy);
    });
  }

  test('{ assets } alone, and finds the core by itself', async () => {
    const copy = await freshCopy();
    await copy.ready({ assets: 'http://127.0.0.1:1/' });
    await assertWorks(copy);
  });
});

describe('a second source', () => {
  test('is fine when it is the same', async (t) => {
    const compile = t.mock.method(WebAssembly, 'compile');
    const copy = await freshCopy();
    const bytes = new Uint8Array(core);
    await Promise.all([copy.ready(bytes), copy.ready(bytes), copy.ready({ core: bytes })]);
    await copy.ready(bytes);
    await copy.ready();
    await copy.ready({ core: bytes, assets: module });
    assert.equal(compile.mock.callCount(), 1);
  });

  test('is fine when it is the same address', async () => {
    const copy = await freshCopy();
    await copy.ready(file.href);
    await copy.ready(file.href);
  });

  /** @type {Record<string, (copy: Awaited<ReturnType<typeof freshCopy>>) => unknown>} */
  const firsts = {
    'after another': ({ ready }) => ready(new Uint8Array(core)),
    'after ready()': ({ ready }) => ready(),
    'after validate()': ({ validate }) => validate('{}'),
    'while another loads': ({ ready }) => void ready(new Uint8Array(core)),
    'while validate() loads': ({ validate }) => void validate('{}'),
  };
  for (const [name, first] of Object.entries(firsts)) {
    test(`${name} is ERR_ALREADY_LOADED, and harmless`, async () => {
      const copy = await freshCopy();
      await first(copy);
      const error = await errorOf(copy.ready(module));
      assert.equal(error.code, 'ERR_ALREADY_LOADED');
      assert.ok(error instanceof copy.StacTaskError);
      assert.ok(error.hint);
      await assertWorks(copy);
    });
  }
});

describe('a source that does not load is ERR_LOAD_FAILED, and the next call tries again', () => {
  /** @type {Record<string, [make: () => any, message: RegExp]>} */
  const sources = {
    'bytes of something else': [() => Buffer.from(html), /no WebAssembly/],
    'no bytes': [() => new Uint8Array(), /no WebAssembly/],
    'half the core': [() => core.subarray(0, core.length / 2), /./],
    'another module, as bytes': [() => foreign, /not the core/],
    'another module': [() => new WebAssembly.Module(foreign), /not the core/],
    'a file that is missing': [() => new URL('missing.wasm', file), /ENOENT/],
    'a text that is no URL': [() => 'core.wasm', /core\.wasm|Invalid URL/],
    'a Response with status 500': [() => new Response(core, { ...wasmType, status: 500 }), /500/],
    'a Response that is a page': [() => new Response(html), /no WebAssembly/],
    'an address that is missing': [() => `${site.url}/missing.wasm`, /404/],
    'an address of a page': [() => `${site.url}/page.wasm`, /no WebAssembly/],
    'an address of a page that says it is wasm': [() => `${site.url}/page-as-wasm.wasm`, /no WebAssembly/],
    'an address that nobody answers at': [() => 'http://127.0.0.1:1/core.wasm', /./],
    'a promise that is rejected': [() => Promise.reject(new Error('the line is dead')), /the line is dead/],
  };
  for (const [name, [make, message]] of Object.entries(sources)) {
    test(name, { timeout: 5000 }, async () => {
      const copy = await freshCopy();
      const source = make();
      const error = await errorOf(copy.ready(source));
      assert.equal(error.code, 'ERR_LOAD_FAILED', String(error));
      assert.match(error.message, message);
      assert.ok(error instanceof copy.StacTaskError);
      assert.ok(error.cause);
      assert.equal((await errorOf(() => copy.validateSync('{}'))).code, 'ERR_NOT_READY');
      await copy.ready(module);
      await assertWorks(copy);
    });
  }

  test('what waits for it fails, too, and validate() works after', async () => {
    const copy = await freshCopy();
    const calls = [copy.ready(foreign), copy.validate('{}'), copy.Payload.from('{}')];
    for (const outcome of await Promise.allSettled(calls)) {
      assert.equal(outcome.status, 'rejected');
      assert.equal(outcome.reason.code, 'ERR_LOAD_FAILED');
    }
    await assertWorks(copy);
  });

  for (const source of [null, 5, true, Symbol('core'), () => core, new Date(), { core: null }, { core: 5 }]) {
    const name = typeof source === 'object' ? JSON.stringify(source) : String(source);
    test(`ready(${name}) is ERR_INVALID_ARGUMENT`, async () => {
      const copy = await freshCopy();
      const error = await errorOf(copy.ready(/** @type {any} */ (source)));
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
      await assertWorks(copy);
    });
  }
});

test('many calls at once compile and instantiate once', async (t) => {
  const compile = t.mock.method(WebAssembly, 'compile');
  const instantiate = t.mock.method(WebAssembly, 'instantiate');
  const { Payload, ready, validate } = await freshCopy();
  await Promise.all([
    ...Array.from({ length: 20 }, () => validate('{}')),
    ...Array.from({ length: 5 }, () => ready()),
    ...Array.from({ length: 5 }, () => Payload.from('{}')),
  ]);
  assert.deepEqual([compile.mock.callCount(), instantiate.mock.callCount()], [1, 1]);
});

test('after the core runs out of memory, the next call works', async () => {
  // A hundred pages of 64 KB are enough for small payloads, for neither of the large ones.
  const program = `
    import { Payload, ready, StacTaskError, validate, validateSync } from 'stac-task';
    await ready();
    const payload = new Payload({ process: [{ tasks: { a: {} } }] });
    const answers = [];
    for (const text of ['{"process":[[' + '[],'.repeat(300_000) + '0]]}', ' '.repeat(10_000_000) + '{}']) {
      const error = await validate(text).catch((error) => error);
      const next = [validateSync('{"process": 5}').issues[0].code, Object.keys(payload.taskOptions)[0]];
      answers.push({ code: error.code, known: error instanceof StacTaskError, hint: typeof error.hint, next });
    }
    console.log(JSON.stringify(answers));`;
  const args = ['--wasm-max-mem-pages=100', '--input-type=module', '-e', program];
  const answers = await runForJson(process.execPath, args, { cwd: root });
  const next = ['process-type', 'a'];
  assert.match(answers[0].code, /^ERR_(CORE_TRAP|OUT_OF_MEMORY)$/);
  assert.deepEqual(answers, [
    { code: answers[0].code, known: true, hint: 'string', next },
    { code: 'ERR_OUT_OF_MEMORY', known: true, hint: 'string', next },
  ]);
});
