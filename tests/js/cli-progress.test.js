/*
 * What `stac-task download` says of files while they arrive, where it is no terminal.
 */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';

import { Progress } from '../../js/cli/progress.js';

const place = { href: 'https://e.example/a', path: '/to/a' };
const open = (/** @type {number} */ offset) => ({ kind: 'open', ...place, size: 100, offset });
const chunk = (/** @type {number} */ size) => ({ kind: 'chunk', ...place, size });

/** @type {Record<string, object[]>} */
const ways = {
  'that arrives at once': [open(0), chunk(60), chunk(40)],
  'that begins again': [open(0), chunk(60), open(0), chunk(100)],
  'that is continued': [open(0), chunk(60), open(60), chunk(40)],
  'of which an earlier call has left a part': [open(60), chunk(40)],
  'of which such a part is thrown away': [open(60), open(0), chunk(100)],
  'whose offset nobody says': [{ kind: 'open', ...place, size: 100 }, chunk(100)],
};
for (const [how, messages] of Object.entries(ways)) {
  test(`a file ${how} is as large as it is`, () => {
    const out = new PassThrough({ encoding: 'utf8' });
    const progress = new Progress(/** @type {any} */ (out), false);
    const begin = { kind: 'start', key: 'a', ownerId: 'i', ...place };
    for (const message of [begin, ...messages, { kind: 'finish', key: 'a', ...place }]) {
      progress.tell(/** @type {any} */ (message));
    }
    progress.end();
    assert.match(out.read(), /^a: 100 bytes\n1 downloaded, 100 bytes at [^\n]*\/s\n$/);
  });
}
