/*
 * What the tests of the command line share: a folder of payloads, and the command in it.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

import { run } from '../support/run.js';

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

/** Runs at once of one file's tests: the machine this is made for has two cores. */
export const concurrency = { concurrency: 4 };
