/*
 * Everything that a payload may come as.
 */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { before, describe, test } from 'node:test';
import { Payload, ready, StacTaskError, validate, validateSync } from 'stac-task';

import { brief, bytesOf, errorOf, payloadText } from './support.js';

const text = payloadText('"process": [{"tasks": {"été 😀": 5}}], "features": 5');
const bytes = bytesOf(text);
const found = ['error task-options-type /process/0/tasks/été 😀', 'error features-type /features'];

/** A buffer that holds the payload not at its start. */
const padded = () => {
  const buffer = new Uint8Array(Math.ceil(bytes.length / 8) * 8 + 16).fill(0x20);
  buffer.set(bytes, 8);
  return buffer.buffer;
};
const paddedLength = padded().byteLength - 8;

const shared = () => {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
};

/** @param {number} size of each chunk, which may cut characters */
const chunked = (size) => {
  const chunks = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return chunks;
};

/** @param {Iterable<unknown>} chunks */
const webStream = (chunks) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });

before(() => ready());

describe('read at once', () => {
  /** @type {Record<string, () => any>} */
  const inputs = {
    'a string': () => text,
    'a Uint8Array': () => bytes,
    'a Buffer': () => Buffer.from(text),
    'a Uint8Array in the middle of a buffer': () => new Uint8Array(padded(), 8, bytes.length),
    'an Int8Array': () => new Int8Array(padded(), 8, bytes.length),
    'a Uint16Array': () => new Uint16Array(padded(), 8, paddedLength / 2),
    'a Float64Array': () => new Float64Array(padded(), 8, paddedLength / 8),
    'a DataView': () => new DataView(padded(), 8, bytes.length),
    'an ArrayBuffer': () => Uint8Array.from(bytes).buffer,
    'a SharedArrayBuffer': shared,
    'a Uint8Array over a SharedArrayBuffer': () => new Uint8Array(shared()),
    'an object': () => JSON.parse(text),
    'an object without a prototype': () => Object.assign(Object.create(null), JSON.parse(text)),
    'a Payload': () => new Payload(JSON.parse(text)),
  };
  for (const [name, make] of Object.entries(inputs)) {
    test(name, async () => {
      assert.deepEqual(brief(validateSync(make())), found);
      assert.deepEqual(brief(await validate(make())), found);
      assert.deepEqual((await Payload.from(make())).data, JSON.parse(text));
    });
  }
});

describe('read while it arrives', () => {
  /** @type {Record<string, () => any>} */
  const inputs = {
    'a Blob': () => new Blob([text]),
    'a Response': () => new Response(text),
    'a Response of a stream': () => new Response(webStream(chunked(7))),
    'a web stream in one chunk': () => webStream([bytes]),
    'a web stream, one byte at a time': () => webStream(chunked(1)),
    'a web stream cut within characters': () => webStream(chunked(3)),
    'a web stream with empty chunks': () =>
      webStream(chunked(9).flatMap((chunk) => [new Uint8Array(), chunk])),
    'a web stream of text': () => new Blob([text]).stream().pipeThrough(new TextDecoderStream()),
    "a stream of Node's": () => Readable.from(chunked(1)),
    "a stream of Node's with an encoding": () =>
      Readable.from(chunked(3), { objectMode: false }).setEncoding('utf8'),
    'an async generator of bytes': async function* () {
      yield* chunked(5);
    },
  };
  for (const [name, make] of Object.entries(inputs)) {
    test(name, async () => {
      assert.deepEqual(brief(await validate(make())), found);
      assert.deepEqual((await Payload.from(make())).data, JSON.parse(text));
      const error = await errorOf(() => validateSync(make()));
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT');
      assert.match(error.hint, /validate\(\)/);
    });
  }

  test('nothing at all is an empty text', async () => {
    for (const input of [new Response(null), new Blob([]), webStream([]), Readable.from([])]) {
      assert.deepEqual(brief(await validate(input)), ['error json-empty ']);
    }
  });

  for (const status of [404, 500]) {
    test(`a Response with status ${status} is an error, not a payload`, async () => {
      const error = await errorOf(validate(new Response('{}', { status })));
      assert.ok(error instanceof StacTaskError);
      assert.equal(error.code, 'ERR_HTTP_STATUS');
      assert.match(error.message, new RegExp(String(status)));
    });
  }
});

describe('what cannot be read is ERR_READ_FAILED with its cause', () => {
  const cause = new Error('the line is dead');
  const failing = () =>
    new ReadableStream({
      pull(controller) {
        controller.error(cause);
      },
    });
  const locked = () => {
    const stream = webStream([bytes]);
    stream.getReader();
    return stream;
  };
  const used = async () => {
    const response = new Response(text);
    await response.text();
    return response;
  };
  /** @type {Record<string, [make: () => any, cause?: Error]>} */
  const inputs = {
    'a web stream that fails': [failing, cause],
    'a Response whose body fails': [() => new Response(failing()), cause],
    "a stream of Node's that fails": [
      () =>
        new Readable({
          read() {
            this.destroy(cause);
          },
        }),
      cause,
    ],
    'a stream that somebody else reads': [locked],
    'a Response that was read before': [used],
  };
  for (const [name, [make, expected]] of Object.entries(inputs)) {
    for (const read of [validate, Payload.from.bind(Payload)]) {
      test(`${name}: ${read === validate ? 'validate' : 'Payload.from'}`, async () => {
        const error = await errorOf(read(await make()));
        assert.equal(error.code, 'ERR_READ_FAILED', String(error));
        assert.ok(error instanceof StacTaskError);
        if (expected) assert.equal(error.cause, expected);
      });
    }
  }
});

describe('misuse is ERR_INVALID_ARGUMENT', () => {
  for (const input of [null, undefined, 5, Number.NaN, true, 5n, Symbol('payload'), () => text]) {
    test(`an input of ${String(input)}`, async () => {
      for (const read of [validate, validateSync, Payload.from.bind(Payload)]) {
        const error = await errorOf(() => read(/** @type {any} */ (input)));
        assert.equal(error.code, 'ERR_INVALID_ARGUMENT', String(error));
        assert.ok(error.hint);
      }
    });
  }

  test('a promise of a payload is not mistaken for an empty object', async () => {
    const outcome = await validate(/** @type {any} */ (Promise.resolve(text))).catch(({ code }) => code);
    if (outcome !== 'ERR_INVALID_ARGUMENT') assert.deepEqual(brief(outcome), found);
  });

  /** @type {[options: any, message: RegExp][]} */
  const options = [
    [{ lnt: false }, /no option 'lnt'/],
    [{ maxbytes: 5 }, /no option 'maxbytes'/],
    [{ lint: 'no' }, /'lint' is a boolean/],
    [{ lint: null }, /'lint' is a boolean/],
    [{ maxBytes: '5' }, /'maxBytes' is a number/],
    [{ maxBytes: -1 }, /maxBytes/],
    [{ maxBytes: Number.NaN }, /maxBytes/],
    [{ file: 5 }, /'file' is a string/],
    [{ profile: 'Cirrus' }, /'profile' is 'stac-task' or 'cirrus', not 'Cirrus'/],
    [{ profile: null }, /'profile' is 'stac-task' or 'cirrus', not null/],
    [{ items: true }, /'items' is 'none' or 'core', not true/],
    [{ maxIssues: -1 }, /maxIssues/],
    [null, /./],
    [5, /./],
    [true, /./],
  ];
  for (const [given, message] of options) {
    test(`the options ${JSON.stringify(given)}`, async () => {
      for (const check of [validate, validateSync]) {
        const error = await errorOf(() => check('{}', given));
        assert.equal(error.code, 'ERR_INVALID_ARGUMENT', String(error));
        assert.match(error.message, message);
      }
    });
  }

  for (const given of [{ maxbytes: 5 }, { maxBytes: '5' }, { maxBytes: Number.NaN }, { file: 5 }, null]) {
    test(`the options ${JSON.stringify(given)} of Payload.from`, async () => {
      const error = await errorOf(() => Payload.from('{}', /** @type {any} */ (given)));
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT', String(error));
    });
  }

  test('an option of undefined is none', async () => {
    const none = {
      profile: undefined,
      items: undefined,
      lint: undefined,
      maxIssues: undefined,
      maxBytes: undefined,
      file: undefined,
    };
    assert.deepEqual(await validate(text, none), await validate(text));
  });

  test('the defaults can be named', async () => {
    /** @type {import('stac-task').ValidateOptions} */
    const defaults = { profile: 'stac-task', items: 'none', lint: true, maxIssues: 1000 };
    assert.deepEqual(await validate(text, defaults), await validate(text));
    assert.deepEqual((await Payload.from(text)).report(defaults), validateSync(JSON.parse(text)));
  });

  test('maxIssues may be 0 and without end', async () => {
    const { issues, omitted } = await validate(text, { maxIssues: 0 });
    assert.deepEqual([issues, omitted], [[], 2]);
    assert.deepEqual(await validate(text, { maxIssues: Number.POSITIVE_INFINITY }), await validate(text));
  });
});
