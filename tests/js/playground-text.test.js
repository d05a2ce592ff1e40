import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { decoded, withLineFeeds } from '../../examples/playground/src/actions/text.js';

const endings = {
  'of Unix': ['a\nb\n', { text: 'a\nb\n', lineEnding: '\n', isMixed: false }],
  'of Windows': ['a\r\nb\r\n', { text: 'a\nb\n', lineEnding: '\r\n', isMixed: false }],
  'of old Macs': ['a\rb\r', { text: 'a\nb\n', lineEnding: '\n', isMixed: true }],
  mixed: ['a\r\nb\n', { text: 'a\nb\n', lineEnding: '\r\n', isMixed: true }],
  none: ['a', { text: 'a', lineEnding: '\n', isMixed: false }],
};

const bytes = {
  'plain text': [[0x61, 0x0a], 'a\n'],
  'a byte order mark': [[0xef, 0xbb, 0xbf, 0x61], 'a'],
  'the replacement character itself': [[0xef, 0xbf, 0xbd], '\ufffd'],
  'Latin-1 in the third line': [[0x0a, 0x0a, 0xe9, 0x0a], /^line 3 is not UTF-8/],
  'a character that is cut at the end': [[0x61, 0x0a, 0xc3], /^line 2 is not UTF-8/],
};

describe('the ends of lines in the playground', () => {
  for (const [name, [given, wanted]] of Object.entries(endings)) {
    test(name, () => assert.deepEqual(withLineFeeds(given), wanted));
  }
});

describe('the bytes of a file in the playground', () => {
  for (const [name, [given, wanted]] of Object.entries(bytes)) {
    const read = () => decoded(Uint8Array.from(given));
    test(name, () =>
      wanted instanceof RegExp ? assert.throws(read, { message: wanted }) : assert.equal(read(), wanted),
    );
  }
});
