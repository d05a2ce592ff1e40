/*
 * How deep and how large an input may be. Beyond that there is a finding, never a crash, and no more is read than must be.
 */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { before, describe, test } from 'node:test';
import { InvalidInput, Payload, ready, validate, validateSync } from 'stac-task';

import { brief, bytesOf, errorOf, payloadText, payloadWith } from './support.js';

before(() => ready());

/**
 * @param {any} input
 * @param {import('stac-task').ValidateOptions} [options]
 */
const briefOf = async (input, options) => brief(await validate(input, options));

describe('1000 containers inside one another are accepted, and 1001 are an error', () => {
  const nested = (/** @type {string} */ open, /** @type {number} */ depth, /** @type {string} */ close) =>
    open.repeat(depth) + close.repeat(depth);
  /** Texts of a given depth; what is said of 1000 levels. @type {Record<string, [(depth: number) => string, string[]]>} */
  const shapes = {
    'in a member that nothing looks at': [(depth) => `{"id": ${nested('[', depth - 1, ']')}}`, []],
    'in features': [(depth) => `{"features": ${nested('[', depth - 1, ']')}}`, []],
    'in process': [(depth) => `{"process": [{"a": ${nested('[', depth - 3, ']')}}]}`, []],
    'of objects': [(depth) => `${'{"a": '.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`, []],
    'of a root that is a list': [(depth) => nested('[', depth, ']'), ['error payload-pair-length /0']],
  };
  for (const [name, [make, expected]] of Object.entries(shapes)) {
    test(`${name}: 1000 levels`, async () => {
      for (const input of [make(1000), bytesOf(make(1000))]) {
        assert.deepEqual((await briefOf(input, { lint: false })).filter(isError), expected);
      }
    });
    test(`${name}: 1001 levels`, async () => {
      for (const input of [make(1001), bytesOf(make(1001))]) {
        const { issues } = await validate(input, { lint: false });
        assert.deepEqual(brief({ issues }), ['error json-too-deep ']);
        assert.equal(issues[0].python?.type, 'RecursionError');
      }
    });
  }

  test('in process of an object', async () => {
    const make = (/** @type {number} */ depth) => payloadWith(JSON.parse(shapes['in process'][0](depth)));
    assert.deepEqual(await briefOf(make(1000)), []);
    const { issues } = await validate(make(1001));
    assert.equal(issues.length, 1);
    assert.equal(issues[0].code, 'json-too-deep');
    assert.equal(issues[0].pointer, `/process/0/a${'/0'.repeat(997)}`);
  });

  test('in features of an object nothing looks', async () => {
    assert.deepEqual(await briefOf(payloadWith(JSON.parse(shapes['in features'][0](5000)))), []);
  });
});

/** @param {string} issue */
const isError = (issue) => issue.startsWith('error');

const tooLarge = ['error input-too-large '];
const text = '{"id": "a"}';
const bytes = bytesOf(text);

describe('an input of maxBytes is read, and a larger one is a finding', () => {
  /** Inputs of a number of bytes. @type {Record<string, [size: number, make: () => any]>} */
  const inputs = {
    text: [11, () => text],
    'text with a character of two bytes': [12, () => '{"id": "é"}'],
    'text with a character of four bytes and two units': [14, () => '{"id": "😀"}'],
    'text with a lone surrogate, which takes three': [13, () => '{"id": "\ud800"}'],
    'a long text, nearly all ASCII': [300_013, () => `{"id": "${'a'.repeat(300_000)}€"}`],
    bytes: [11, () => bytes],
    'bytes in a larger buffer': [11, () => new Uint8Array([0, 0, ...bytes, 0]).subarray(2, 13)],
    'a DataView': [11, () => new DataView(new Uint8Array([0, ...bytes]).buffer, 1)],
    'an ArrayBuffer': [11, () => bytes.slice().buffer],
    'a Blob': [11, () => new Blob([text])],
    'a Response': [11, () => new Response(text)],
    'a Response that says how long it is': [
      11,
      () => new Response(text, { headers: { 'content-length': '11' } }),
    ],
    'a web stream': [11, () => new Blob([text]).stream()],
    "a stream of Node's": [11, () => Readable.from([bytes.subarray(0, 5), bytes.subarray(5)])],
  };
  for (const [name, [size, make]] of Object.entries(inputs)) {
    test(name, async () => {
      const unlimited = await briefOf(make());
      assert.deepEqual(
        await briefOf(make(), { maxBytes: size }),
        unlimited,
        `${size} bytes are not too many`,
      );
      assert.notDeepEqual(unlimited, tooLarge);
      for (const maxBytes of [size - 1, 5, 0]) {
        assert.deepEqual(await briefOf(make(), { maxBytes }), tooLarge, `${maxBytes} bytes are too few`);
      }
    });

    test(`${name}, for Payload.from`, async () => {
      const error = await errorOf(Payload.from(make(), { maxBytes: size - 1 }));
      assert.ok(error instanceof InvalidInput, String(error));
      assert.equal(error.issue?.code, 'input-too-large');
      await Payload.from(make(), { maxBytes: size });
    });
  }

  test('validateSync says the same', () => {
    const accented = payloadText('"id": "é"');
    const size = accented.length + 1;
    for (const input of [accented, bytesOf(accented)]) {
      assert.deepEqual(brief(validateSync(input, { maxBytes: size })), []);
      assert.deepEqual(brief(validateSync(input, { maxBytes: size - 1 })), tooLarge);
    }
  });

  test('an empty input is not too large for 0', async () => {
    assert.deepEqual(await briefOf('', { maxBytes: 0 }), ['error json-empty ']);
  });

  test('an object has no bytes', async () => {
    assert.deepEqual(await briefOf(payloadWith({ id: 'a' }), { maxBytes: 0 }), []);
  });

  test('the message names the file, the size and the limit; there is no place', async () => {
    const { issues } = await validate(text, { maxBytes: 5, file: 'payload.json' });
    assert.match(issues[0].message, /payload\.json has 11 bytes or more; maxBytes is 5/);
    assert.ok(issues[0].hint);
    assert.equal('range' in issues[0], false);
    assert.equal('python' in issues[0], false);
  });
});

describe('no more is read than must be', () => {
  /** A stream without end that says what happens to it. */
  const endless = () => {
    const seen = { pulled: 0, cancelled: false };
    const stream = new ReadableStream(
      {
        pull(controller) {
          ++seen.pulled;
          controller.enqueue(new Uint8Array(100));
        },
        cancel() {
          seen.cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    return { seen, stream };
  };

  test('an endless web stream', async () => {
    const { seen, stream } = endless();
    assert.deepEqual(await briefOf(stream, { maxBytes: 250 }), tooLarge);
    assert.deepEqual(seen, { pulled: 3, cancelled: true });
    assert.equal(stream.locked, false);
  });

  test('the endless body of a Response', async () => {
    const { seen, stream } = endless();
    assert.deepEqual(await briefOf(new Response(stream), { maxBytes: 250 }), tooLarge);
    assert.deepEqual(seen, { pulled: 3, cancelled: true });
  });

  test('a Response that says that it is too long is not read at all', async () => {
    const { seen, stream } = endless();
    const response = new Response(stream, { headers: { 'content-length': '300' } });
    const { issues } = await validate(response, { maxBytes: 250 });
    assert.deepEqual(brief({ issues }), tooLarge);
    assert.match(issues[0].message, /300/);
    assert.deepEqual(seen, { pulled: 0, cancelled: true });
  });

  test('a Response that lies about its length is stopped', async () => {
    const { seen, stream } = endless();
    const response = new Response(stream, { headers: { 'content-length': '10' } });
    assert.deepEqual(await briefOf(response, { maxBytes: 250 }), tooLarge);
    assert.deepEqual(seen, { pulled: 3, cancelled: true });
  });

  test("an endless stream of Node's", async () => {
    let pulled = 0;
    const stream = new Readable({
      highWaterMark: 1,
      read() {
        ++pulled;
        this.push(Buffer.alloc(100));
      },
    });
    assert.deepEqual(await briefOf(stream, { maxBytes: 250 }), tooLarge);
    assert.ok(pulled <= 5, `${pulled} chunks`);
    assert.equal(stream.destroyed, true);
  });

  test('a Blob that is too large', async () => {
    class Unread extends Blob {
      /** @returns {never} */
      arrayBuffer() {
        throw new Error('it was read');
      }
      /** @returns {never} */
      stream() {
        throw new Error('it was read');
      }
    }
    assert.deepEqual(await briefOf(new Unread([text]), { maxBytes: 5 }), tooLarge);
  });
});
