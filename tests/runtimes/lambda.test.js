import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { packagingTool } from '../support/install.js';
import { startLambda } from '../support/lambda.js';
import { ensureNodes, nodes } from '../support/nodes.js';
import { root } from '../support/paths.js';
import { run } from '../support/run.js';
import { makeProject } from '../support/tarball.js';

/*
 * Functions in AWS Lambda: a Node of its own, AWS's own runtime client for Node, and a local runtime API. What the
 * handlers do is in tests/js/lambda-handler.test.js and tests/js/queue-handler.test.js.
 */

const program = `
import { existsSync } from 'node:fs';
import { InvalidInput, Task, toLambdaHandler, toQueueHandler } from 'stac-task';

class MyTask extends Task {
  static name = 'my-task';
  static version = '1.2.3';
  async process({ fail, hang }) {
    if (fail) throw new InvalidInput('no bands');
    if (hang) {
      MyTask.left = this.workdir;
      await new Promise((_, reject) => this.signal.addEventListener('abort', reject));
    }
    return this.items.map((item) => ({ ...Task.createItemFromItem(item), left: MyTask.left && existsSync(MyTask.left) }));
  }
  postProcessItem(item) {
    return MyTask.addSoftwareVersionToItem(item);
  }
}
export const handler = toLambdaHandler(MyTask);
export const queue = toQueueHandler(MyTask, { sink: (result) => console.log('sunk ' + result.id) });
`;

const payload = {
  id: 'p',
  process: [{ collection_matchers: [{ type: 'catch_all', collection_name: 'mine' }] }],
  features: [{ id: 'été' }],
};
const expected = {
  ...payload,
  features: [
    {
      id: 'été',
      stac_extensions: ['https://stac-extensions.github.io/processing/v1.1.0/schema.json'],
      properties: { 'processing:software': { 'my-task': '1.2.3' } },
      collection: 'mine',
    },
  ],
};
/** @param {object} options */
const asking = (options) => ({ ...payload, process: [{ workflow_options: options }] });

/** @type {string} */
let folder;
before(async () => {
  await ensureNodes();
  ({ folder } = await makeProject({ files: { 'index.mjs': program } }));
  // As most functions are deployed: in one file, with what cannot be in it beside.
  const esbuild = await packagingTool('esbuild');
  await esbuild.build({
    entryPoints: [join(folder, 'index.mjs')],
    outfile: join(folder, 'bundle/index.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  await cp(join(folder, 'node_modules/stac-task/dist/core.wasm'), join(folder, 'bundle/core.wasm'));
});

/** Lambda knows even numbers only, and the client is for Node 18 to 22. */
const runtimes = nodes.filter(({ major }) => major <= 22);

for (const { name, path } of runtimes) {
  for (const [what, place] of /** @type {const} */ ([
    ['the package in node_modules', '.'],
    ['a bundle', 'bundle'],
  ])) {
    describe(`${name}, ${what}`, () => {
      /** @type {Awaited<ReturnType<typeof startLambda>>} */
      let lambda;
      before(async () => {
        lambda = await startLambda({ folder: join(folder, place), handler: 'index.handler', node: path });
      });
      after(() => lambda.stop());

      test('a payload, at the start of the process', async (t) => {
        assert.deepEqual(await lambda.invoke(payload), { result: expected }, lambda.log());
        t.diagnostic(`${Math.round(performance.now() - lambda.startedAt)} ms from the start of the process`);
      });

      test('errors have the type by which Cirrus decides', async () => {
        const { error } = await lambda.invoke(asking({ fail: true }));
        assert.equal(error?.errorType, 'stactask.exceptions.InvalidInput');
        assert.equal(error.errorMessage, 'no bands');
        assert.match(error.trace[1] ?? '', /process/);
        const { error: second } = await lambda.invoke({ process: 5 });
        assert.deepEqual(
          [second?.errorType, second?.errorMessage],
          ['TypeError', "unable to parse 'process': must be type list"],
        );
      });

      test('a task that takes too long cleans up before its time is over, and the next call is not touched', async () => {
        const { error } = await lambda.invoke(asking({ hang: true }), 400);
        assert.equal(error?.errorType, 'TimedOutError', lambda.log());
        const { result } = await lambda.invoke(payload);
        assert.equal(result.features[0].left, false);
      });

      test('a request of a function URL', async () => {
        const event = {
          version: '2.0',
          rawPath: '/',
          rawQueryString: '',
          headers: { 'content-type': 'application/json' },
          requestContext: { domainName: 'xmpl.lambda-url.eu-central-1.on.aws', http: { method: 'POST' } },
          body: btoa(unescape(encodeURIComponent(JSON.stringify(payload)))),
          isBase64Encoded: true,
        };
        const { result } = await lambda.invoke(event);
        assert.equal(result.statusCode, 200, result.body);
        assert.equal(JSON.parse(result.body).features[0].id, 'été');
        const { result: bad } = await lambda.invoke({ ...event, body: btoa('{"process": 5}') });
        assert.deepEqual([bad.statusCode, JSON.parse(bad.body).status], [400, 400]);
      });
    });
  }

  test(`${name}: messages of SQS`, async () => {
    const lambda = await startLambda({ folder, handler: 'index.queue', node: path });
    try {
      const Records = [payload, asking({ fail: true }), { ...payload, id: 'q' }].map((each, index) => ({
        messageId: `message-${index}`,
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:queue',
        body: JSON.stringify(each),
      }));
      const { result } = await lambda.invoke({ Records });
      assert.deepEqual(result, { batchItemFailures: [{ itemIdentifier: 'message-1' }] }, lambda.log());
      assert.match(lambda.log(), /sunk p\n/);
      assert.match(lambda.log(), /sunk q\n/);
    } finally {
      lambda.stop();
    }
  });
}

describe('examples/lambda', () => {
  /** @type {string} */
  let example;
  before(async () => {
    ({ folder: example } = await makeProject());
    await cp(join(root, 'examples/lambda'), example, { recursive: true });
  });
  const payloadFile = join(root, 'examples/payloads/sentinel-2.json');

  test('runs in Lambda', async () => {
    const lambda = await startLambda({ folder: example, handler: 'index.handler' });
    try {
      const { result } = await lambda.invoke(JSON.parse(await readFile(payloadFile, 'utf8')));
      const [item, ...others] = result.features;
      assert.deepEqual(item.properties['processing:software'], { 'keep-clear': '1.0.0' });
      assert.deepEqual(others, []);
      const { error } = await lambda.invoke({ features: [{ id: 'a', properties: {} }] });
      assert.deepEqual(
        [error?.errorType, error?.errorMessage],
        ['stactask.exceptions.InvalidInput', 'a has no eo:cloud_cover'],
      );
    } finally {
      lambda.stop();
    }
  });

  test('runs by its one command', async () => {
    const { code, stdout, stderr } = await run(process.execPath, ['invoke.mjs', payloadFile], {
      cwd: example,
    });
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).features.length, 1);
    const bad = await run(process.execPath, ['invoke.mjs', join(root, 'examples/payloads/broken.json')], {
      cwd: example,
    });
    assert.equal(bad.code, 1);
    assert.deepEqual(JSON.parse(bad.stderr.trim().split('\n').at(-1) ?? ''), {
      errorType: 'TypeError',
      errorMessage: "unable to parse 'workflow_options': must be type dict",
    });
  });
});
