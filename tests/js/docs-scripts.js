/*
 * How docs.test.js runs a block of JavaScript: what it makes a module of, and what it asks of the module.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Task, toFetchHandler } from 'stac-task';

import * as fixtures from './docs-fixtures.js';

/**
 * `EXPRESSION; // → VALUE` becomes a check.
 *
 * @param {string} code
 */
export const withClaims = (code) =>
  code.replace(/^( *)(.+); \/\/ → (.+)$/gm, (_, indent, expression, value) => {
    const message = JSON.stringify(`${expression} is no longer what the page says`);
    return `${indent}docs.is(${expression}, ${value}, ${message});`;
  });

/** @param {string} code */
export const inProcess = (code) => `import { Task } from 'stac-task';
class Example extends Task {
  static name = 'example';
  async process() {
    const [item] = this.items;
    ${code}
    return this.items;
  }
}
await Example.handler({ features: [docs.item], process: [{}] });`;

/**
 * Calls what a module exports, as its runtime would.
 *
 * @param {any} module
 */
export async function exercise({ default: given, handler }) {
  const { payload, text } = fixtures;
  if (given?.isStacTask) {
    const { features } = await given.handler(structuredClone(payload), { upload: false, logger: {} });
    assert.ok(features.length > 0, 'the task gives an item');
  }
  if (given?.fetch) {
    const headers = { 'content-type': 'application/json' };
    const request = new Request('http://127.0.0.1:8787/', { method: 'POST', headers, body: text });
    const response = await given.fetch(request);
    assert.equal(response.status, 200, await response.clone().text());
  }
  if (given?.queue) {
    const outcomes = [];
    const [ack, retry] = ['ack', 'retry'].map((name) => () => outcomes.push(name));
    const message = { id: '1', body: payload, attempts: 1, timestamp: new Date(), ack, retry };
    const env = { RESULTS: { put: async () => {} } };
    await given.queue({ queue: 'payloads', messages: [message], ackAll() {}, retryAll() {} }, env, {
      waitUntil() {},
    });
    assert.deepEqual(outcomes, ['ack']);
  }
  if (!handler) return;
  const isForQueues = given?.queue !== undefined;
  const record = { messageId: '1', eventSource: 'aws:sqs', body: text };
  const answer = await handler(isForQueues ? { Records: [record] } : structuredClone(payload), {});
  if (isForQueues) return assert.deepEqual(answer, { batchItemFailures: [] });
  assert.ok(JSON.parse(JSON.stringify(answer)).features.length > 0, 'the handler gives an item');
}

/** @param {string} entry @returns {Promise<string>} what a user's esbuild makes of it for Node */
export async function bundled(entry) {
  const outdir = join(process.cwd(), 'bundle');
  /** @type {import('esbuild').BuildOptions} */
  const options = {
    bundle: true,
    splitting: true,
    format: 'esm',
    loader: { '.wasm': 'file' },
    platform: 'node',
  };
  const { errors } = await build({ ...options, entryPoints: { out: entry }, outdir, logLevel: 'error' });
  assert.deepEqual(errors, []);
  return join(outdir, 'out.js');
}

/**
 * `…` stands for some text, and `{}` for some object.
 *
 * @param {any} documented
 * @param {string} body
 */
export async function checkProblem(documented, body) {
  class MyTask extends Task {
    process() {
      return [];
    }
  }
  const headers = { 'content-type': 'application/json' };
  const request = new Request('http://127.0.0.1/', { method: 'POST', headers, body });
  const answer = await (await toFetchHandler(MyTask, { logger: {} })(request)).json();
  assert.match(documented.instance, /^#[\da-f-]{36}$/);
  assert.match(answer.instance, /^#[\da-f-]{36}$/);
  const shortened = answer.issues.map((/** @type {any} */ issue, /** @type {number} */ index) =>
    Object.fromEntries(
      Object.keys(documented.issues[index] ?? {}).map((key) => {
        const said = documented.issues[index][key];
        return [key, said === '…' || JSON.stringify(said) === '{}' ? said : issue[key]];
      }),
    ),
  );
  assert.deepEqual(documented, { ...answer, instance: documented.instance, issues: shortened });
}
