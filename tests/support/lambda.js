import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { ensureInstalled } from './install.js';
import { runtimesFolder } from './paths.js';
import { kill, start } from './run.js';

export const lambdaFolder = join(runtimesFolder, 'lambda');

/**
 * What a call of a function ended with.
 * @typedef {object} Invocation
 * @property {any} [result]
 * @property {{ errorType: string, errorMessage: string, trace: string[] }} [error]
 */

/**
 * Runs a function as AWS Lambda does: a Node of its own, AWS's runtime client for Node, and a runtime API that hands it
 * one event after the other.
 *
 * @param {object} options
 * @param {string} options.folder   the function's
 * @param {string} options.handler  such as `index.handler`
 * @param {string} [options.node]   the path of a Node
 * @param {Record<string, string>} [options.env]
 */
export async function startLambda({ folder, handler, node = process.execPath, env = {} }) {
  await ensureInstalled(lambdaFolder);
  /** @type {((ended: Invocation) => void) | undefined} */
  let settle;
  /** @type {{ event: unknown, milliseconds: number } | undefined} */
  let waiting;
  /** @type {import('node:http').ServerResponse | undefined} */
  let asking;
  let log = '';

  const hand = () => {
    if (!waiting || !asking) return;
    asking.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': randomUUID(),
      'lambda-runtime-deadline-ms': String(Date.now() + waiting.milliseconds),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-central-1:123456789012:function:test',
      'lambda-runtime-trace-id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700',
    });
    asking.end(JSON.stringify(waiting.event));
    waiting = asking = undefined;
  };
  const end = (/** @type {Invocation} */ ended) => {
    settle?.(ended);
    settle = undefined;
  };

  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').replace('/2018-06-01/runtime/', '');
    if (path === 'invocation/next') {
      asking = response;
      return hand();
    }
    const body = JSON.parse(await text(request));
    response.writeHead(202).end();
    end(path.endsWith('/response') ? { result: body } : { error: body });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  const client = join(lambdaFolder, 'node_modules/aws-lambda-ric/bin/index.mjs');
  const startedAt = performance.now();
  const child = start(node, ['--require', join(lambdaFolder, 'transport.cjs'), client, handler], {
    cwd: folder,
    env: { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`, LAMBDA_TASK_ROOT: folder, ...env },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      log += chunk;
    });
  }
  child.once('close', (code) =>
    end({ error: { errorType: 'ended', errorMessage: `exit code ${code}`, trace: [log] } }),
  );

  return {
    startedAt,
    log: () => log,
    /**
     * @param {unknown} event
     * @param {number} [milliseconds]  until the function's time is over
     * @returns {Promise<Invocation>}
     */
    invoke(event, milliseconds = 30_000) {
      if (settle) throw new Error('a function is called once at a time');
      waiting = { event, milliseconds };
      const ended = new Promise((resolve) => {
        settle = resolve;
      });
      hand();
      return ended;
    },
    stop() {
      kill(child);
      server.closeAllConnections();
      server.close();
    },
  };
}
