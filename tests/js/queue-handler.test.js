/*
 * toQueueHandler(): events of SQS and batches of Cloudflare Queues. tests/runtimes/queue.test.js runs it in miniflare's
 * real queue.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { FailedValidation, InvalidInput, Task, toQueueHandler } from 'stac-task';

import { errorOf } from './support.js';

/** @type {any} */
const quiet = { logger: { log() {} } };

/** Payloads by id, as the task began with them. @type {string[]} */
let begun = [];
/** How many are at work now, and were at most. */
const load = { now: 0, most: 0 };

class Copy extends Task {
  static name = 'copy';

  async process() {
    const { id, fail } = this.payload.data;
    begun.push(id);
    load.most = Math.max(load.most, ++load.now);
    await new Promise((resolve) => setTimeout(resolve, 5));
    --load.now;
    if (fail === 'invalid') throw new InvalidInput('no bands');
    if (fail === 'failed') throw new FailedValidation('too dark');
    if (fail === 'nothing') return undefined;
    if (fail) throw new Error('broke');
    return this.items;
  }
}

/**
 * A sink that keeps what it is given.
 * @param {object} [more]
 */
function collector(more = {}) {
  /** @type {string[]} */
  const results = [];
  /** @type {any[]} */
  const infos = [];
  /** @param {any} result @param {any} info */
  const sink = async (result, info) => {
    await Promise.resolve();
    if (result.id === 'unsinkable') throw new InvalidInput('the store is full', []);
    results.push(result.id);
    infos.push(info);
  };
  return { results, infos, options: { ...quiet, sink, ...more } };
}

let count = 0;
/**
 * A record of SQS.
 * @param {unknown} body
 * @param {string} [group]  of a FIFO queue
 */
const record = (body, group) => ({
  messageId: `message-${++count}`,
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a…',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1545082649183',
    ...(group === undefined ? {} : { MessageGroupId: group }),
  },
  messageAttributes: {},
  md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:eu-central-1:123456789012:queue${group === undefined ? '' : '.fifo'}`,
  awsRegion: 'eu-central-1',
});

/** @param {unknown} message */
const envelope = (message) => ({
  Type: 'Notification',
  MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
  TopicArn: 'arn:aws:sns:eu-central-1:123456789012:topic',
  Message: JSON.stringify(message),
  Timestamp: '2024-01-02T12:45:07.000Z',
});

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 30_000 };

/** @type {import('node:http').Server} */
let server;
let site = '';
before(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/to-forbidden') response.writeHead(302, { location: '/forbidden.json' }).end();
    else response.end(JSON.stringify({ id: 'fetched', text: url }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  site = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

/** Whether an address may be read. @param {string} url */
const allowHref = (url) => url.startsWith(site) && !url.includes('forbidden');

describe('an event of SQS', () => {
  /** Bodies, and whether the message is done. */
  const bodies =
    /** @type {[what: string, body: () => unknown, result: string | undefined, options?: object][]} */ ([
      ['a payload', () => ({ id: 'plain' }), 'plain'],
      ['an envelope of SNS', () => envelope({ id: 'enveloped' }), 'enveloped'],
      ['an address that may be read', () => ({ url: `${site}/payload.json` }), 'fetched', { allowHref }],
      ['an href', () => ({ href: `${site}/payload.json` }), 'fetched', { allowHref }],
      [
        'an address in an envelope',
        () => envelope({ url: `${site}/payload.json` }),
        'fetched',
        { allowHref },
      ],
      [
        'an address that resolve reads',
        () => ({ url: 's3://bucket/a.json' }),
        'resolved',
        { allowHref: () => true, resolve: () => '{"id": "resolved"}' },
      ],
      ['an address, unless it is allowed', () => ({ url: `${site}/payload.json` }), undefined],
      [
        'an address, even with resolve',
        () => ({ url: 's3://bucket/a.json' }),
        undefined,
        { resolve: () => '{"id": "resolved"}' },
      ],
      ['an address that is forbidden', () => ({ url: `${site}/forbidden.json` }), undefined, { allowHref }],
      ['an address that redirects there', () => ({ url: `${site}/to-forbidden` }), undefined, { allowHref }],
      ['a file', () => ({ url: 'file:///etc/hostname' }), undefined, { allowHref: () => true }],
      ['a path', () => ({ href: '/etc/hostname' }), undefined, { allowHref: () => true }],
      ['malformed JSON', () => '{"id": ', undefined],
      ['no text', () => '', undefined],
      ['null', () => 'null', undefined],
      ['a bad payload', () => ({ process: 5 }), undefined],
      ['a payload that is too large', () => ({ id: 'x'.repeat(2000) }), undefined, { maxBytes: 1000 }],
      ['a task that fails', () => ({ id: 'a', fail: true }), undefined],
      ['a sink that fails', () => ({ id: 'unsinkable' }), undefined],
    ]);
  for (const [what, body, result, options] of bodies) {
    test(`${result === undefined ? 'fails for' : 'takes'} ${what}`, async () => {
      const { results, options: base } = collector(options);
      const first = record(body());
      const second = record({ id: 'other' });
      const answer = await toQueueHandler(Copy, base)({ Records: [first, second] }, context);
      assert.deepEqual(answer, {
        batchItemFailures: result === undefined ? [{ itemIdentifier: first.messageId }] : [],
      });
      assert.deepEqual(results.sort(), [result, 'other'].filter((id) => id !== undefined).sort());
    });
  }

  test('without messages has no failures', async () => {
    assert.deepEqual(await toQueueHandler(Copy, collector().options)({ Records: [] }, context), {
      batchItemFailures: [],
    });
  });

  test('names its failures in its order, and runs as many at once as it may', async () => {
    const Records = Array.from({ length: 10 }, (_, i) => record({ id: `${i}`, fail: i % 3 === 0 }));
    for (const [options, most] of /** @type {const} */ ([
      [{}, 4],
      [{ maxConcurrency: 1 }, 1],
      [{ maxConcurrency: 0 }, 1],
      [{ maxConcurrency: 100 }, 10],
    ])) {
      load.most = 0;
      const { results, options: base } = collector(options);
      const answer = await toQueueHandler(Copy, base)({ Records }, context);
      assert.deepEqual(
        answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
        Records.filter((_, i) => i % 3 === 0).map(({ messageId }) => messageId),
      );
      assert.equal(results.length, 6);
      assert.equal(load.most, most);
    }
  });

  test('of a FIFO queue: what follows a failure in its group fails, and is not begun', async () => {
    begun = [];
    const Records = [
      record({ id: 'a1' }, 'a'),
      record({ id: 'b1', fail: true }, 'b'),
      record({ id: 'a2' }, 'a'),
      record({ id: 'b2' }, 'b'),
      record({ id: 'c1' }, 'c'),
      record({ id: 'b3' }, 'b'),
      record({ id: 'a3' }, 'a'),
    ];
    const { results, options } = collector();
    const answer = await toQueueHandler(Copy, options)({ Records }, context);
    const failed = answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    assert.deepEqual(
      Records.filter(({ messageId }) => failed?.includes(messageId)).map(({ body }) => JSON.parse(body).id),
      ['b1', 'b2', 'b3'],
    );
    assert.deepEqual(
      begun.filter((id) => id.startsWith('a')),
      ['a1', 'a2', 'a3'],
    );
    assert.deepEqual(begun.sort(), ['a1', 'a2', 'a3', 'b1', 'c1']);
    assert.deepEqual(results.sort(), ['a1', 'a2', 'a3', 'c1']);
  });

  test('of a standard queue: groups say nothing of the order', async () => {
    const Records = [record({ id: 'a1', fail: true }, 'a'), record({ id: 'a2' }, 'a')].map((each) => ({
      ...each,
      eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:fair',
    }));
    const { results, options } = collector();
    const answer = await toQueueHandler(Copy, options)({ Records }, context);
    assert.deepEqual([answer?.batchItemFailures.length, results], [1, ['a2']]);
  });

  test('tells the sink of the message and the signal, and the log of the message', async () => {
    /** @type {string[]} */
    const lines = [];
    const logger = { log: (/** @type {string} */ line) => lines.push(line) };
    const { infos, options } = collector({ logger });
    const Records = [
      record({ id: 'a' }),
      record({ id: 'b', fail: true }),
      record({ id: 'unsinkable' }),
      record('{'),
    ];
    await toQueueHandler(Copy, { ...options, maxConcurrency: 1 })({ Records }, context);
    const [{ message, env, signal }] = infos;
    assert.equal(message, Records[0]);
    assert.equal(env, undefined);
    assert.equal(signal.aborted, false);
    const [, b, c, d] = Records.map(({ messageId }) => messageId);
    assert.deepEqual(lines.slice(0, 2), [`[b ${b}] broke`, `[${c}] the store is full`]);
    assert.match(lines[2] ?? '', new RegExp(`^\\[${d}\\] .*1:2`));
    assert.equal(lines.length, 3);
  });

  test('when the time is nearly over: what is not done fails', async () => {
    begun = [];
    const Records = Array.from({ length: 30 }, (_, i) => record({ id: `${i}` }));
    const { results, options } = collector({ maxConcurrency: 1 });
    const hurry = { getRemainingTimeInMillis: () => 60 };
    const answer = await toQueueHandler(Copy, options)({ Records }, hurry);
    const failures = answer?.batchItemFailures.length ?? 0;
    assert.ok(results.length < 30, `all ${results.length} were done`);
    assert.equal(failures + results.length, 30);
    assert.ok(begun.length <= results.length + 1, 'no task began when the time was over');
  });
});

describe('a task of SQS that does not heed the signal', () => {
  for (const [what, fifo, most, failed, unbegun] of /** @type {const} */ ([
    ['fails alone', undefined, 4, ['b'], []],
    ['fails with what waits for it', undefined, 1, ['b', 'c'], ['c']],
    ['fails with what follows in its group', 'group', 4, ['b', 'c'], ['c']],
  ])) {
    test(`${what} when the time is nearly over`, async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      /** @type {string[]} */
      const lines = [];
      const logger = { log: (/** @type {string} */ line) => lines.push(line) };
      let begin = () => {};
      /** @type {Promise<void>} */
      const begun = new Promise((resolve) => {
        begin = resolve;
      });
      let fail = () => {};
      /** @type {string[]} */
      const ran = [];
      class Hangs extends Task {
        async process() {
          const { id } = this.payload.data;
          ran.push(id);
          if (id !== 'b') return this.items;
          begin();
          return new Promise((_, reject) => {
            fail = () => reject(new Error('too late'));
          });
        }
      }
      const { results, options } = collector({ logger, maxConcurrency: most });
      const Records = ['a', 'b', 'c'].map((id) => record({ id, features: [] }, fifo));
      const consuming = toQueueHandler(Hangs, options)({ Records }, { getRemainingTimeInMillis: () => 60 });
      await begun;
      // What runs beside it has its time to end.
      while (results.length < 3 - failed.length) await turn();
      t.mock.timers.tick(30);
      await turn();
      t.mock.timers.tick(15);
      const answer = await consuming;
      const idOf = (/** @type {any} */ { itemIdentifier }) =>
        JSON.parse(Records.find(({ messageId }) => messageId === itemIdentifier)?.body ?? '{}').id;
      assert.deepEqual(answer?.batchItemFailures.map(idOf), failed);
      assert.deepEqual(
        ['a', 'b', 'c'].filter((id) => !ran.includes(id)),
        unbegun,
      );
      assert.match(lines[0] ?? '', new RegExp(`^\\[${Records[1]?.messageId}\\] the task was stopped 30 ms`));
      fail();
      await turn();
      assert.deepEqual(
        results.sort(),
        ['a', 'b', 'c'].filter((id) => !(/** @type {readonly string[]} */ (failed).includes(id))),
      );
    });
  }
});

describe('onInvalid', () => {
  const cases = /** @type {[what: string, body: unknown, isInvalid: boolean][]} */ ([
    ['malformed JSON', '{', true],
    ['an event of no shape', '[]', true],
    ['a bad payload', { process: 5 }, true],
    ['InvalidInput', { fail: 'invalid' }, true],
    ['FailedValidation', { fail: 'failed' }, true],
    ['an address that may not be read', { url: 'https://example.com/' }, true],
    ['an address that is null', { href: null }, true],
    ['an address that is a number', { href: 5 }, true],
    ['a url that is a number', { url: 5 }, true],
    [
      'a matcher that does not parse',
      {
        process: [{ collection_matchers: [{ type: 'jsonpath', pattern: '$[[', collection_name: 'a' }] }],
        features: [{ id: 'a' }],
      },
      true,
    ],
    ['an address that answers with a failure', { url: 'https://example.com/missing' }, false],
    ['a failure', { fail: 'broke' }, false],
    ['a mistake of the task', { fail: 'nothing' }, false],
    ['a sink that fails', { id: 'unsinkable' }, false],
  ]);
  for (const [what, body, isInvalid] of cases) {
    test(`${isInvalid ? 'takes' : 'does not take'} ${what}`, async () => {
      /** @type {any[]} */
      const taken = [];
      const onInvalid = async (/** @type {any} */ error, /** @type {any} */ { message }) => {
        await Promise.resolve();
        taken.push([error, message]);
      };
      const Records = [record(body)];
      const { results, options } = collector({
        onInvalid,
        allowHref: (/** @type {string} */ url) => url.endsWith('/missing'),
        fetch: async () => new Response('', { status: 404 }),
      });
      const answer = await toQueueHandler(Copy, options)({ Records }, context);
      assert.equal(answer?.batchItemFailures.length, isInvalid ? 0 : 1);
      assert.deepEqual(
        taken.map(([error, message]) => [error instanceof Error, message]),
        isInvalid ? [[true, Records[0]]] : [],
      );
      assert.deepEqual(results, []);
    });
  }

  test('that fails leaves the message to the queue', async () => {
    const onInvalid = () => {
      throw new Error('the other queue is away');
    };
    const Records = [record('{')];
    const answer = await toQueueHandler(Copy, collector({ onInvalid }).options)({ Records }, context);
    assert.equal(answer?.batchItemFailures.length, 1);
  });
});

describe('a batch of Cloudflare Queues', () => {
  /** @param {unknown} body */
  function message(body) {
    /** @type {any[]} */
    const calls = [];
    return {
      id: `message-${++count}`,
      timestamp: new Date(0),
      attempts: 1,
      body,
      calls,
      ack: () => calls.push('ack'),
      retry: (/** @type {unknown} */ options) => calls.push(['retry', options]),
    };
  }
  const env = { NAME: 'bindings' };
  /** @param {any[]} messages */
  const batchOf = (messages) => ({ queue: 'payloads', messages, ackAll() {}, retryAll() {} });

  test('acknowledges what is done, and has the others come again', async () => {
    const { results, infos, options } = collector();
    const messages = [
      message({ id: 'object' }),
      message('{"id": "text"}'),
      message(new TextEncoder().encode('{"id": "bytes"}')),
      message({ id: 'fails', fail: true }),
      message({ id: 'unsinkable' }),
      message('{'),
      message(undefined),
      message(5),
    ];
    assert.equal(await toQueueHandler(Copy, options)(batchOf(messages), env, {}), undefined);
    assert.deepEqual(
      messages.map(({ calls }) => calls),
      [['ack'], ['ack'], ['ack'], ...Array(5).fill([['retry', {}]])],
    );
    assert.deepEqual(results.sort(), ['bytes', 'object', 'text']);
    assert.equal(infos[0].env, env);
    assert.ok(messages.includes(infos[0].message));
  });

  for (const [what, retryDelay, expected] of /** @type {const} */ ([
    ['after some seconds', () => 30, { delaySeconds: 30 }],
    [
      'after more seconds each time',
      (/** @type {any} */ error, /** @type {any} */ info) =>
        error.message === 'broke' ? 2 ** info.message.attempts : undefined,
      { delaySeconds: 2 },
    ],
    ['when the queue says', () => undefined, {}],
    [
      'even where retryDelay fails',
      () => {
        throw new Error('no idea');
      },
      {},
    ],
  ])) {
    test(`has a message come again ${what}`, async () => {
      const failing = message({ id: 'a', fail: true });
      const { options } = collector({ retryDelay });
      await toQueueHandler(Copy, options)(batchOf([failing]), env);
      assert.deepEqual(failing.calls, [['retry', expected]]);
    });
  }

  test('acknowledges what onInvalid has taken', async () => {
    const bad = message('{');
    await toQueueHandler(Copy, collector({ onInvalid() {} }).options)(batchOf([bad]), env);
    assert.deepEqual(bad.calls, ['ack']);
  });
});

describe('what is neither', () => {
  const others = /** @type {[what: string, batch: any][]} */ ([
    ['a payload', { process: [{}] }],
    ['nothing', undefined],
    ['records of S3', { Records: [{ eventSource: 'aws:s3', s3: {} }] }],
    ['records of SNS', { Records: [{ EventSource: 'aws:sns', Sns: {} }] }],
    ['a record without an id', { Records: [{ eventSource: 'aws:sqs', body: '{}' }] }],
    ['messages that cannot be acknowledged', { messages: [{ body: {} }] }],
  ]);
  for (const [what, batch] of others) {
    test(`is an error, and nothing is done: ${what}`, async () => {
      begun = [];
      const error = await errorOf(toQueueHandler(Copy, collector().options)(batch, context));
      assert.equal(error.code, 'ERR_EVENT_UNKNOWN');
      assert.deepEqual(begun, []);
    });
  }
});

describe('what it is made with', () => {
  const wrong = /** @type {[what: string, make: () => unknown, message: RegExp][]} */ ([
    [
      'no task',
      () => toQueueHandler(/** @type {any} */ ({}), { sink() {} }),
      /takes a class that extends Task/,
    ],
    ['no options', () => toQueueHandler(Copy, /** @type {any} */ (undefined)), /needs a sink/],
    ['no sink', () => toQueueHandler(Copy, /** @type {any} */ ({})), /needs a sink/],
    [
      'an unknown option',
      () => toQueueHandler(Copy, /** @type {any} */ ({ sink() {}, lint: true })),
      /'lint'/,
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
