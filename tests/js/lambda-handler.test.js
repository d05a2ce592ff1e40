/*
 * toLambdaHandler(): payloads as Step Functions pass them, HTTP requests of API Gateway, function URLs and load
 * balancers, and what Cirrus reads of failures. tests/runtimes/lambda.test.js runs it under AWS's own runtime client.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { FailedValidation, InvalidInput, StacTaskError, Task, toLambdaHandler } from 'stac-task';

import { errorOf } from './support.js';

/** @type {any} */
const quiet = { logger: { log() {} } };

class Suffix extends Task {
  static name = 'suffix';

  /** @param {any} parameters */
  async process({ suffix = '!', fail }) {
    if (fail !== undefined) throw failures[fail]?.();
    return this.items.map((item) => ({ ...item, id: item['id'] + suffix, upload: this.upload }));
  }

  validate() {
    return this.payload.data['id'] !== 'refused';
  }
}

class NoBands extends InvalidInput {}

/** @type {Record<string, () => unknown>} */
const failures = {
  invalid: () => new InvalidInput('no bands'),
  'a class of InvalidInput': () => new NoBands('no bands', []),
  failed: () => new FailedValidation('too dark'),
  cirrus: () => Object.assign(new Error('no bands'), { name: 'cirrus.lib.errors.InvalidInput' }),
  range: () => new RangeError('out of range'),
  text: () => 'only text',
  nothing: () => null,
  odd: () => Object.assign(new Error('odd'), { name: 'Ödd name' }),
  package: () => new StacTaskError('ERR_SOMETHING', 'something'),
};

const context = {
  awsRequestId: '6bc28136-xmpl-4365-b021-0ce6b2e64ab0',
  getRemainingTimeInMillis: () => 30_000,
};
/** @param {object} [options] */
const failing = (options) => ({ process: [{ workflow_options: options }], features: [{ id: 'a' }] });
const payload = { id: 'p', ...failing({}) };

describe('a payload, as Step Functions pass it', () => {
  test('gives the payload', async () => {
    const handler = toLambdaHandler(Suffix, { ...quiet, upload: false });
    assert.deepEqual(await handler(payload, context), {
      ...payload,
      features: [{ id: 'a!', upload: false }],
    });
  });

  test('needs no context', async () => {
    const { features } = await toLambdaHandler(Suffix, quiet)(payload);
    assert.equal(features[0].id, 'a!');
  });

  test('has the id of the request in the log', async () => {
    /** @type {string[]} */
    const lines = [];
    const logger = { log: (/** @type {string} */ line) => lines.push(line) };
    await errorOf(toLambdaHandler(Suffix, { logger })({ ...failing({ fail: 'range' }), id: 'p' }, context));
    assert.deepEqual(lines, [`[p ${context.awsRequestId}] out of range`]);
  });

  test('is read from its url, by resolve and under allowHref', async () => {
    const resolve = (/** @type {string} */ href) => (href === 's3://bucket/in.json' ? payload : undefined);
    const open = toLambdaHandler(Suffix, { ...quiet, resolve });
    assert.equal((await open({ url: 's3://bucket/in.json' }, context)).id, 'p');
    const closed = toLambdaHandler(Suffix, { ...quiet, resolve, allowHref: () => false });
    const error = await errorOf(closed({ url: 's3://bucket/in.json' }, context));
    assert.equal(error.cause.code, 'ERR_HREF_REFUSED');
  });

  for (const [what, event, hint] of /** @type {const} */ ([
    ['SQS', { Records: [{ eventSource: 'aws:sqs', body: '{}' }] }, 'toQueueHandler() takes messages of SQS.'],
    ['SNS', { Records: [{ EventSource: 'aws:sns', Sns: { Message: '{}' } }] }, undefined],
    ['nobody', { Records: [] }, undefined],
  ])) {
    test(`is not in records of ${what}`, async () => {
      const { cause } = await errorOf(toLambdaHandler(Suffix, quiet)(event, context));
      assert.deepEqual([cause.code, cause.hint], ['ERR_EVENT_UNKNOWN', hint]);
    });
  }
});

describe('the name of an error', () => {
  const cases = /** @type {[what: string, event: any, name: string, message: string][]} */ ([
    ['InvalidInput', failing({ fail: 'invalid' }), 'stactask.exceptions.InvalidInput', 'no bands'],
    [
      'a class of InvalidInput',
      failing({ fail: 'a class of InvalidInput' }),
      'stactask.exceptions.InvalidInput',
      'no bands',
    ],
    [
      'malformed JSON at a url',
      { url: 's3://bucket/broken.json' },
      'stactask.exceptions.InvalidInput',
      's3://bucket/broken.json holds no payload: json-expected-value',
    ],
    ['FailedValidation', failing({ fail: 'failed' }), 'stactask.exceptions.FailedValidation', 'too dark'],
    [
      'validate() that refuses',
      { id: 'refused' },
      'stactask.exceptions.FailedValidation',
      'validate() refused the payload',
    ],
    ['TypeError', { process: 5 }, 'TypeError', "unable to parse 'process': must be type list"],
    [
      'ValueError',
      {
        process: [
          { collection_matchers: [{ type: 'catch_all' }], upload_options: { collections: { a: '$' } } },
        ],
      },
      'ValueError',
      "A payload must not contain both 'collection_matchers' and the legacy 'upload_options.collections'",
    ],
    [
      'KeyError',
      { process: [{ collection_matchers: [{ type: 'catch_all' }] }], features: [{ id: 'a' }] },
      'KeyError',
      "'collection_name'",
    ],
    [
      'an error of jsonpath-ng',
      {
        process: [{ collection_matchers: [{ type: 'jsonpath', pattern: '$[', collection_name: 'a' }] }],
        features: [{ id: 'a' }],
      },
      'jsonpath_ng.exceptions.JsonPathParserError',
      'Parse error near the end of string!',
    ],
    ['a name of Cirrus', failing({ fail: 'cirrus' }), 'cirrus.lib.errors.InvalidInput', 'no bands'],
    ['an error of JavaScript', failing({ fail: 'range' }), 'RangeError', 'out of range'],
    ['an error of this package', failing({ fail: 'package' }), 'StacTaskError', 'something'],
    ['an odd name', failing({ fail: 'odd' }), '_dd_name', 'odd'],
    ['a text', failing({ fail: 'text' }), 'Error', 'only text'],
    ['null', failing({ fail: 'nothing' }), 'Error', 'null'],
    ['an event that is null', null, 'StacTaskError', 'a payload cannot be read from null'],
  ]);
  const handler = toLambdaHandler(Suffix, { ...quiet, resolve: () => '{"id": ' });
  for (const [what, event, name, message] of cases) {
    test(`is that of Python: ${what}`, async () => {
      const error = await errorOf(handler(event, context));
      assert.ok(error instanceof Error);
      assert.deepEqual({ name: error.name, message: error.message }, { name, message });
    });
  }

  test('leaves the error itself as its cause, and its trace', async () => {
    const error = await errorOf(handler(failing({ fail: 'invalid' }), context));
    assert.ok(error.cause instanceof InvalidInput);
    assert.equal(error.cause.name, 'InvalidInput');
    assert.equal(error.stack, error.cause.stack);
    assert.deepEqual(Object.keys(error), []);
  });
});

describe('before the time is over', () => {
  const nearly = { ...context, getRemainingTimeInMillis: () => 60 };

  /**
   * A task that says when it has begun, and goes on as it is told to.
   * @param {(task: Task) => any} goOn
   */
  function beginning(goOn) {
    let begin = () => {};
    /** @type {Promise<void>} */
    const begun = new Promise((resolve) => {
      begin = resolve;
    });
    class Begins extends Suffix {
      /** @override */
      async process() {
        begin();
        return goOn(this);
      }
    }
    return { begun, Begins };
  }
  const aborted = (/** @type {Task} */ { signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));

  test('the signal aborts, the task cleans up, and Cirrus sees a time-out', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let workdir = '';
    const { begun, Begins } = beginning((task) => {
      workdir = task.workdir;
      assert.ok(existsSync(workdir));
      return aborted(task);
    });
    const running = errorOf(toLambdaHandler(Begins, quiet)(payload, nearly));
    await begun;
    t.mock.timers.tick(30);
    const error = await running;
    assert.equal(error.name, 'TimedOutError');
    assert.match(error.message, /^the task was stopped 30 ms before/);
    assert.equal(existsSync(workdir), false);
  });

  test('a request is answered with 504', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { begun, Begins } = beginning(aborted);
    const answering = toLambdaHandler(Begins, quiet)(requestEvent(payload), nearly);
    await begun;
    t.mock.timers.tick(30);
    assertTimedOut(await answering);
  });

  /** @param {any} answer */
  function assertTimedOut({ statusCode, body, headers }) {
    assert.equal(statusCode, 504);
    assert.equal(headers['content-type'], 'application/problem+json');
    assert.equal(headers['x-request-id'], context.awsRequestId);
    const { status, title, code } = JSON.parse(body);
    assert.deepEqual([status, title, code], [504, 'Gateway Timeout', 'ERR_ABORTED']);
  }

  for (const [what, end] of /** @type {[string, (resolve: any, reject: any) => void][]} */ ([
    ['succeeds', (resolve) => resolve([])],
    ['fails', (_, reject) => reject(new Error('too late'))],
  ])) {
    test(`a task that does not heed the signal, and ${what} later, is left behind`, async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      for (const [event, check] of /** @type {[any, (call: Promise<any>) => Promise<void>][]} */ ([
        [payload, async (call) => assert.equal((await errorOf(call)).name, 'TimedOutError')],
        [requestEvent(payload), async (call) => assertTimedOut(await call)],
      ])) {
        /** @type {string[]} */
        const lines = [];
        const logger = { log: (/** @type {string} */ line) => lines.push(line) };
        let finish = () => {};
        const { begun, Begins } = beginning(
          () =>
            new Promise((resolve, reject) => {
              finish = () => end(resolve, reject);
            }),
        );
        const call = toLambdaHandler(Begins, { logger })(event, nearly);
        await begun;
        t.mock.timers.tick(30);
        await turn();
        assert.deepEqual(lines, [], 'it has half of the margin to clean up in');
        t.mock.timers.tick(15);
        await check(call);
        assert.match(lines[0] ?? '', /^\[6bc28136.*\] the task was stopped 30 ms before/);
        finish();
        await turn();
        assert.match(lines.at(-1) ?? '', /^\[p 6bc28136.*\] the task was stopped 30 ms before/);
      }
    });
  }

  test('nothing aborts with a margin of 0', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let finish = () => {};
    const { begun, Begins } = beginning(async ({ signal }) => {
      await new Promise((resolve) => {
        finish = () => resolve(undefined);
      });
      return [{ aborted: signal.aborted }];
    });
    const running = toLambdaHandler(Begins, { ...quiet, deadlineMargin: 0 })(payload, nearly);
    await begun;
    t.mock.timers.tick(60);
    finish();
    assert.equal((await running).features[0].aborted, false);
  });
});

/**
 * A request of a function URL.
 * @param {unknown} body
 * @param {object} [more]
 */
function requestEvent(body, more = {}) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/run',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', host: 'xmpl.lambda-url.eu-central-1.on.aws' },
    requestContext: {
      accountId: 'anonymous',
      domainName: 'xmpl.lambda-url.eu-central-1.on.aws',
      http: { method: 'POST', path: '/run', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'curl' },
      requestId: 'e1506fd5-9e7b-434f-bd42-4f8fa224b599',
      stage: '$default',
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
    ...more,
  };
}

/**
 * A request of a REST API, or of an HTTP API with the payload format 1.0.
 * @param {unknown} body
 * @param {object} [more]
 */
function restEvent(body, more = {}) {
  return {
    resource: '/run',
    path: '/run',
    httpMethod: 'POST',
    headers: { 'Content-Type': 'application/json', Host: 'xmpl.execute-api.eu-central-1.amazonaws.com' },
    multiValueHeaders: {
      'Content-Type': ['application/json'],
      Host: ['xmpl.execute-api.eu-central-1.amazonaws.com'],
      'X-Forwarded-For': ['192.0.2.1', '192.0.2.2'],
    },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    requestContext: {
      stage: 'prod',
      domainName: 'xmpl.execute-api.eu-central-1.amazonaws.com',
      path: '/prod/run',
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
    ...more,
  };
}

/** A request of a load balancer that sends lists of headers. @param {unknown} body */
const balancerEvent = (body) =>
  restEvent(body, {
    headers: undefined,
    requestContext: {
      elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/a/b' },
    },
  });

const events = /** @type {Record<string, (body: unknown) => any>} */ ({
  'a function URL or an HTTP API': requestEvent,
  'a REST API': restEvent,
  'a load balancer': balancerEvent,
});

for (const [name, eventOf] of Object.entries(events)) {
  describe(`a request of ${name}`, () => {
    const handler = toLambdaHandler(Suffix, quiet);
    /** @param {any} answer */
    const headersOf = ({ headers, multiValueHeaders }) =>
      headers ?? Object.fromEntries(Object.entries(multiValueHeaders).map(([key, [value]]) => [key, value]));

    test('is answered with the payload', async () => {
      const answer = await handler(eventOf(payload), context);
      assert.deepEqual([answer.statusCode, answer.isBase64Encoded], [200, false], answer.body);
      assert.equal(JSON.parse(answer.body).features[0].id, 'a!');
      const headers = headersOf(answer);
      assert.equal(headers['content-type'], 'application/json');
      assert.equal(headers['x-request-id'], context.awsRequestId);
      assert.equal(answer.multiValueHeaders !== undefined, name === 'a load balancer');
    });

    test('may be base64', async () => {
      const body = btoa(unescape(encodeURIComponent(JSON.stringify({ ...payload, id: 'été' }))));
      const answer = await handler({ ...eventOf(body), isBase64Encoded: true }, context);
      assert.equal(JSON.parse(answer.body).id, 'été');
    });

    for (const [what, headers] of Object.entries({
      'letters beyond Latin-1': { 'x-name': 'zürich – ünï' },
      'a line feed': { 'x-name': 'a\nb' },
      'a name that is none': { 'x name': 'a' },
      'a host that is none': { host: 'x:99999' },
      'credentials before the host': { host: 'user:word@x' },
    })) {
      test(`may have headers with ${what}`, async () => {
        const event = eventOf(payload);
        const all = { 'content-type': 'application/json', ...headers };
        const lists = Object.fromEntries(Object.entries(all).map(([key, value]) => [key, [value]]));
        const { domainName, ...requestContext } = event.requestContext;
        const answer = await handler(
          {
            ...event,
            requestContext,
            ...(event.headers && { headers: all }),
            ...(event.multiValueHeaders && { multiValueHeaders: lists }),
          },
          context,
        );
        assert.equal(answer.statusCode, 200, answer.body);
      });
    }

    const problems = /** @type {[what: string, event: () => any, status: number][]} */ ([
      ['malformed JSON', () => eventOf('{"id": '), 400],
      ['a bad payload', () => eventOf({ process: 5 }), 400],
      ['no body', () => ({ ...eventOf(payload), body: null }), 400],
      ['a payload that is refused', () => eventOf({ id: 'refused' }), 422],
      ['InvalidInput', () => eventOf(failing({ fail: 'invalid' })), 422],
      ['an address', () => eventOf({ href: 'https://example.com/payload.json' }), 403],
      ['a failure', () => eventOf(failing({ fail: 'range' })), 500],
      ['GET', () => withMethod(eventOf(payload), 'GET'), 405],
      ['TRACE', () => withMethod(eventOf(payload), 'TRACE'), 405],
      ['a method that is none', () => withMethod(eventOf(payload), 'A B'), 405],
      ['broken base64', () => ({ ...eventOf('*'), isBase64Encoded: true }), 400],
      ['base64 of another alphabet', () => ({ ...eventOf('-_'), isBase64Encoded: true }), 400],
    ]);
    for (const [what, event, status] of problems) {
      test(`is answered with ${status} for ${what}`, async () => {
        const answer = await handler(event(), context);
        assert.equal(answer.statusCode, status, answer.body);
        assert.equal(headersOf(answer)['content-type'], 'application/problem+json');
        assert.equal(JSON.parse(answer.body).status, status);
        assert.doesNotMatch(answer.body, /out of range/);
      });
    }
  });
}

/** @param {any} event @param {string} method */
function withMethod(event, method) {
  if (event.httpMethod) return { ...event, httpMethod: method };
  return {
    ...event,
    requestContext: { ...event.requestContext, http: { ...event.requestContext.http, method } },
  };
}

test('a dry run is explained: rawQueryString and queryStringParameters', async () => {
  const handler = toLambdaHandler(Suffix, quiet);
  for (const event of [
    requestEvent(payload, { rawQueryString: 'dry-run' }),
    restEvent(payload, { queryStringParameters: { 'dry-run': '' } }),
    restEvent(payload, { multiValueQueryStringParameters: { 'dry-run': [''] } }),
  ]) {
    const { statusCode, body } = await handler(event, context);
    assert.equal(statusCode, 200);
    assert.equal(JSON.parse(body).items[0].id, 'a');
  }
});

describe('what it is made with', () => {
  const wrong = /** @type {[what: string, make: () => unknown, message: RegExp][]} */ ([
    ['no task', () => toLambdaHandler(/** @type {any} */ (undefined)), /takes a class that extends Task/],
    ['a function', () => toLambdaHandler(/** @type {any} */ (() => {})), /takes a class that extends Task/],
    [
      'an unknown option',
      () => toLambdaHandler(Suffix, /** @type {any} */ ({ sink() {} })),
      /no option 'sink'/,
    ],
    [
      'an option of another type',
      () => toLambdaHandler(Suffix, /** @type {any} */ ({ deadlineMargin: '1' })),
      /'deadlineMargin' is a number/,
    ],
  ]);
  for (const [what, make, message] of wrong) {
    test(`is checked at once: ${what}`, async () => {
      const error = await errorOf(make);
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
      assert.match(error.message, message);
    });
  }
});
