/*
 * docs/migration.md has each public name of Python's packages, as recorded from them, and each name that it gives for
 * one is here.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import * as stacTask from 'stac-task';

import { readVectors } from './support.js';

const page = readFileSync(new URL('../../docs/migration.md', import.meta.url), 'utf8');

/** The tables under the headings that are Python packages, `stactask.Payload` and what it is here. */
const rows = ['stactask', 'stac_asset'].flatMap((name) => {
  const section = page.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `([\w.]+)` \| (.*?) \| (.*)\|$/gm)].map(([, python, here, note]) => ({
    python: `${name}.${python}`,
    here,
    note: note.trim(),
  }));
});

/** What stands before the point in the second column. @type {Record<string, (member: string) => boolean>} */
const owners = {
  payload: (member) => member in stacTask.Payload.prototype,
  // `process` is what a task brings itself.
  task: (member) => member in instances.task,
  Task: (member) => member in stacTask.Task,
  config: (member) => isOption(member),
  error: (member) => member in new stacTask.DownloadError([], {}),
};
const instances = { task: /** @type {any} */ (undefined) };

before(async () => {
  await stacTask.ready();
  class Anything extends stacTask.Task {
    process() {
      return [];
    }
  }
  instances.task = new Anything({});
});

test('each public name of the Python packages stands in the tables once, and nothing else does', () => {
  const recorded = readVectors('python-names.json').map(({ name }) => name);
  assert.ok(recorded.length > 100, `${recorded.length} names`);
  assert.deepEqual(rows.map(({ python }) => python).sort(), recorded.sort());
});

test('an option that nobody takes is known as such', () => assert.equal(isOption('no_such_option'), false));

describe('what a name is here', () => {
  for (const { python, here, note } of rows) {
    test(python, () => {
      if (here === 'none') return assert.ok(note.length > 0, 'there is a reason');
      const [, owner, member] = /^`(?:(\w+)\.)?(\w+)`$/.exec(here) ?? assert.fail(`what is ${here}?`);
      if (owner === undefined) return assert.ok(member in stacTask, `there is no ${member}`);
      assert.ok(owners[owner]?.(member), `there is no ${here}`);
    });
  }
});

/** @param {string} name whether a configuration takes it */
function isOption(name) {
  try {
    new stacTask.DownloadConfig({ [name]: undefined });
    return true;
  } catch {
    return false;
  }
}
