/*
 * A task behind HTTP, asked with Requests as a runtime would make them.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { FailedValidation, InvalidInput, Payload, Task, toFetchHandler } from 'stac-task';

/** Does what its options say. */
class MyTask extends Task {
  static name = 'my-task';
  static version = '1.0.0';

  validate() {
    if (this.parameters['refuse'] === 'plainly') return false;
    if (this.parameters['refuse']) throw new FailedValidation('there are no clouds');
    return true;
  }

  async process(/** @type {Record<string, any>} */ { does }) {
    ran.push(this);
    if (does) return actions[does]?.(this);
    return this.items.map((item) => Task.createItemFromItem(item));
  }
}

const secret = 'secret-7f3a';
/** @type {MyTask[]} */
const ran = [];
/** @type {Record<string, (task: MyTask) => any>} */
const actions = {
  'finds the input bad': () => {
    throw new InvalidInput('scenes need a platform', []);
  },
  'reads something malformed': () => Payload.from(`{"a": ${secret}`),
  fails: () => {
    throw new Error(`cannot reach db.internal with ${secret}`);
  },
  'throws a text': () => {
    throw secret;
  },
  'makes what is no JSON': (task) => {
    task.payload.data['loop'] = task.payload.data;
    return [];
  },
  waits: async ({ signal }) => {
    while (!signal.aborted) await turn();
    return [];
  },
};

const json = { 'content-type': 'application/json' };
const does = (/** @type {string} */ what) =>
  JSON.stringify({ id: 'p', process: [{ tasks: { 'my-task': { does: what } } }] });
const matched = (/** @type {string} */ pattern) => ({
  process: [{ collection_matchers: [{ type: 'jsonpath', pattern, collection_name: 'c' }] }],
  features: [{ id: 'a' }],
});

/**
 * @param {unknown} body  an object is sent as JSON
 * @param {RequestInit & { path?: string }} [init]
 */
const post = (body, { path = '', ...init } = {}) =>
  new Request(`https://tasks.example/run${path}`, {
    method: 'POST',
    headers: json,
    body:
      typeof body === 'object' && body && Object.getPrototypeOf(body) === Object.prototype
        ? JSON.stringify(body)
        : /** @type {BodyInit} */ (body),
    ...init,
    .../** @type {any} */ ({ duplex: 'half' }),
  });

/**
 * @param {Request} request
 * @param {import('stac-task').FetchHandlerOptions} [options]
 */
async function ask(request, options) {
  /** @type {any[][]} */
  const log = [];
  const logger = { log: (/** @type {any[]} */ ...parts) => log.push(parts) };
  const response = await toFetchHandler(MyTask, { logger, ...options })(request);
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, text, body: text === '' ? undefined : JSON.parse(text), log };
}

describe('a payload', () => {
  test('is checked once, and with its length read at once', async (t) => {
    const validate = t.mock.method(Payload.prototype, 'validate');
    const text = JSON.stringify({ type: 'FeatureCollection', process: [{}], features: [{ id: 'a' }] });
    const request = post(text, { headers: { ...json, 'content-length': String(text.length) } });
    const arrayBuffer = t.mock.method(request, 'arrayBuffer');
    assert.equal((await ask(request)).status, 200);
    assert.deepEqual([validate.mock.callCount(), arrayBuffer.mock.callCount()], [0, 1]);
  });

  test('is processed', async () => {
    const { status, headers, body, log } = await ask(
      post({
        id: 'p',
        process: [{ collection_matchers: [{ type: 'catch_all', collection_name: 'all' }] }],
        features: [{ id: 'a', links: [{ rel: 'self', href: 'https://example.com/a' }] }],
      }),
    );
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'application/json');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.match(headers.get('x-request-id') ?? '', /^[\da-f-]{36}$/);
    assert.equal(body.id, 'p');
    assert.deepEqual([body.features[0].id, body.features[0].collection], ['a', 'all']);
    assert.equal(body.features[0].links[1].rel, 'derived_from');
    assert.deepEqual(log, []);
  });

  /** @type {[what: string, type: string][]} */
  const types = [
    ['GeoJSON', 'application/geo+json'],
    ['any +json', 'application/vnd.stac+json'],
    ['capitals and UTF-8', 'Application/JSON ; charset="UTF-8"'],
    ['a parameter that nobody knows', 'application/json; profile=x'],
  ];
  for (const [what, type] of types) {
    test(`may be ${what}`, async () => {
      assert.equal((await ask(post('{}', { headers: { 'content-type': type } }))).status, 200);
    });
  }

  test('may have a type of its own', async () => {
    const options = { contentTypes: ['text/x-payload'] };
    assert.equal(
      (await ask(post('{}', { headers: { 'content-type': 'text/x-payload' } }), options)).status,
      200,
    );
    const refused = await ask(post('{}'), options);
    assert.deepEqual([refused.status, refused.headers.get('accept')], [415, 'text/x-payload']);
  });

  test('may have an id that is no text, which is in the log', async () => {
    const id = { toString: 1 };
    assert.equal((await ask(post({ id }))).status, 200);
    const { status, log } = await ask(post({ ...JSON.parse(does('fails')), id }));
    assert.equal(status, 500);
    assert.match(log[0]?.[0], /^\[\{"toString":1\} [\da-f-]{36}\] cannot reach/);
  });

  test('may come in pieces', async () => {
    const pieces = ['{"features": [{"id": "', 'é', '"}]}'].map((each) => new TextEncoder().encode(each));
    const { status, body } = await ask(post(ReadableStream.from(pieces)));
    assert.deepEqual([status, body.features[0].id], [200, 'é']);
  });

  test('has upload and validate from the options', async () => {
    ran.length = 0;
    const refused = { process: [{ tasks: { 'my-task': { refuse: 'aloud' } } }] };
    assert.equal((await ask(post(refused), { upload: false, validate: false })).status, 200);
    assert.equal(ran[0]?.upload, false);
  });

  test('may have members with the names of everything', async () => {
    const text = '{"__proto__": {"a": 1}, "toJSON": 1, "then": 2, "constructor": 3, "features": []}';
    const { status, text: answer } = await ask(post(text));
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(answer), JSON.parse(text));
  });
});

describe('?dry-run', () => {
  const payload = matched("$[?(@.id == 'a')]");

  test('explains, and runs nothing', async () => {
    ran.length = 0;
    const { status, headers, body } = await ask(post(payload, { path: '?dry-run' }));
    assert.deepEqual([status, headers.get('content-type')], [200, 'application/json']);
    assert.deepEqual([body.items[0].collection, body.items[0].from], ['c', 'matcher']);
    assert.equal(ran.length, 0);
  });

  test('explains what would be run, where JavaScript orders the keys of a mapping', async () => {
    const collections = `{"two": "$[?(@.id =~ 'a')]", "10": "$[?(@.id =~ '.*')]"}`;
    const text = `{"process": [{"upload_options": {"collections": ${collections}}}], "features": [{"id": "a"}]}`;
    const run = await ask(post(text));
    const dry = await ask(post(text, { path: '?dry-run' }));
    assert.deepEqual([dry.status, run.status], [200, 200]);
    assert.equal(dry.body.items[0].collection, run.body.features[0].collection);
  });

  for (const [query, isDry] of /** @type {[string, boolean][]} */ ([
    ['?a=1&dry-run=true', true],
    ['?dry-run=1', true],
    ['?dry-run=false', false],
    ['?dry-run=0', false],
    ['?dryrun', false],
  ])) {
    test(`${query} ${isDry ? 'is one' : 'is none'}`, async () => {
      const { body } = await ask(post(payload, { path: query }));
      assert.equal('items' in body, isDry);
    });
  }

  test('refuses what would be refused', async () => {
    assert.equal((await ask(post({ process: 5 }, { path: '?dry-run' }))).status, 400);
  });
});

describe('a problem document', () => {
  const long = `{"a": "${'x'.repeat(2000)}"}`;
  const endless = () =>
    new ReadableStream({ pull: (controller) => controller.enqueue(new TextEncoder().encode(' ')) });
  const breaking = () =>
    new ReadableStream({
      pull(controller) {
        controller.error(new Error(secret));
      },
    });
  const used = () => {
    const request = post('{}');
    request.text();
    return request;
  };
  const deep = `{"a": ${'['.repeat(1100)}${']'.repeat(1100)}}`;
  /** @type {Record<string, [request: () => Request, status: number, code: string, more?: { options?: any, issue?: string, detail?: RegExp, header?: [string, string] }]>} */
  const cases = {
    'to GET': [() => new Request('https://tasks.example/'), 405, 'ERR_METHOD', { header: ['allow', 'POST'] }],
    'to OPTIONS': [
      () => new Request('https://tasks.example/', { method: 'OPTIONS' }),
      405,
      'ERR_METHOD',
      { header: ['allow', 'POST'] },
    ],
    'to PUT': [() => new Request('https://tasks.example/', { method: 'PUT', body: '{}' }), 405, 'ERR_METHOD'],
    'where there is no type': [
      () => post(new TextEncoder().encode('{}'), { headers: {} }),
      415,
      'ERR_CONTENT_TYPE',
      { header: ['accept', 'application/json'] },
    ],
    'to a form': [
      () => post('{}', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      415,
      'ERR_CONTENT_TYPE',
    ],
    'to a type that only begins like JSON': [
      () => post('{}', { headers: { 'content-type': 'application/jsonl' } }),
      415,
      'ERR_CONTENT_TYPE',
    ],
    'to another charset': [
      () => post('{}', { headers: { 'content-type': 'application/json; charset=iso-8859-1' } }),
      415,
      'ERR_CONTENT_TYPE',
    ],
    'to a compressed payload': [
      () => post('{}', { headers: { ...json, 'content-encoding': 'gzip' } }),
      415,
      'ERR_CONTENT_ENCODING',
      { header: ['accept-encoding', 'identity'] },
    ],
    'to a payload that says it is too large': [
      () => post(long, { headers: { ...json, 'content-length': '2008' } }),
      413,
      'ERR_TOO_LARGE',
      { options: { maxBytes: 1000 } },
    ],
    'to a payload that says it is smaller than it is': [
      () => post(long, { headers: { ...json, 'content-length': '10' } }),
      413,
      'ERR_TOO_LARGE',
      { options: { maxBytes: 1000 } },
    ],
    'to a payload without end': [
      () => post(endless()),
      413,
      'ERR_TOO_LARGE',
      { options: { maxBytes: 1000 }, detail: /1000 bytes/ },
    ],
    'to more than 10 MiB': [() => post(`${' '.repeat(10 * 1024 * 1024 - 1)}{}`), 413, 'ERR_TOO_LARGE'],
    'to a body that breaks off': [() => post(breaking()), 400, 'ERR_READ_FAILED'],
    'to no body': [() => post(null, { headers: json }), 400, 'ERR_INVALID_PAYLOAD', { issue: 'json-empty' }],
    'to malformed JSON': [
      () => post('{"process": ['),
      400,
      'ERR_INVALID_PAYLOAD',
      { issue: 'json-expected-value' },
    ],
    'to bytes that are no UTF-8': [
      () => post(Uint8Array.of(0x22, 0xff, 0x22)),
      400,
      'ERR_INVALID_PAYLOAD',
      { issue: 'json-invalid-utf8' },
    ],
    'to what is too deep': [() => post(deep), 400, 'ERR_INVALID_PAYLOAD', { issue: 'json-too-deep' }],
    'to a list': [() => post('[1]'), 400, 'ERR_INVALID_PAYLOAD', { issue: 'payload-type' }],
    'to null': [() => post('null'), 400, 'ERR_INVALID_PAYLOAD', { issue: 'payload-type' }],
    'to a payload that is not valid': [
      () => post({ process: 5 }),
      400,
      'ERR_INVALID_PAYLOAD',
      { issue: 'process-type' },
    ],
    'to a payload that lint refuses': [
      () => post(matched('$[?(')),
      400,
      'ERR_INVALID_PAYLOAD',
      { options: { lint: true }, issue: 'pattern-syntax' },
    ],
    'to a pattern that does not parse': [
      () => post(matched('$[?(')),
      422,
      'ERR_JSONPATH_SYNTAX',
      { detail: /./ },
    ],
    'to input that the task finds bad': [
      () => post(does('finds the input bad')),
      422,
      'ERR_INVALID_INPUT',
      { detail: /^scenes need a platform$/ },
    ],
    'to a task that reads something malformed': [
      () => post(does('reads something malformed')),
      422,
      'ERR_INVALID_INPUT',
      { detail: /^The task cannot work with this payload/ },
    ],
    'to a payload that the task refuses': [
      () => post({ process: [{ tasks: { 'my-task': { refuse: 'aloud' } } }] }),
      422,
      'ERR_FAILED_VALIDATION',
      { detail: /^there are no clouds$/ },
    ],
    'to a payload that the task refuses plainly': [
      () => post({ process: [{ tasks: { 'my-task': { refuse: 'plainly' } } }] }),
      422,
      'ERR_FAILED_VALIDATION',
    ],
    'to a task that fails': [
      () => post(does('fails')),
      500,
      'ERR_INTERNAL',
      { detail: /under [\da-f-]{36}/ },
    ],
    'to a task that throws a text': [() => post(does('throws a text')), 500, 'ERR_INTERNAL'],
    'to a result that is no JSON': [() => post(does('makes what is no JSON')), 500, 'ERR_INTERNAL'],
    'to a result that is no list': [() => post(does('nothing')), 500, 'ERR_INTERNAL'],
    'to a request that was read before': [used, 500, 'ERR_INTERNAL'],
    'where the id cannot be made': [
      () => post('{}'),
      500,
      'ERR_INTERNAL',
      {
        options: {
          requestId: () => {
            throw new Error(secret);
          },
        },
      },
    ],
    'to an href': [() => post({ href: 'https://example.com/' }), 403, 'ERR_HREF_REFUSED'],
    'to a url': [() => post({ url: 'file:///etc/passwd' }), 403, 'ERR_HREF_REFUSED'],
    'to an href that a resolver would read': [
      () => post({ href: 'https://example.com/' }),
      403,
      'ERR_HREF_REFUSED',
      { options: { resolve: () => '{}' } },
    ],
    'to an href in a dry run': [
      () => post({ href: 'https://example.com/' }, { path: '?dry-run' }),
      403,
      'ERR_HREF_REFUSED',
    ],
  };
  for (const [what, [request, status, code, { options, issue, detail, header } = {}]] of Object.entries(
    cases,
  )) {
    test(`${what} is ${status}, ${code}`, async () => {
      const answer = await ask(request(), options);
      const { body, headers } = answer;
      assert.deepEqual([answer.status, body.status, body.code], [status, status, code], answer.text);
      assert.equal(headers.get('content-type'), 'application/problem+json');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(body.type, 'about:blank');
      assert.ok(body.title);
      assert.ok(body.detail);
      assert.equal(body.instance, `#${headers.get('x-request-id')}`);
      assert.match(body.detail, detail ?? /./);
      assert.doesNotMatch(answer.text, new RegExp(secret));
      if (issue)
        assert.equal(body.issues.find((/** @type {any} */ each) => each.severity === 'error').code, issue);
      if (header) assert.equal(headers.get(header[0]), header[1]);
      assert.equal(answer.log.length, 1, 'one line of the log tells of it');
      const [line] = answer.log[0] ?? [];
      assert.ok(line.includes(headers.get('x-request-id')), line);
    });
  }

  test('to HEAD has no body', async () => {
    const { status, text } = await ask(new Request('https://tasks.example/', { method: 'HEAD' }));
    assert.deepEqual([status, text], [405, '']);
  });

  test('about a payload says all there is to mend, and where', async () => {
    const text = '{\n"process": [{"tasks": 5, "upload_options": 6}]}';
    const { body } = await ask(post(text));
    const errors = body.issues.filter((/** @type {any} */ { severity }) => severity === 'error');
    assert.ok(errors.length > 1);
    assert.equal(errors[0].range.start.line, 2);
    assert.ok(errors[0].python);
  });

  test('about a rule says which', async () => {
    const { body } = await ask(post(matched('$[?(')));
    assert.equal(body.pointer, '/process/0/collection_matchers/0/pattern');
  });
});

describe('the id of a request', () => {
  /** @type {Record<string, [headers: Record<string, string>, id: string, options?: import('stac-task').FetchHandlerOptions]>} */
  const cases = {
    'is x-request-id': [{ 'x-request-id': 'r-1', 'cf-ray': 'r-2' }, 'r-1'],
    'is cf-ray': [{ 'cf-ray': '7d8a-FRA' }, '7d8a-FRA'],
    "is Amazon's": [{ 'x-amzn-trace-id': 'Root=1-67;Self=2' }, 'Root=1-67;Self=2'],
    'is what the option says': [
      { 'x-mine': 'm' },
      'm',
      { requestId: ({ headers }) => `${headers.get('x-mine')}` },
    ],
  };
  for (const [what, [headers, id, options]] of Object.entries(cases)) {
    test(what, async () => {
      const answer = await ask(post({ process: 5 }, { headers: { ...json, ...headers } }), options);
      assert.equal(answer.headers.get('x-request-id'), id);
      assert.equal(answer.body.instance, `#${encodeURIComponent(id)}`);
      assert.deepEqual(answer.log, [[`[${id}] 400 ERR_INVALID_PAYLOAD`]]);
    });
  }

  for (const id of ['a b', 'x'.repeat(201), 'é', '']) {
    test(`is a UUID where a header says '${id.slice(0, 5)}'`, async () => {
      const { headers } = await ask(post('{}', { headers: { ...json, 'x-request-id': id } }));
      assert.match(headers.get('x-request-id') ?? '', /^[\da-f-]{36}$/);
    });
  }

  test('is in the log of the task, and a payload cannot begin a line there', async () => {
    const payload = { ...JSON.parse(does('fails')), id: 'p\n[other] all is well' };
    const { log } = await ask(post(payload, { headers: { ...json, 'x-request-id': 'r-1' } }));
    assert.equal(log[0]?.[0], `[p [other] all is well r-1] cannot reach db.internal with ${secret}`);
    assert.ok(log[0]?.[1] instanceof Error, 'the log has the error itself');
  });

  test('is that of its own request among fifty at once', async () => {
    /** @type {string[]} */
    const lines = [];
    const logger = { info: (/** @type {string} */ line) => lines.push(line) };
    class Slow extends Task {
      async process() {
        for (let i = 0; i < Math.random() * 20; ++i) await turn();
        this.logger.info('here');
        return this.items;
      }
    }
    const handle = toFetchHandler(Slow, { logger });
    const ids = Array.from({ length: 50 }, (_, i) => `r-${i}`);
    await Promise.all(
      ids.map(async (id) => {
        const headers = { ...json, 'x-request-id': id };
        const response = await handle(post({ id: `p-${id}`, features: [{ id }] }, { headers }));
        assert.equal(response.headers.get('x-request-id'), id);
        assert.equal((await response.json()).features[0].id, id);
      }),
    );
    assert.deepEqual(lines.sort(), ids.map((id) => `[p-${id} ${id}] here`).sort());
  });
});

describe('a client that goes away', () => {
  test('ends the task', async () => {
    ran.length = 0;
    const controller = new AbortController();
    const asking = ask(post(does('waits'), { signal: controller.signal }));
    while (ran.length === 0) await turn();
    controller.abort();
    const { status, body } = await asking;
    assert.deepEqual([status, body.code], [499, 'ERR_ABORTED']);
    assert.equal(ran[0]?.signal.aborted, true);
  });

  test('ends the reading of its payload', async () => {
    const controller = new AbortController();
    const silent = new ReadableStream({
      pull: () => new Promise(() => {}),
    });
    const asking = ask(post(silent, { signal: controller.signal }));
    await turn();
    controller.abort();
    assert.equal((await asking).status, 499);
  });
});

describe('with allowHref', () => {
  const payload = { id: 'read', features: [{ id: 'a' }] };
  /** @type {Record<string, string>} */
  const texts = {
    '/payload.json': JSON.stringify(payload),
    '/rules.json': JSON.stringify(matched("$[?(@.id == 'a')]")),
    '/again.json': JSON.stringify({ ...payload, href: 'http://127.0.0.1:1/' }),
    '/odd.json': JSON.stringify({ ...payload, href: 5 }),
    '/private/payload.json': JSON.stringify(payload),
    '/passwd': `root:x:0:0:${secret}`,
    '/list.json': JSON.stringify([secret]),
    '/bad.json': JSON.stringify({ process: [{ tasks: { [secret]: 5 } }] }),
    '/large.json': `{"a": "${secret.repeat(100)}"}`,
  };
  /** @type {Record<string, string>} */
  const redirects = {
    '/moved.json': '/payload.json',
    '/to-private.json': '/private/payload.json',
    '/to-file.json': 'file:///etc/passwd',
    '/circle.json': '/circle.json',
  };
  /** @type {string[]} */
  const asked = [];
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    asked.push(pathname);
    const location = redirects[pathname];
    if (location) response.writeHead(302, { location }).end(secret);
    else response.writeHead(pathname in texts ? 200 : 404).end(texts[pathname] ?? secret);
  });
  let site = '';
  before(async () => {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    site = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const allowHref = (/** @type {string} */ url) => !new URL(url).pathname.startsWith('/private');

  for (const path of ['/payload.json', '/moved.json', '/again.json', '/odd.json']) {
    test(`${path} is processed`, async () => {
      const { status, body, text } = await ask(post({ href: site + path }), { allowHref });
      assert.equal(status, 200, text);
      const { href: _href, ...rest } = body;
      assert.deepEqual(rest, payload);
    });
  }

  test('what a resolver reads is processed', async () => {
    const options = { allowHref: () => true, resolve: () => texts['/payload.json'] };
    assert.deepEqual((await ask(post({ url: 's3://bucket/key' }), options)).body, payload);
  });

  test('what it permits is explained', async () => {
    const { body } = await ask(post({ href: `${site}/rules.json` }, { path: '?dry-run' }), { allowHref });
    assert.equal(body.items[0].collection, 'c');
  });

  /** @type {[path: string, status: number, code: string, issue?: string][]} */
  const cases = [
    ['/private/payload.json', 403, 'ERR_HREF_REFUSED'],
    ['/to-private.json', 403, 'ERR_HREF_REFUSED'],
    ['/to-file.json', 403, 'ERR_HREF_REFUSED'],
    ['/circle.json', 502, 'ERR_READ_FAILED'],
    ['/missing.json', 502, 'ERR_HTTP_STATUS'],
    ['/passwd', 400, 'ERR_INVALID_PAYLOAD', 'json-expected-value'],
    ['/list.json', 400, 'ERR_INVALID_PAYLOAD', 'payload-pair-length'],
    ['/bad.json', 400, 'ERR_INVALID_PAYLOAD', 'task-options-type'],
    ['/large.json', 400, 'ERR_INVALID_PAYLOAD', 'input-too-large'],
  ];
  for (const [path, status, code, issue] of cases) {
    test(`${path} is ${status}, and nothing that was read is said`, async () => {
      const before = asked.length;
      const query = '?token=t0ken';
      const answer = await ask(post({ href: site + path + query }), { allowHref, maxBytes: 1000 });
      assert.deepEqual([answer.status, answer.body.code], [status, code], answer.text);
      if (issue)
        assert.ok(
          answer.body.issues.some((/** @type {any} */ each) => each.code === issue),
          answer.text,
        );
      const said = answer.text + answer.log.flat().map((each) => `${each?.stack ?? each}`);
      assert.doesNotMatch(said, new RegExp(`${secret}|root:x|t0ken`));
      assert.ok(!asked.slice(before).includes('/private/payload.json'));
    });
  }

  /** @type {[what: string, given: object, options: any, status: number, code: string][]} */
  const more = [
    ['a file', { href: 'file:///etc/passwd' }, { allowHref: () => true }, 403, 'ERR_HREF_REFUSED'],
    ['a path', { href: '/etc/passwd' }, { allowHref: () => true }, 403, 'ERR_HREF_REFUSED'],
    ['what nobody reads', { href: 'nope://a/b' }, { allowHref: () => true }, 422, 'ERR_HREF_UNSUPPORTED'],
    ['a number', { href: 5 }, { allowHref: () => true }, 400, 'ERR_PAYLOAD_TYPE'],
    ['nobody there', { href: 'http://127.0.0.1:1/' }, { allowHref: () => true }, 502, 'ERR_READ_FAILED'],
    [
      'an address about which the question fails',
      { href: 'http://127.0.0.1:1/' },
      {
        allowHref: () => {
          throw new Error(secret);
        },
      },
      500,
      'ERR_INTERNAL',
    ],
    [
      'a response that is not ok',
      { href: 's3://a/b' },
      { allowHref: () => true, resolve: () => new Response(secret, { status: 500 }) },
      502,
      'ERR_HTTP_STATUS',
    ],
  ];
  for (const [what, given, options, status, code] of more) {
    test(`${what} is ${status}`, async () => {
      const answer = await ask(post(given), options);
      assert.deepEqual([answer.status, answer.body.code], [status, code], answer.text);
      assert.doesNotMatch(answer.text, new RegExp(secret));
    });
  }

  test('an address is asked about before it is fetched, each time', async () => {
    /** @type {string[]} */
    const seen = [];
    const options = { allowHref: (/** @type {string} */ url) => seen.push(url) > 0 };
    await ask(post({ href: `${site}/moved.json` }), options);
    assert.deepEqual(seen, [`${site}/moved.json`, `${site}/payload.json`]);
  });
});

describe('toFetchHandler()', () => {
  /** @type {[what: string, TaskClass: any, options: any, message: RegExp][]} */
  const cases = [
    ['something else', class {}, undefined, /extends Task/],
    ['nothing', undefined, undefined, /extends Task/],
    ['an option that it does not have', MyTask, { maxBytez: 5 }, /no option 'maxBytez'/],
    ['a size that is none', MyTask, { maxBytes: '5' }, /'maxBytes' is a number/],
    ['a negative size', MyTask, { maxBytes: -1 }, /0 or more/],
    ['a list of addresses', MyTask, { allowHref: ['https://example.com'] }, /'allowHref' is a function/],
    ['null for types', MyTask, { contentTypes: null }, /'contentTypes' is a object|'contentTypes'/],
    ['a workdir', MyTask, { workdir: '/tmp' }, /no option 'workdir'/],
  ];
  for (const [what, TaskClass, options, message] of cases) {
    test(`refuses ${what} at once`, () => {
      assert.throws(() => toFetchHandler(TaskClass, options), { code: 'ERR_INVALID_ARGUMENT', message });
    });
  }

  test('ignores what a runtime passes besides', async () => {
    const handle = toFetchHandler(MyTask, { logger: {} });
    const response = await handle(post('{}'), { TOKEN: secret }, { waitUntil() {} });
    assert.deepEqual(await response.json(), { features: [] });
  });

  test('logs to the console, and works without one of its methods', async (t) => {
    const info = t.mock.method(console, 'info', () => {});
    await toFetchHandler(MyTask)(post('{"process": 5}'));
    assert.match(String(info.mock.calls[0]?.arguments[0]), /^\[[\da-f-]{36}\] 400 ERR_INVALID_PAYLOAD$/);
  });
});
