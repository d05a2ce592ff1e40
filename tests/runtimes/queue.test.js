import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { root, runtimesFolder } from '../support/paths.js';
import { addressOf, kill, start } from '../support/run.js';
import { makeProject, temporaryFolder } from '../support/tarball.js';
import { miniflareOf } from '../support/workerd.js';

/*
 * Cloudflare Queues: messages in a real queue of miniflare, a Worker that consumes them, results in a real R2 bucket and
 * in another queue. What the handler does is in tests/js/queue-handler.test.js.
 */

const entry = './node_modules/stac-task/dist/workerd.js';

/** The Worker tells the test what has come where, so that the test need not look again and again. */
const worker = `
import { Task, toQueueHandler } from '${entry}';

class MyTask extends Task {
  static name = 'my-task';
  async process({ failures = 0 }) {
    if (this.payload.data.attempts <= failures) throw new Error('not yet');
    return this.items.map((item) => Task.createItemFromItem(item));
  }
}

const tell = (env, what) => env.TEST.fetch('http://test/' + what);

const consume = toQueueHandler(MyTask, {
  logger: {},
  async sink(result, { env, message }) {
    await env.RESULTS.put('results/' + result.id + '.json', JSON.stringify(result));
    await env.NEXT.send(result);
    await tell(env, 'done/' + result.id + '/' + message.attempts);
  },
  onInvalid: (error, { env }) => tell(env, 'invalid/' + error.name),
  retryDelay: () => 0,
});

export default {
  async queue(batch, env, context) {
    if (batch.queue === 'next') {
      await Promise.all(batch.messages.map(({ body }) => tell(env, 'next/' + body.id)));
      return;
    }
    for (const { body, attempts } of batch.messages) if (typeof body === 'object') body.attempts = attempts;
    return consume(batch, env, context);
  },
  async fetch(request, env) {
    await env.PAYLOADS.sendBatch(await request.json());
    return new Response('sent');
  },
};
`;

describe('a queue of miniflare', { timeout: 60_000 }, () => {
  /** @type {any} */
  let miniflare;
  /** What the Worker told, and who waits for it. @type {Set<string>} */
  const told = new Set();
  let wake = () => {};
  before(async () => {
    const { folder } = await makeProject({ files: { 'worker.js': worker } });
    miniflare = await miniflareOf(folder, {
      serviceBindings: {
        TEST: async (/** @type {Request} */ request) => {
          told.add(new URL(request.url).pathname.slice(1));
          wake();
          return new Response();
        },
      },
      r2Buckets: ['RESULTS'],
      queueProducers: { PAYLOADS: 'payloads', NEXT: 'next' },
      queueConsumers: {
        payloads: { maxBatchTimeout: 0.1, maxRetries: 3 },
        next: { maxBatchTimeout: 0.1 },
      },
    });
  });
  after(() => miniflare?.dispose());

  /** @param {unknown[]} bodies  @param {string} [contentType] */
  const send = (bodies, contentType = 'json') =>
    miniflare.dispatchFetch('http://worker.test/', {
      method: 'POST',
      body: JSON.stringify(bodies.map((body) => ({ body, contentType }))),
    });

  /** Waits until all of this was told. @param {string[]} wanted */
  async function telling(...wanted) {
    while (!wanted.every((each) => told.has(each))) {
      await new Promise((resolve) => {
        wake = () => resolve(undefined);
      });
    }
  }

  test('runs the task on each message, and puts the results where the sink says', async () => {
    const ids = ['a', 'b', 'c'];
    await send(ids.map((id) => ({ id, features: [{ id: `item-${id}` }] })));
    await telling(...ids.flatMap((id) => [`done/${id}/1`, `next/${id}`]));
    const results = await miniflare.getR2Bucket('RESULTS');
    const text = await (await results.get('results/b.json')).text();
    assert.deepEqual(JSON.parse(text).features, [{ id: 'item-b' }]);
  });

  test('has a message come again until it succeeds, and no other with it', async () => {
    const again = { id: 'again', process: [{ workflow_options: { failures: 2 } }] };
    await send([again, { id: 'once' }]);
    await telling('done/again/3', 'done/once/1');
    assert.deepEqual([...told].filter((each) => /^done\/(again|once)/.test(each)).sort(), [
      'done/again/3',
      'done/once/1',
    ]);
  });

  test('hands over what can never succeed', async () => {
    await send(['{"id": '], 'text');
    await send([{ process: 5 }, { url: 'https://example.com/payload.json' }]);
    await telling('invalid/InvalidInput', 'invalid/PayloadTypeError', 'invalid/StacTaskError');
  });
});

test('examples/queue takes a payload and keeps the result', { timeout: 60_000 }, async () => {
  const { folder } = await makeProject();
  await cp(join(root, 'examples/queue'), folder, { recursive: true });
  const payload = JSON.parse(await readFile(join(root, 'examples/payloads/sentinel-2.json'), 'utf8'));
  const home = temporaryFolder();
  const wrangler = join(runtimesFolder, 'node_modules/wrangler/bin/wrangler.js');
  const child = start(process.execPath, [wrangler, 'dev', '--ip', '127.0.0.1', '--port', '0'], {
    cwd: folder,
    env: { WRANGLER_SEND_METRICS: 'false', HOME: home, XDG_CONFIG_HOME: home, WRANGLER_LOG_PATH: home },
  });
  try {
    const url = await addressOf(child);
    const sent = await fetch(url, { method: 'POST', body: JSON.stringify(payload) });
    assert.equal(sent.status, 202, await sent.text());
    let response;
    do response = await fetch(`${url}/${encodeURIComponent(payload.id)}`);
    while (response.status === 404);
    const { features } = await response.json();
    assert.equal(features.length, 1);
    assert.equal(features[0].collection, 'sentinel-2-c1-l2a');
  } finally {
    kill(child);
  }
});
