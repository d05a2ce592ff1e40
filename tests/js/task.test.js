/*
 * Tasks where Python says nothing, or where they are deliberately better: folders, signals, iterables, loggers, hostile
 * payloads. What Python says is in task-vectors.test.js.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, promises, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import {
  FailedValidation,
  Payload,
  PayloadTypeError,
  ready,
  StacTaskError,
  Task,
  toFetchHandler,
} from 'stac-task';

import { openStore } from '../../js/stores/memory.js';
import { errorOf, freshCopy } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'stac-task-tasks-'));
after(() => rmSync(folder, { recursive: true }));
before(() => ready());

const silent = { log: () => {} };
const quiet = { logger: silent };

/**
 * A logger that keeps what it is told.
 * @returns {{ lines: any[][], logger: any }}
 */
function recorder() {
  /** @type {any[][]} */
  const lines = [];
  const level =
    (/** @type {string} */ name) =>
    (/** @type {any[]} */ ...message) =>
      lines.push([name, ...message]);
  return {
    lines,
    logger: { debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') },
  };
}

/** A task whose `process` is this function. @param {(this: Task, parameters: any) => any} process */
const taskOf = (process, name = 'my-task') =>
  class extends Task {
    static name = name;
    process(/** @type {any} */ parameters) {
      return process.call(this, parameters);
    }
  };

describe('the name of a task', () => {
  class Unnamed extends Task {}
  class Named extends Task {
    static name = 'named';
  }
  class Alias extends Task {
    static name = 'other';
    static taskName = 'alias';
  }
  class OnlyAlias extends Task {
    static taskName = 'alias';
  }
  class Getter extends Task {
    static get name() {
      return 'getter';
    }
  }
  class OfNamed extends Named {}
  class OfAlias extends Alias {
    static name = 'nearer';
  }
  class NearerName extends Named {
    static name = 'nearer';
  }
  class Assigned extends Task {}
  // As compilers write it that know no static fields.
  Assigned.taskName = 'assigned';

  const names = /** @type {const} */ ([
    ['is task, as in Python, where none was written', Unnamed, 'task'],
    ['is the static name', Named, 'named'],
    ['is taskName where there are both', Alias, 'alias'],
    ['is taskName where there is only that', OnlyAlias, 'alias'],
    ['is what a static getter gives', Getter, 'getter'],
    ['is inherited', OfNamed, 'named'],
    ['is an inherited taskName rather than a name', OfAlias, 'alias'],
    ['is the nearest name', NearerName, 'nearer'],
    ['can be assigned', Assigned, 'assigned'],
    ['of Task itself is task', Task, 'task'],
  ]);
  for (const [what, type, name] of names) {
    test(what, () => {
      assert.equal(type.taskName, name);
      const item = type.addSoftwareVersionToItem({});
      assert.deepEqual(item, {
        stac_extensions: ['https://stac-extensions.github.io/processing/v1.1.0/schema.json'],
        properties: { 'processing:software': { [name]: '0.1.0' } },
      });
    });
  }

  test('chooses the options', async () => {
    const payload = { process: [{ tasks: { alias: { a: 1 }, task: { a: 2 } } }] };
    class Mine extends Alias {
      process() {
        return [];
      }
    }
    assert.deepEqual((await Mine.from(payload)).parameters, { a: 1 });
  });
});

describe('making a task', () => {
  const MyTask = taskOf(() => []);

  test('needs ready(), and from() does not', async () => {
    const copy = await freshCopy();
    class Fresh extends copy.Task {
      process() {
        return [];
      }
    }
    assert.equal((await errorOf(() => new Fresh({}))).code, 'ERR_NOT_READY');
    assert.equal((await errorOf(() => Fresh.addSoftwareVersionToItem({}))).code, 'ERR_NOT_READY');
    const task = await Fresh.from('{"id": "a"}');
    assert.equal(task.payload.data.id, 'a');
  });

  test('handler() needs nothing', async () => {
    const copy = await freshCopy();
    class Fresh extends copy.Task {
      process() {
        return [];
      }
    }
    assert.deepEqual(await Fresh.handler({ id: 'a' }), { id: 'a', features: [] });
  });

  test('without process() is an error, before anything else', async () => {
    class Abstract extends Task {}
    const error = await errorOf(() => new Abstract({ process: 5 }));
    assert.equal(error.code, 'ERR_NO_PROCESS');
    assert.equal(error.message, "Can't instantiate abstract class Abstract with abstract method process");
  });

  test('copies the upper level of the payload, and shares the rest', () => {
    const given = { features: [], process: [{}] };
    const task = new MyTask(given);
    task.payload.data['id'] = 'a';
    assert.deepEqual(Object.keys(given), ['features', 'process']);
    assert.equal(task.items, given.features);
  });

  const wrongOptions = /** @type {any[]} */ ([
    { uploads: true },
    { upload: 'no' },
    { workdir: 5 },
    { logger: () => {} },
    { resolve: {} },
    { maxBytes: -1 },
    { signal: {} },
    { signal: null },
  ]);
  for (const options of wrongOptions) {
    test(`refuses ${JSON.stringify(options)}`, async () => {
      assert.equal((await errorOf(() => new MyTask({}, options))).code, 'ERR_INVALID_ARGUMENT');
      assert.equal((await errorOf(MyTask.handler({}, options))).code, 'ERR_INVALID_ARGUMENT');
    });
  }

  const uploads = /** @type {const} */ ([
    [{}, true],
    [{ upload: true }, true],
    [{ upload: false }, false],
    [{ skipUpload: true }, false],
    [{ upload: true, skipUpload: true }, false],
    [{ upload: false, skipUpload: false }, false],
  ]);
  for (const [options, upload] of uploads) {
    test(`${JSON.stringify(options)}: upload is ${upload}`, () => {
      assert.equal(new MyTask({}, { ...options, workdir: folder }).upload, upload);
    });
  }
});

describe('validate()', () => {
  /** @param {(this: Task) => any} validate */
  const taskThat = (validate) =>
    class extends taskOf(() => [{}]) {
      validate() {
        return validate.call(this);
      }
    };

  for (const refusal of [false, undefined, null, 0, '']) {
    test(`that gives ${JSON.stringify(refusal)} refuses the payload`, async () => {
      const error = await errorOf(taskThat(() => refusal).handler({}, quiet));
      assert.ok(error instanceof FailedValidation);
      assert.equal(error.code, 'ERR_FAILED_VALIDATION');
      assert.deepEqual(error.python, { type: 'FailedValidation', message: '' });
    });
  }

  test('can throw an error of its own', async () => {
    const mine = new FailedValidation('no bands');
    const { lines, logger } = recorder();
    const Mine = taskThat(() => {
      throw mine;
    });
    assert.equal(await errorOf(Mine.handler({ id: 'a' }, { logger })), mine);
    assert.deepEqual(
      lines.filter(([level]) => level === 'error'),
      [['error', '[a] no bands', mine]],
    );
  });

  test('that is asynchronous is an error, not an approval', async () => {
    const Mine = taskThat(async () => {
      throw new Error('too late');
    });
    const error = await errorOf(Mine.handler({}, quiet));
    assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
    assert.match(error.message, /asynchronous/);
  });

  test('has the logger, the work directory and the options', async () => {
    /** @type {any} */
    let seen;
    const Mine = taskThat(function () {
      seen = { workdir: existsSync(this.workdir), logger: typeof this.logger.info, upload: this.upload };
      return true;
    });
    await Mine.handler({}, { upload: false });
    assert.deepEqual(seen, { workdir: true, logger: 'function', upload: false });
  });

  for (const options of [{ validate: false }, { skipValidation: true }]) {
    test(`is not asked with ${JSON.stringify(options)}; the payload is checked all the same`, async () => {
      const Mine = taskThat(() => false);
      assert.deepEqual(await Mine.handler({}, options), { features: [{}] });
      assert.ok(
        (await errorOf(Mine.handler({ process: 5 }, { ...options, ...quiet }))) instanceof PayloadTypeError,
      );
    });
  }
});

describe("a class's own constructor", () => {
  /**
   * @param {(payload: any, options: any) => [payload: any, options: any]} change  what it gives to Task's
   * @param {() => boolean} validate
   */
  const taskWith = (change, validate) =>
    class extends taskOf(() => []) {
      constructor(/** @type {any} */ payload, /** @type {any} */ options) {
        super(...change(payload, options));
      }
      validate() {
        return validate();
      }
    };
  /** @type {[how: string, make: (type: typeof Task, payload: object, options: object) => any][]} */
  const makers = [
    ['new', (type, payload, options) => new type(payload, options)],
    ['from()', (type, payload, options) => type.from(payload, options)],
    ['handler()', (type, payload, options) => type.handler(payload, options)],
  ];
  for (const [how, make] of makers) {
    test(`decides whether validate() is asked: ${how}`, async () => {
      const Never = taskWith(
        (payload, options) => [payload, { ...options, validate: false }],
        () => false,
      );
      assert.ok(await make(Never, {}, quiet));
      const Always = taskWith(
        (payload, options) => [payload, { ...options, validate: true }],
        () => false,
      );
      const error = await errorOf(async () => make(Always, {}, { ...quiet, validate: false }));
      assert.ok(error instanceof FailedValidation);
    });

    test(`may name a work directory, which stays when the payload is refused: ${how}`, async () => {
      const workdir = join(folder, 'named by the class');
      const Named = taskWith(
        (payload, options) => [payload, { ...options, workdir, saveWorkdir: false }],
        () => false,
      );
      assert.ok((await errorOf(async () => make(Named, {}, quiet))) instanceof FailedValidation);
      assert.ok(existsSync(workdir));
      rmSync(workdir, { recursive: true });
    });

    test(`may make another task first, and each is asked once: ${how}`, async () => {
      /** @type {string[]} */
      const asked = [];
      const asks = (/** @type {string} */ name) => () => asked.push(name) > 0;
      const Helper = taskWith((...given) => given, asks('helper'));
      const Main = taskWith((payload, options) => {
        assert.ok(new Helper({}, quiet));
        return [payload, options];
      }, asks('main'));
      await make(Main, {}, quiet);
      assert.deepEqual(asked, ['helper', 'main']);
    });

    test(`may make a task of another class in its place, which is asked once: ${how}`, async () => {
      let asked = 0;
      const Special = taskWith(
        (...given) => given,
        () => ++asked > 0,
      );
      const General = class extends taskOf(() => []) {
        // biome-ignore lint/correctness/noUnreachableSuper: what is given in its place makes it needless
        constructor(/** @type {any} */ payload, /** @type {any} */ options) {
          // biome-ignore lint/correctness/noConstructorReturn: it is what is tested
          return new Special(payload, options);
        }
      };
      await make(General, {}, quiet);
      assert.equal(asked, 1);
    });
  }

  test('may pass another payload on, which is checked though the one before was', async () => {
    let ran = false;
    class Other extends Task {
      constructor(/** @type {any} */ _payload, /** @type {any} */ options) {
        super({ process: [{ workflow_options: 5 }] }, options);
      }
      process() {
        ran = true;
        return [];
      }
    }
    const headers = { 'content-type': 'application/json' };
    const request = new Request('https://tasks.example/', { method: 'POST', headers, body: '{}' });
    const { status } = await toFetchHandler(Other, quiet)(request);
    assert.deepEqual([status, ran], [500, false]);
  });
});

describe('the work directory', () => {
  /** What is seen of it while a task runs, and after. @param {import('stac-task').TaskOptions} options */
  async function lifeOf(options, process = () => /** @type {any} */ ([])) {
    /** @type {any} */
    const seen = {};
    const Mine = taskOf(function () {
      seen.path = this.workdir;
      seen.during = existsSync(this.workdir);
      writeFileSync(join(this.workdir, 'a.txt'), 'a');
      return process();
    });
    seen.error = await Mine.handler({}, { ...quiet, ...options }).then(
      () => undefined,
      (error) => error,
    );
    return { ...seen, after: existsSync(seen.path) };
  }
  const fails = () => {
    throw new Error('process fails');
  };

  test('is temporary, and is removed', async () => {
    const { path, during, after: left } = await lifeOf({});
    assert.ok(path.startsWith(tmpdir()));
    assert.deepEqual([during, left], [true, false]);
  });

  test('is removed when process() fails', async () => {
    const { error, during, after: left } = await lifeOf({}, fails);
    assert.equal(error.message, 'process fails');
    assert.deepEqual([during, left], [true, false]);
  });

  test('is kept where it was given', async () => {
    const { path, after: left } = await lifeOf({ workdir: join(folder, 'new/deep') });
    assert.deepEqual([path, left], [join(folder, 'new/deep'), true]);
  });

  test('is kept where that is asked', async () => {
    const { path, after: left } = await lifeOf({ saveWorkdir: true });
    assert.equal(left, true);
    rmSync(path, { recursive: true });
  });

  test('is removed where that is asked', async () => {
    assert.equal((await lifeOf({ workdir: join(folder, 'given'), saveWorkdir: false })).after, false);
  });

  const temporaries = () => readdirSync(folder).sort();
  /** @type {[what: string, type: typeof Task][]} */
  const failing = [
    [
      'validate() refuses',
      class extends taskOf(() => []) {
        validate() {
          return !existsSync(this.workdir);
        }
      },
    ],
    [
      "a class's own constructor fails",
      class extends taskOf(() => []) {
        constructor(/** @type {any} */ payload, /** @type {any} */ options) {
          super(payload, options);
          assert.ok(existsSync(this.workdir));
          throw new Error('too late');
        }
      },
    ],
    [
      'a field of the class fails',
      class extends taskOf(() => []) {
        field = existsSync(this.workdir) && fails();
      },
    ],
  ];
  for (const [what, type] of failing) {
    test(`is removed when ${what}`, async () => {
      const before = temporaries();
      const error = await errorOf(() => new type({}, { workdir: join(folder, 'mine'), saveWorkdir: false }));
      // A folder that was named stays: it may have been there before.
      if (error instanceof FailedValidation) assert.deepEqual(temporaries(), [...before, 'mine'].sort());
      rmSync(join(folder, 'mine'), { recursive: true, force: true });
      const { TMPDIR } = process.env;
      process.env.TMPDIR = folder;
      try {
        assert.ok((await errorOf(type.handler({}, quiet))) instanceof Error);
        assert.deepEqual(temporaries(), before);
      } finally {
        if (TMPDIR === undefined) delete process.env.TMPDIR;
        else process.env.TMPDIR = TMPDIR;
      }
    });
  }

  test('that was named stays when the payload is refused', async () => {
    const mine = join(folder, 'precious');
    const Refusing = class extends taskOf(() => []) {
      validate = () => false;
    };
    for (const make of [Refusing.from, Refusing.handler]) {
      const error = await errorOf(make.call(Refusing, {}, { workdir: mine, saveWorkdir: false, ...quiet }));
      assert.ok(error instanceof FailedValidation, 'a field of the class refuses as a method does');
      assert.ok(existsSync(mine));
    }
    rmSync(mine, { recursive: true });
  });

  test('that cannot be removed is a warning', async (t) => {
    const { lines, logger } = recorder();
    const task = new (taskOf(() => []))({ id: 'a' }, { logger });
    const { workdir } = task;
    t.mock.method(promises, 'rm', () => Promise.reject(new Error('it is busy')));
    await task.cleanupWorkdir();
    assert.deepEqual(lines, [
      ['debug', `[a] Removing work directory ${workdir}`],
      ['warn', `[a] Failed removing work directory ${workdir}: it is busy`],
    ]);
    t.mock.restoreAll();
    await task.cleanupWorkdir();
    assert.equal(existsSync(workdir), false);
  });

  test('that nobody asks for is never made', async () => {
    const { lines, logger } = recorder();
    await taskOf(() => []).handler({}, { logger });
    assert.deepEqual(lines, []);
  });

  test('openWorkdir() reads and writes it', async () => {
    const workdir = join(folder, 'store');
    const store = await new (taskOf(() => []))({}, { workdir }).openWorkdir();
    const href = await store.write('a/b.txt', 'one');
    assert.equal(href, join(workdir, 'a/b.txt'));
    await store.write('c', new Blob(['two']));
    await store.write('d', new Response('three'));
    await store.write('e', new Response('four').body ?? '');
    await store.write('f', new TextEncoder().encode('five').buffer);
    const texts = await Promise.all(
      (await store.list()).map(async (name) => [name, new TextDecoder().decode(await store.read(name))]),
    );
    assert.deepEqual(texts, [
      ['a/b.txt', 'one'],
      ['c', 'two'],
      ['d', 'three'],
      ['e', 'four'],
      ['f', 'five'],
    ]);
    await store.remove('a/b.txt');
    await store.remove('a/b.txt');
    assert.equal((await errorOf(store.read('a/b.txt'))).code, 'ERR_NO_SUCH_FILE');
    for (const name of ['../a', '/a', 'a/../../b', 'a//b', '', '.', 'a\\b', 'c:/a', 'a\0']) {
      assert.equal((await errorOf(store.write(name, ''))).code, 'ERR_INVALID_ARGUMENT', name);
    }
  });

  for (const [
    what,
    open,
  ] of /** @type {[string, (name: string) => Promise<import('stac-task').Store>][]} */ ([
    ['a folder', (name) => new (taskOf(() => []))({}, { workdir: join(folder, name) }).openWorkdir()],
    ['memory', (name) => openStore(`memory:${name}`)],
  ])) {
    test(`${what} that was cleared is empty, and stays so`, async () => {
      const store = await open(`cleared-${what.length}`);
      /** @type {(text: string) => void} */
      let send = () => {};
      const late = new Promise((resolve) => {
        send = resolve;
      });
      const body = new ReadableStream({
        async pull(controller) {
          controller.enqueue(new TextEncoder().encode(await late));
          controller.close();
        },
      });
      await store.write('a', 'one');
      // A file that is open already may be written to its end: it has no name any more.
      const writing = store.write('b/c', new Response(body)).catch(() => {});
      await store.clear();
      await store.clear();
      send('late');
      await writing;
      for (const name of ['a', 'd/e']) {
        assert.equal((await errorOf(store.write(name, ''))).code, 'ERR_WORKDIR_REMOVED', name);
      }
      assert.deepEqual(await store.list(), []);
      await store.remove('a');
      assert.equal((await errorOf(store.read('a'))).code, 'ERR_NO_SUCH_FILE');
      assert.equal(existsSync(store.workdir), false);
    });
  }

  test('is gone for good once it was cleaned up', async () => {
    const Mine = taskOf(function () {
      open = () => this.openWorkdir();
      path = this.workdir;
      return [];
    });
    let path = '';
    /** @type {() => Promise<import('stac-task').Store>} */
    let open = () => assert.fail('the task did not run');
    await Mine.handler({}, quiet);
    assert.equal((await errorOf(open())).code, 'ERR_WORKDIR_REMOVED');
    const task = await Mine.from({});
    const store = await task.openWorkdir();
    await task.cleanupWorkdir();
    assert.equal((await errorOf(store.write('a/b', ''))).code, 'ERR_WORKDIR_REMOVED');
    assert.deepEqual([existsSync(path), existsSync(store.workdir)], [false, false]);
    const unused = await Mine.from({});
    await unused.cleanupWorkdir();
    assert.equal((await errorOf(() => unused.workdir)).code, 'ERR_WORKDIR_REMOVED');
  });
});

describe('process()', () => {
  /** @type {[what: string, process: () => any][]} */
  const results = [
    ['an array', () => [{ id: 'a' }, { id: 'b' }]],
    ['a promise of an array', async () => [{ id: 'a' }, { id: 'b' }]],
    ['an array of promises', () => [Promise.resolve({ id: 'a' }), { id: 'b' }]],
    ['a set', () => new Set([{ id: 'a' }, { id: 'b' }])],
    [
      'a generator',
      function* () {
        yield { id: 'a' };
        yield { id: 'b' };
      },
    ],
    [
      'an asynchronous generator',
      async function* () {
        yield { id: 'a' };
        yield { id: 'b' };
      },
    ],
    ['a stream', () => ReadableStream.from([{ id: 'a' }, { id: 'b' }])],
  ];
  for (const [what, process] of results) {
    test(`may give ${what}`, async () => {
      const given = { process: [{ collection_matchers: [{ type: 'catch_all', collection_name: 'c' }] }] };
      assert.deepEqual((await taskOf(process).handler(given)).features, [
        { id: 'a', collection: 'c' },
        { id: 'b', collection: 'c' },
      ]);
    });
  }

  /** @type {[what: string, listOf: (...promises: Promise<object>[]) => any][]} */
  const lists = [
    ['an array', (...promises) => promises],
    ['a set', (...promises) => new Set(promises)],
  ];
  for (const [what, listOf] of lists) {
    test(`may give ${what} of promises of which a later one fails first`, async () => {
      /** @type {unknown[]} */
      const unhandled = [];
      const note = (/** @type {unknown} */ error) => unhandled.push(error);
      process.on('unhandledRejection', note);
      try {
        const mine = new Error('the second item is bad');
        const Mine = taskOf(() =>
          // Whole turns of the event loop: by then a rejection that nobody handles is reported.
          listOf(
            turn().then(() => ({ id: 'a' })),
            Promise.reject(mine),
            turn()
              .then(() => turn())
              .then(() => Promise.reject(new Error('the third item is bad'))),
          ),
        );
        assert.equal(await errorOf(Mine.handler({}, quiet)), mine);
        for (let count = 0; count < 4; ++count) await turn();
        assert.deepEqual(unhandled, []);
      } finally {
        process.off('unhandledRejection', note);
      }
    });
  }

  const nothings = /** @type {const} */ ([
    [undefined, 'NoneType'],
    [null, 'NoneType'],
    [{ id: 'a' }, 'dict'],
    [5, 'int'],
    [true, 'bool'],
  ]);
  for (const [result, type] of nothings) {
    test(`may not give ${JSON.stringify(result)}`, async () => {
      const error = await errorOf(taskOf(() => result).handler({}, quiet));
      assert.ok(error instanceof PayloadTypeError);
      assert.equal(error.message, `'${type}' object is not iterable`);
      assert.match(error.hint, /array/);
    });
  }

  test('is called with the parameters, whatever their names', async () => {
    /** @type {any} */
    let seen;
    const workflow_options = JSON.parse('{"self": 1, "this": 2, "__proto__": {"a": 1}}');
    await taskOf((parameters) => {
      seen = parameters;
      return [];
    }).handler({ process: [{ workflow_options, tasks: { 'my-task': { self: 3 } } }] });
    assert.equal(JSON.stringify(seen), '{"self":3,"this":2,"__proto__":{"a":1}}');
    assert.equal(Object.getPrototypeOf(seen), Object.prototype);
    assert.equal(seen.a, undefined);
  });

  test('has the items, and the payload gets new ones', async () => {
    const payload = { features: [{ id: 'a' }], other: [1] };
    const result = await taskOf(function () {
      return this.items.map((item) => ({ ...item, seen: true }));
    }).handler(payload);
    assert.deepEqual(result, { features: [{ id: 'a', seen: true }], other: [1] });
    assert.deepEqual(payload, { features: [{ id: 'a' }], other: [1] });
  });

  test('takes what Payload.from takes', async () => {
    const Mine = taskOf(function () {
      return this.items;
    });
    const text = '{"features": [{"id": "a"}]}';
    const inputs = [text, new TextEncoder().encode(text), new Response(text), await Payload.from(text)];
    for (const input of inputs) assert.deepEqual(await Mine.handler(input), { features: [{ id: 'a' }] });
  });

  test('an item with a cycle is an error', async () => {
    /** @type {any} */
    const item = { stac_extensions: [] };
    item.stac_extensions.push(item.stac_extensions);
    assert.equal((await errorOf(taskOf(() => [item]).handler({}, quiet))).code, 'ERR_INVALID_INPUT');
  });

  test('a getter that nobody needs is not called', async () => {
    const item = {
      id: 'a',
      get geometry() {
        throw new Error('nobody asked');
      },
    };
    const { features } = await taskOf(() => [item]).handler({});
    assert.equal(features[0], item);
  });
});

describe('postProcessItem()', () => {
  /** @param {(item: any) => any} postProcess */
  const taskThat = (postProcess) =>
    class extends taskOf(() => [{ id: 'a', stac_extensions: ['b', 'a'] }]) {
      postProcessItem(/** @type {any} */ item) {
        return postProcess(item);
      }
    };
  const another = { id: 'b', stac_extensions: ['d', 'c'] };
  /** @type {[what: string, postProcess: (item: any) => any, expected: object][]} */
  const results = [
    [
      'may change the item',
      (item) => void Object.assign(item, { id: 'c' }),
      { id: 'c', stac_extensions: ['a', 'b'] },
    ],
    ['may give another', () => structuredClone(another), { id: 'b', stac_extensions: ['c', 'd'] }],
    ['may take its time', async () => structuredClone(another), { id: 'b', stac_extensions: ['c', 'd'] }],
    ['may give null, for the item itself', () => null, { id: 'a', stac_extensions: ['a', 'b'] }],
  ];
  for (const [what, postProcess, expected] of results) {
    test(what, async () => {
      assert.deepEqual((await taskThat(postProcess).handler({})).features, [expected]);
    });
  }

  test('sorts the very list', async () => {
    const stac_extensions = ['b', 'a'];
    await taskOf(() => [{ stac_extensions }]).handler({});
    assert.deepEqual(stac_extensions, ['a', 'b']);
  });

  test('sorts what a getter gives, be it the same list or a new one each time', async () => {
    const kept = ['b', 'a'];
    const items = [
      {
        get stac_extensions() {
          return kept;
        },
      },
      {
        get stac_extensions() {
          return ['d', 'c'];
        },
      },
    ];
    const { features } = await taskOf(() => items).handler({});
    assert.deepEqual(
      features.map((/** @type {any} */ item) => item.stac_extensions),
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    );
    assert.deepEqual(kept, ['a', 'b']);
  });

  test('sorts a list that has more elements than a call may have arguments', async () => {
    const stac_extensions = Array.from({ length: 300_000 }, (_, index) => `e${999_999 - index}`);
    const sorted = [...stac_extensions].sort();
    await taskOf(() => [{ stac_extensions }]).handler({});
    assert.deepEqual(stac_extensions, sorted);
  });

  test('that fails is logged and thrown again', async () => {
    const mine = new Error('no such band');
    const { lines, logger } = recorder();
    const Mine = taskThat(() => {
      throw mine;
    });
    assert.equal(await errorOf(Mine.handler({ id: 'p' }, { logger })), mine);
    assert.deepEqual(lines[0], ['error', '[p] no such band', mine]);
  });
});

describe('the logger', () => {
  const ids = /** @type {[what: string, payload: object, options: object, prefix: string][]} */ ([
    ["has the payload's id", { id: 'a' }, {}, '[a] '],
    ["has the request's id, too", { id: 'a' }, { requestId: 'r' }, '[a r] '],
    ["has Lambda's id of the request", { id: 'a' }, { context: { awsRequestId: 'r' } }, '[a r] '],
    [
      'has an id that was given rather than that',
      { id: 'a' },
      { requestId: 'r', context: { awsRequestId: 's' } },
      '[a r] ',
    ],
    ['has the one id that there is', {}, { requestId: 'r' }, '[r] '],
    ['leaves blank ids out', { id: '' }, { requestId: '' }, ''],
    ['leaves null out', { id: null }, {}, ''],
    ['has nothing where there is none', {}, {}, ''],
    ['has a number', { id: 5 }, {}, '[5] '],
    ['has an object as JSON, whatever its members', { id: { toString: 1 } }, {}, '[{"toString":1}] '],
    ['has no line feed of an id', { id: 'a\nb' }, {}, '[a b] '],
    ['has the beginning of a long id', { id: '🌍'.repeat(1000) }, {}, `[${'🌍'.repeat(200)}…] `],
    ['has a BigInt', { id: 5n }, {}, '[5] '],
    ['has an id that JSON leaves out', { id: { toJSON() {} } }, {}, '[undefined] '],
    [
      'has a mark for an id that has no text',
      {
        id: {
          toJSON() {
            throw new Error('no text');
          },
        },
      },
      {},
      '[?] ',
    ],
  ]);
  for (const [what, payload, options, prefix] of ids) {
    test(what, async () => {
      const { lines, logger } = recorder();
      await taskOf(function () {
        this.logger.info('from %s', 'here', 5);
        this.logger.warn({ a: 1 });
        return [];
      }).handler(payload, { ...options, logger });
      assert.deepEqual(lines[0], ['info', `${prefix}from %s`, 'here', 5]);
      assert.deepEqual(lines[1], ['warn', ...(prefix ? [prefix.trim()] : []), { a: 1 }]);
    });
  }

  test('is the console, but for debug', async (t) => {
    const mocks = /** @type {const} */ (['debug', 'info', 'warn', 'error']).map((level) =>
      t.mock.method(console, level, () => {}),
    );
    await taskOf(function () {
      for (const level of /** @type {const} */ (['debug', 'info', 'warn', 'error'])) this.logger[level]('a');
      return [];
    }).handler({ id: 'p' });
    assert.deepEqual(
      mocks.map((mock) => mock.mock.calls.map((call) => call.arguments)),
      [[], [['[p] a']], [['[p] a']], [['[p] a']]],
    );
  });

  test('may have log() only, or nothing', async () => {
    /** @type {any[]} */
    const lines = [];
    const Mine = taskOf(function () {
      this.logger.info('a');
      return [];
    });
    await Mine.handler({}, { logger: { log: (/** @type {any} */ ...message) => lines.push(message) } });
    assert.deepEqual(lines[0], ['a']);
    await Mine.handler({}, { logger: {} });
  });

  test('that fails decides nothing', async () => {
    const fails = () => {
      throw new Error('the disk is full');
    };
    const mine = new Error('mine');
    const Mine = taskOf(() => Promise.reject(mine));
    assert.equal(await errorOf(Mine.handler({}, { logger: { error: fails, debug: fails } })), mine);
  });

  test('gets the errors of a bad payload', async () => {
    const { lines, logger } = recorder();
    await errorOf(taskOf(() => []).handler({ id: 'a', process: 5 }, { logger }));
    assert.equal(lines[0]?.[1], "[a] unable to parse 'process': must be type list");
  });
});

describe('a signal', () => {
  const reason = new Error('enough');

  test('that is aborted already: nothing begins', async () => {
    let began = false;
    const Mine = taskOf(() => {
      began = true;
      return [];
    });
    assert.equal(await errorOf(Mine.handler({}, { ...quiet, signal: AbortSignal.abort(reason) })), reason);
    assert.equal(began, false);
  });

  /** @type {[what: string, payload: () => any, options?: import('stac-task').TaskOptions][]} */
  const silences = [
    ['a stream that is silent', () => new ReadableStream({ pull: () => new Promise(() => {}) })],
    ['a resolver that does not heed it', () => ({ href: 'a:b' }), { resolve: () => new Promise(() => {}) }],
  ];
  for (const [what, payload, options] of silences) {
    test(`ends the waiting for ${what}`, async () => {
      const controller = new AbortController();
      const given = { ...quiet, ...options, signal: controller.signal };
      const running = errorOf(taskOf(() => []).handler(payload(), given));
      await turn();
      controller.abort(reason);
      assert.equal(await running, reason);
    });
  }

  test('stops between items, closes the generator, and cleans up', async () => {
    const controller = new AbortController();
    /** @type {any} */
    const seen = { items: 0 };
    const Mine = taskOf(async function* () {
      seen.workdir = this.workdir;
      try {
        for (; seen.items < 5; ++seen.items) {
          if (seen.items === 2) controller.abort(reason);
          yield {};
        }
      } finally {
        seen.closed = true;
      }
    });
    assert.equal(await errorOf(Mine.handler({}, { ...quiet, signal: controller.signal })), reason);
    assert.deepEqual([seen.items, seen.closed, existsSync(seen.workdir)], [2, true, false]);
  });

  test('is there for process(), whose own error gives way to the reason', async () => {
    const controller = new AbortController();
    const Mine = taskOf(async function () {
      const stopped = new Promise((_, reject) => {
        this.signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
      controller.abort(reason);
      return stopped;
    });
    assert.equal(await errorOf(Mine.handler({}, { ...quiet, signal: controller.signal })), reason);
  });

  test('that is never given is there, too', async () => {
    await taskOf(function () {
      assert.equal(this.signal.aborted, false);
      return [];
    }).handler({});
  });
});

describe('assignCollections()', () => {
  test('changes the items', () => {
    const features = [{ id: 'a' }, { id: 'b', collection: 'old' }];
    const matcher = { type: 'jsonpath', pattern: "$[?(@.id == 'a')]", collection_name: 'new' };
    const task = new (taskOf(() => []))(
      { features, process: [{ collection_matchers: [matcher] }] },
      { workdir: folder },
    );
    task.assignCollections();
    assert.deepEqual(features, [
      { id: 'a', collection: 'new' },
      { id: 'b', collection: 'old' },
    ]);
  });

  test('needs features', async () => {
    const task = new (taskOf(() => []))({}, { workdir: folder });
    assert.deepEqual((await errorOf(() => task.assignCollections())).python, {
      type: 'KeyError',
      message: "'features'",
    });
  });
});

describe('createItemFromItem()', () => {
  test('copies what toJSON gives', () => {
    class Mine {
      #data = { id: 'a', links: [{ rel: 'self', href: 'b' }] };
      toJSON() {
        return this.#data;
      }
    }
    const { id, links } = /** @type {any} */ (Task.createItemFromItem(new Mine()));
    assert.deepEqual([id, links[1].rel, links[1].href], ['a', 'derived_from', 'b']);
    assert.deepEqual(JSON.parse(JSON.stringify(new Mine())).links.length, 1);
  });

  for (const [what, item] of /** @type {[string, object][]} */ ([
    ['a proxy', new Proxy({ id: 'a', links: [] }, {})],
    ['an item with a function', { id: 'a', links: [], draw() {} }],
  ])) {
    test(`refuses ${what}`, async () => {
      const error = await errorOf(() => Task.createItemFromItem(item));
      assert.ok(error instanceof StacTaskError);
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
    });
  }
});

describe('addSoftwareVersionToItem()', () => {
  const schema = 'https://stac-extensions.github.io/processing/v1.1.0/schema.json';

  test('keeps the order, and the very objects', () => {
    const properties = { a: 1 };
    const item = { properties, stac_extensions: ['b', schema, 'a', 'b'] };
    assert.equal(taskOf(() => []).addSoftwareVersionToItem(item), item);
    assert.deepEqual(item.stac_extensions, ['b', schema, 'a']);
    assert.equal(item.properties, properties);
  });

  test('of many extensions is quick', () => {
    const item = { stac_extensions: Array.from({ length: 200_000 }, (_, i) => `e${i % 100_000}`) };
    Task.addSoftwareVersionToItem(item);
    assert.equal(item.stac_extensions.length, 100_001);
  });
});

test('a task of another copy of the package is a task, too', async () => {
  const copy = await freshCopy();
  assert.equal(/** @type {any} */ (copy.Task).isStacTask, true);
  class Theirs extends copy.Task {
    process() {
      return [];
    }
  }
  const error = await errorOf(Theirs.handler({ process: 5 }, quiet));
  assert.ok(error instanceof StacTaskError);
});
