/*
 * What the tests of the command line share: a folder of payloads, and the command in it.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

import { run } from '../support/run.js';
import { root } from './support.js';

export const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/**
 * A folder with files, made before the tests and removed after them.
 * @param {Record<string, string | Uint8Array>} files
 */
export function workplace(files) {
  const folder = mkdtempSync(join(tmpdir(), 'stac-task-cli-'));
  before(() => Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text))));
  after(() => rmSync(folder, { recursive: true }));

  /**
   * @param {string[]} args
   * @param {{ input?: string, env?: Record<string, string> }} [options]
   */
  const stacTask = (args, options) => run(process.execPath, [cli, ...args], { cwd: folder, ...options });

  /**
   * Runs one that must say nothing on stderr; gives its output.
   * @param {string[]} args
   * @param {number} code
   * @param {Parameters<typeof stacTask>[1]} [options]
   */
  async function outputOf(args, code, options) {
    const outcome = await stacTask(args, options);
    assert.deepEqual({ code: outcome.code, stderr: outcome.stderr }, { code, stderr: '' }, outcome.stdout);
    return outcome.stdout;
  }
  return { folder, stacTask, outputOf };
}

/** Modules in a folder find this package. @param {string} folder */
export function linkPackage(folder) {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/stac-task'), 'dir');
}

/**
 * A server on 127.0.0.1 that listens before the tests and is closed after them.
 * @param {import('node:http').Server} server
 * @returns {{ url: string }} filled when the tests begin
 */
export function listening(server) {
  const site = { url: '' };
  before(async () => {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    site.url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return site;
}

/** Runs at once of one file's tests: the machine this is made for has two cores. */
export const concurrency = { concurrency: 4 };
