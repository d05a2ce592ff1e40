/*
 * The examples run. That the README shows their code, docs.test.js says.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');

test('the Node example names each problem and its line, and fails for a broken payload', () => {
  const run = (...names) => {
    const files = names.map((name) => fileURLToPath(new URL(`examples/payloads/${name}.json`, root)));
    return spawnSync(process.execPath, [fileURLToPath(new URL('examples/node/check.mjs', root)), ...files], {
      encoding: 'utf8',
    });
  };
  const good = run('sentinel-2', 'landsat');
  assert.deepEqual([good.status, good.stderr], [0, '']);
  const lines = good.stdout.trimEnd().split('\n');
  assert.match(lines[0] ?? '', /sentinel-2\.json:43: info: \$\{month\} has no leading zero$/);
  assert.deepEqual(
    lines.slice(1).map((line) => line.replace(/^.*\/landsat\.json:/, '')),
    [34, 63, 73, 83, 94].flatMap((line) =>
      line === 83
        ? [`${line}: info: process definitions from here on are for later workflows: 1 more`]
        : ['month', 'day'].map((name) => `${line}: info: \${${name}} has no leading zero`),
    ),
  );
  const bad = run('broken');
  assert.equal(bad.status, 1);
  assert.match(bad.stdout, /broken\.json:7: error: unable to parse 'workflow_options': must be type dict/);
});

test('the Worker example rewrites hrefs and assigns collections', async () => {
  const { default: worker } = await import(new URL('examples/worker/worker.js', root).href);
  const post = (body) =>
    worker.fetch(
      new Request('http://127.0.0.1/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    );
  const { features } = await (await post(read('examples/payloads/sentinel-2.json'))).json();
  const collections = features.map(({ collection }) => collection).sort();
  assert.deepEqual(collections, ['sentinel-2-c1-l2a', 'sentinel-2-l2a']);
  for (const { assets, properties } of features) {
    assert.deepEqual(properties['processing:software'], { 'publish-hrefs': '1.0.0' });
    for (const { href } of Object.values(assets)) assert.match(href, /^https:/);
  }
  assert.match(features[0].assets.visual.href, /^https:\/\/data\.example\.com\/sentinel-cogs\//);
  assert.equal((await post('{"process": 5}')).status, 400);
});

describe('the task example', () => {
  const task = fileURLToPath(new URL('examples/node-task/task.mjs', root));
  const payload = fileURLToPath(new URL('examples/payloads/sentinel-2.json', root));
  const folder = mkdtempSync(join(tmpdir(), 'stac-task-example-'));
  after(() => rmSync(folder, { recursive: true }));
  const run = (command, options = {}) =>
    spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8', ...options });

  test('keeps the clear scene, says what made it and from what, and assigns the collection', () => {
    const { status, stdout, stderr } = run([task, 'run', payload, '--local']);
    assert.deepEqual([status, stdout], [0, '']);
    assert.match(
      stderr,
      /^INFO:clear-scenes:\[sentinel-s2-l2a\S+\] \S+ has 27\.695846 % clouds: left out\n$/,
    );
    const output = JSON.parse(readFileSync(join(folder, 'local-output/output-payload.json'), 'utf8'));
    assert.equal(output.features.length, 1);
    const [item] = output.features;
    assert.deepEqual(item.properties['processing:software'], { 'clear-scenes': '1.0.0' });
    assert.deepEqual(item.stac_extensions, [...item.stac_extensions].sort());
    assert.equal(item.collection, 'sentinel-2-c1-l2a');
    const { href } = item.links.find(({ rel }) => rel === 'self');
    const link = { title: 'Source STAC Item', rel: 'derived_from', href, type: 'application/json' };
    assert.deepEqual(item.links.at(-1), link);
    assert.deepEqual(JSON.parse(readFileSync(item.assets.outline.href, 'utf8')), item.geometry);
  });

  test('runs with stac-task run, and takes its options from the payload', () => {
    const cli = fileURLToPath(new URL('dist/cli.js', root));
    const input = JSON.stringify({
      ...JSON.parse(readFileSync(payload, 'utf8')),
      process: [{ tasks: { 'clear-scenes': { max_cloud_cover: 50 } } }],
    });
    const { status, stdout, stderr } = run([cli, 'run', task], { input });
    assert.equal(status, 0, stderr);
    assert.equal(JSON.parse(stdout).features.length, 2);
  });

  test('refuses scenes without a cloud cover', () => {
    const { status, stdout, stderr } = run([task, 'run'], { input: '{"features": [{"properties": {}}]}' });
    assert.deepEqual(
      [status, stdout, stderr],
      [1, '', 'ERROR:clear-scenes:every scene needs eo:cloud_cover\n'],
    );
  });
});
