/*
 * CirrusPayload where Python has no say: options, addresses, copies, what the text of a number is, and hostile input.
 * tests/vectors/cirrus.json has the rest.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { CirrusPayload, explain, Payload, ready, StacTaskError } from 'stac-task';

import { bytesOf, errorOf } from './support.js';

before(() => ready());

const item = { id: 'i', collection: 'c', properties: { confidence: 80.5 } };
/** @param {unknown[]} next @param {object} [members] */
const dataWith = (next, members) => ({
  type: 'FeatureCollection',
  id: 'c/workflow-w/i',
  process: /** @type {any[]} */ ([{ workflow: 'w' }, ...next]),
  features: /** @type {any[]} */ ([item, { ...item, id: 'j', properties: { confidence: 95 } }]),
  ...members,
});
const plain = dataWith([]);

describe('a CirrusPayload', () => {
  test('is a Payload with the rules of Cirrus', async () => {
    const payload = await CirrusPayload.from('{"process": [{}]}');
    assert.ok(payload instanceof CirrusPayload && payload instanceof Payload);
    assert.deepEqual(payload.processDefinition, {});
    const codes = payload.report().issues.map(({ code }) => code);
    assert.ok(codes.includes('cirrus-workflow-missing') && codes.includes('cirrus-id-missing'), codes.join());
    assert.ok(
      !payload.report({ profile: 'stac-task' }).issues.some(({ code }) => code.startsWith('cirrus-')),
    );
    assert.deepEqual(
      payload.warnings.map(({ code }) => code),
      ['upload-collections'],
    );
  });

  test('throws what stac-task raises before what Cirrus does', async () => {
    const error = await errorOf(() => new CirrusPayload({ process: [5] }).validate());
    assert.equal(error.name, 'PayloadTypeError');
    assert.match(error.message, /first element of the list/);
  });

  test('says how long a payload may be', () => {
    assert.equal(CirrusPayload.maxEncodedLength, 120_000);
  });

  test('is measured as its text is, but for what a number was', async () => {
    const text = '{"id": "é/x", "a": [1, 2]}';
    assert.equal(await CirrusPayload.encodedLength('{"id":"é/x","a":[1,2]}'), 40);
    assert.equal(await CirrusPayload.encodedLength(bytesOf(text)), 40);
    assert.equal(await CirrusPayload.encodedLength(new Response(text)), 40);
    assert.equal((await CirrusPayload.from(text)).encodedLength(), 40);
    assert.equal(await CirrusPayload.encodedLength('{"a": 1.0}'), 14);
    assert.equal((await CirrusPayload.from('{"a": 1.0}')).encodedLength(), 12);
    assert.equal(new CirrusPayload({ a: Number.NaN, b: undefined }).encodedLength(), 14);
  });

  test('of two equal keys the last is measured, however they are written', async () => {
    const same = ['{"a":[2.0,{}],"b":7}', '{"a":1,"b":{"x":[]},"a":[2.0,{}],"\\u0062":7}'];
    const [one, other] = await Promise.all(same.map((text) => CirrusPayload.encodedLength(text)));
    assert.equal(one, other);
    const many = `{${Array.from({ length: 50_000 }, (_, i) => `"k${i % 1000}": ${i}`)}}`;
    assert.equal(
      await CirrusPayload.encodedLength(many),
      await CirrusPayload.encodedLength(JSON.stringify(JSON.parse(many))),
    );
  });

  test('that is no JSON cannot be measured', async () => {
    assert.equal((await errorOf(CirrusPayload.encodedLength('{"a": '))).name, 'InvalidInput');
    const cyclic = /** @type {any} */ ({});
    cyclic.a = cyclic;
    const error = await errorOf(() => new CirrusPayload(cyclic).encodedLength());
    assert.deepEqual([error.name, error.issue.code], ['InvalidInput', 'not-json']);
  });
});

describe('setId()', () => {
  test('writes the id into data, and leaves one that is there', () => {
    const payload = new CirrusPayload({ ...dataWith([]), id: undefined });
    payload.setId();
    assert.equal(payload.data.id, 'c/workflow-w/i/j');
    payload.data.features.pop();
    payload.setId();
    assert.equal(payload.data.id, 'c/workflow-w/i/j');
  });

  test('keeps lone surrogates, and orders by code points', () => {
    const features = ['\ud800', '\uffff', '\u{10000}'].map((id) => ({ id, collection: 'c' }));
    const payload = new CirrusPayload({ process: [{ workflow: 'w' }], features });
    payload.setId();
    assert.equal(payload.data.id, 'c/workflow-w/\ud800/\uffff/\u{10000}');
  });

  test('of a hundred thousand items is quick', () => {
    const features = Array.from({ length: 100_000 }, (_, i) => ({
      id: `${i}`,
      collection: `c${i % 7}`,
      a: 'x',
    }));
    const payload = new CirrusPayload({ process: [{ workflow: 'w' }], features });
    payload.setId();
    assert.ok(payload.data.id.startsWith('c0/c1/c2/c3/c4/c5/c6/workflow-w/0/1/10/100/'));
  });

  test('tells of a getter that throws', async () => {
    const features = [
      {
        get id() {
          throw new Error('no');
        },
      },
    ];
    const error = await errorOf(() => new CirrusPayload({ process: [{ workflow: 'w' }], features }).setId());
    assert.deepEqual([error.name, error.issue.pointer], ['InvalidInput', '/features/0/id']);
  });
});

describe('fromEvent()', () => {
  test('shares the payload of a plain event, as the constructor does', async () => {
    const payload = await CirrusPayload.fromEvent(plain);
    assert.equal(payload.data.features, plain.features);
    assert.notEqual(payload.data, plain);
  });

  test('takes what Payload.from takes', async () => {
    const event = JSON.stringify({ Records: [{ body: JSON.stringify(plain) }] });
    for (const input of [
      event,
      bytesOf(event),
      new Response(event),
      new Blob([event]),
      Promise.resolve(event),
    ]) {
      assert.deepEqual((await CirrusPayload.fromEvent(input)).data, plain);
    }
    const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...bytesOf(event)]);
    assert.deepEqual((await CirrusPayload.fromEvent(marked)).data, plain);
  });

  test('sets the id if it is asked to', async () => {
    const event = { body: JSON.stringify({ ...plain, id: undefined }) };
    assert.equal((await CirrusPayload.fromEvent(event)).data.id, undefined);
    assert.equal(
      (await CirrusPayload.fromEvent(event, { setIdIfMissing: true })).data.id,
      'c/workflow-w/i/j',
    );
  });

  test('makes what it is called on', async () => {
    class Mine extends CirrusPayload {}
    assert.ok((await Mine.fromEvent(plain)) instanceof Mine);
    assert.ok((await Mine.fromEvent({ url: 's3://a/b' }, { resolve: () => plain })) instanceof Mine);
    assert.ok(new Mine(dataWith([{}])).nextPayloads()[0] instanceof Mine);
  });

  test('hands the address and the signal to resolve, and takes what Payload.from takes', async () => {
    const { signal } = new AbortController();
    const text = JSON.stringify(plain);
    for (const answer of [plain, text, bytesOf(text), new Response(text), new Blob([text])]) {
      /** @type {unknown[]} */
      const asked = [];
      const payload = await CirrusPayload.fromEvent(
        { Records: [{ body: JSON.stringify({ Parameters: { url_out: 's3://bucket/out.json' } }) }] },
        {
          signal,
          resolve: async (...given) => {
            asked.push(...given);
            return answer;
          },
        },
      );
      assert.deepEqual(payload.data, plain);
      assert.deepEqual(asked, ['s3://bucket/out.json', { signal }]);
    }
  });

  test('without resolve refuses an address, and says nothing of it but its scheme', async () => {
    const error = await errorOf(CirrusPayload.fromEvent({ url: 's3://bucket/key?secret' }));
    assert.ok(error instanceof StacTaskError);
    assert.equal(error.code, 'ERR_UNRESOLVED_URL');
    assert.match(error.hint, /s3:/);
    assert.ok(!`${error.message}${error.hint}`.includes('secret'));
  });

  test('follows an href where there is no process, if it can', async () => {
    const resolve = () => plain;
    const event = { href: 'https://example.com/payload.json' };
    assert.deepEqual((await CirrusPayload.fromEvent(event, { resolve })).data, plain);
    assert.deepEqual((await CirrusPayload.fromEvent(event)).data, event);
    const both = { ...plain, href: 'https://example.com/payload.json' };
    assert.deepEqual((await CirrusPayload.fromEvent(both, { resolve })).data, both);
  });

  test('does not follow an address that it has read', async () => {
    const resolve = () => ({ url: 's3://a/another' });
    assert.deepEqual((await CirrusPayload.fromEvent({ url: 's3://a/b' }, { resolve })).data, {
      url: 's3://a/another',
    });
  });

  test('names the message that is no JSON', async () => {
    const body = JSON.stringify({ Message: '{"a": 1,}' });
    const error = await errorOf(CirrusPayload.fromEvent({ Records: [{ body }] }));
    assert.equal(error.name, 'InvalidInput');
    assert.match(error.message, /^\/Records\/0\/body\/Message:1:9: /);
    assert.equal(error.issues.length, 1);
  });

  test('reads no more than maxBytes, of the event and of what it points to', async () => {
    const event = JSON.stringify(plain);
    const tooLarge = await errorOf(CirrusPayload.fromEvent(event, { maxBytes: 10 }));
    assert.equal(tooLarge.issues[0].code, 'input-too-large');
    const resolve = () => event;
    const other = await errorOf(CirrusPayload.fromEvent({ url: 's3://a/b' }, { resolve, maxBytes: 30 }));
    assert.equal(other.issues[0].code, 'input-too-large');
  });

  /** @type {Record<string, any>} */
  const wrong = {
    'an option that there is not': { resolver: () => plain },
    'a resolve that is no function': { resolve: 's3' },
    'options that are none': 5,
    'null for options': null,
    'a signal that is none': { signal: {} },
    'null for a signal': { signal: null },
  };
  for (const [name, options] of Object.entries(wrong)) {
    test(`refuses ${name}`, async () => {
      assert.equal((await errorOf(CirrusPayload.fromEvent(plain, options))).code, 'ERR_INVALID_ARGUMENT');
    });
  }

  test('passes on what resolve throws', async () => {
    const reason = new Error('the bucket is gone');
    const resolve = () => Promise.reject(reason);
    assert.equal(await errorOf(CirrusPayload.fromEvent({ url: 's3://a/b' }, { resolve })), reason);
  });

  test('ends, whatever the event is', async () => {
    let nested = '{}';
    for (let depth = 0; depth < 12; ++depth) nested = JSON.stringify({ Message: nested });
    assert.ok(
      (await CirrusPayload.fromEvent({ body: nested })).data.Message,
      'messages are opened twice, no more',
    );
    const deep = '['.repeat(1001);
    assert.equal((await errorOf(CirrusPayload.fromEvent({ body: deep }))).issues[0].code, 'json-too-deep');
    const many = { Records: Array.from({ length: 100_000 }, () => ({ body: '{}' })) };
    assert.match((await errorOf(CirrusPayload.fromEvent(many))).message, /Multiple payloads/);
    const cyclic = /** @type {any} */ ({ Sns: {} });
    cyclic.Sns.Message = cyclic;
    assert.equal((await errorOf(CirrusPayload.fromEvent(cyclic))).name, 'InvalidInput');
    const throwing = {
      get Records() {
        throw new Error('no');
      },
    };
    assert.equal((await errorOf(CirrusPayload.fromEvent(throwing))).name, 'InvalidInput');
    const named = await CirrusPayload.fromEvent({ body: '{"__proto__": {"a": 1}}' });
    assert.deepEqual(Object.keys(named.data), ['__proto__']);
  });
});

describe('nextPayloads()', () => {
  test('are copies: what is changed in one changes nothing else', () => {
    const payload = new CirrusPayload(dataWith([[{ workflow: 'x' }, { workflow: 'y' }], { workflow: 'z' }]));
    const before = structuredClone(payload.data);
    const [x, y] = payload.nextPayloads();
    x?.items.pop();
    x?.data.process.pop();
    Object.assign(x?.processDefinition ?? {}, { workflow: 'other' });
    assert.deepEqual(payload.data, before);
    assert.deepEqual(y?.data.process, [{ workflow: 'y' }, { workflow: 'z' }]);
    assert.equal(y?.items.length, 2);
  });

  test('hold a fraction against a number that has one, and cut it off beside an integer', () => {
    const filters = ['@.properties.confidence > 80', '@.properties.confidence > 80.0'];
    const payload = new CirrusPayload(dataWith([filters.map((chain_filter) => ({ chain_filter }))]));
    assert.deepEqual(
      payload.nextPayloads().map(({ items }) => items.map(({ id }) => id)),
      [['j'], ['i', 'j']],
    );
  });

  test('keep NaN and members called __proto__', () => {
    const data = JSON.parse(
      JSON.stringify(dataWith([{}])).replace('"features"', '"__proto__": {"a": 1}, "features"'),
    );
    data.nan = Number.NaN;
    const [next] = new CirrusPayload(data).nextPayloads();
    assert.ok(Object.hasOwn(next?.data ?? {}, '__proto__'));
    assert.ok(Number.isNaN(next?.data.nan));
  });

  test('name the filter at fault', async () => {
    const payload = new CirrusPayload(dataWith([[{}, { chain_filter: '@.a >' }]]));
    const error = await errorOf(() => payload.nextPayloads());
    assert.deepEqual(
      [error.name, error.pointer, error.offset],
      ['JsonPathError', '/process/1/1/chain_filter', 5],
    );
  });

  test('of a text in the place of definitions there are none', async () => {
    const error = await errorOf(() => new CirrusPayload(dataWith(['ab'])).nextPayloads());
    assert.equal(error.name, 'PayloadTypeError');
  });

  test('end, however many there would be', async () => {
    const forks = new CirrusPayload(dataWith([Array.from({ length: 1_000_000 }, () => ({}))]));
    assert.equal((await errorOf(() => forks.nextPayloads())).code, 'ERR_JSONPATH_BUDGET');
    const features = Array.from({ length: 20_000 }, (_, id) => ({ id }));
    const filters = Array.from({ length: 600 }, () => ({ chain_filter: '@.a' }));
    const filtered = new CirrusPayload(dataWith([filters], { features }));
    assert.equal((await errorOf(() => filtered.nextPayloads())).code, 'ERR_JSONPATH_BUDGET');
    const long = dataWith([], {});
    long.process = [...long.process, ...Array.from({ length: 1_000_000 }, () => ({}))];
    assert.equal(new CirrusPayload(long).nextPayloads()[0]?.data.process.length, 1_000_000);
  });

  test('go as deep as payloads may', () => {
    /** @type {any} */
    let deep = [];
    for (let depth = 0; depth < 900; ++depth) deep = [deep];
    const payload = new CirrusPayload(dataWith([{ deep, chain_filter: '@.id' }], { deep }));
    assert.deepEqual(payload.nextPayloads()[0]?.data.deep, deep);
    assert.ok(payload.encodedLength() > 1800);
  });

  test('stop at a filter that would take for ever', async () => {
    const features = [{ id: 'a'.repeat(60) }];
    const payload = new CirrusPayload(dataWith([{ chain_filter: "@.id =~ '(a+)+$b'" }], { features }));
    assert.equal((await errorOf(() => payload.nextPayloads())).code, 'ERR_REGEX_BUDGET');
  });
});

describe('explain(payload, { chain: true })', () => {
  /** @param {object} payload */
  const chainOf = async (payload) => {
    const { chain } = await explain(payload, { chain: true });
    assert.ok(chain);
    return chain;
  };

  test('is asked for', async () => {
    assert.equal((await explain(plain)).chain, undefined);
    assert.equal((await explain(plain, { chain: false })).chain, undefined);
  });

  test('says nothing follows', async () => {
    const { next, problems, id, length, maxLength } = await chainOf(plain);
    assert.deepEqual(
      { next, problems, id, maxLength },
      { next: [], problems: [], id: plain.id, maxLength: 120_000 },
    );
    assert.equal(length, new CirrusPayload(plain).encodedLength());
  });

  test('says which items go on, and of the others why not', async () => {
    const { next } = await chainOf(
      dataWith([{ workflow: 'x', chain_filter: '@.properties.confidence > 90' }]),
    );
    const [{ why, ...link }] = /** @type {[any]} */ (next);
    const [queued] = new CirrusPayload(
      dataWith([{ workflow: 'x', chain_filter: '@.properties.confidence > 90' }]),
    ).nextPayloads();
    queued?.setId();
    assert.deepEqual(link, {
      pointer: '/process/1',
      workflow: 'x',
      filter: '@.properties.confidence > 90',
      items: 1,
      kept: [{ index: 1, id: 'j' }],
      dropped: 1,
      id: 'c/workflow-x/j',
      length: queued?.encodedLength(),
      problems: [],
    });
    assert.deepEqual(
      why.map((/** @type {any} */ { tests: _tests, ...each }) => each),
      [
        {
          index: 0,
          id: 'i',
          reason:
            '@.properties.confidence is 80.5, which is not > 90 (beside an integer the fraction does not count)',
        },
      ],
    );
  });

  /** The codes of problems of each payload that comes next. @type {Record<string, [unknown, string[][]]>} */
  const problems = {
    'no items': [{ workflow: 'x', chain_filter: '@.id == z' }, [['chain-no-items']]],
    'no workflow': [{}, [['chain-no-id']]],
    'the same id twice': [
      [{ workflow: 'x' }, { workflow: 'y' }, { workflow: 'x' }],
      [[], [], ['chain-same-id']],
    ],
    'the id of the payload itself': [{ workflow: 'w', chain_filter: '@.id == i' }, [['chain-same-id']]],
    'an id that is none': [{ workflow: 'x', collections: '' }, [['cirrus-id-pattern']]],
    'a definition that stac-task refuses': [{ workflow: 'x', tasks: 5 }, [['tasks-type']]],
    'too many characters': [{ workflow: 'x', pad: 'x'.repeat(120_000) }, [['cirrus-payload-size']]],
    'a definition that is none': [[[5]], [['chain-no-id']]],
  };
  for (const [name, [next, codes]] of Object.entries(problems)) {
    test(`finds ${name}`, async () => {
      const chain = await chainOf(dataWith([next]));
      assert.deepEqual(
        chain.next.map((link) => link.problems?.map(({ code }) => code)),
        codes,
      );
    });
  }

  test('shows an error where Python raises, and nothing behind it', async () => {
    const chain = await chainOf(
      dataWith([[{ workflow: 'x' }, { chain_filter: '@.a >' }, { workflow: 'y' }]]),
    );
    assert.deepEqual(
      chain.next.map(({ pointer, error }) => [pointer, error?.type]),
      [
        ['/process/1/0', undefined],
        ['/process/1/1', 'JsonPathParserError'],
      ],
    );
    assert.equal(chain.omitted, 1);
    assert.equal((await chainOf(dataWith([5]))).error?.message, "'int' object is not iterable");
  });

  test('tells what is wrong with the payload itself, too', async () => {
    const chain = await chainOf({ ...dataWith([{ workflow: 'x' }]), id: 'a' });
    assert.deepEqual(
      chain.problems.map(({ code }) => code),
      ['cirrus-id-pattern'],
    );
    assert.equal(chain.next.length, 1);
    assert.deepEqual((await chainOf({ process: { workflow: 'w' } })).next, []);
  });

  test('keeps the numbers of a text', async () => {
    const text = JSON.stringify(dataWith([{ workflow: 'x' }])).replace('80.5', '80.0');
    const chain = await chainOf(/** @type {any} */ (text));
    assert.equal(chain.next[0]?.length, (await lengthOfNext(text)) + '80.0'.length - '80'.length);
  });

  /** @param {string} text */
  async function lengthOfNext(text) {
    const [next] = (await CirrusPayload.from(text)).nextPayloads();
    next?.setId();
    return Number(next?.encodedLength());
  }

  test('ends, however many there would be', async () => {
    const forks = await chainOf(dataWith([Array.from({ length: 1000 }, (_, i) => ({ workflow: `${i}` }))]));
    assert.deepEqual([forks.next.length, forks.omitted], [100, 900]);
    const many = await chainOf(dataWith([Array.from({ length: 1_000_000 }, () => ({}))]));
    assert.equal(many.error?.type, 'BudgetError');
    const features = Array.from({ length: 3000 }, (_, id) => ({ id: `${id}` }));
    const [link] = (await chainOf(dataWith([{ workflow: 'x', chain_filter: '@.id == x' }], { features })))
      .next;
    assert.deepEqual([link?.items, link?.dropped, link?.why?.length], [0, 3000, 1000]);
  });
});

describe('what a call writes is there until it is over', () => {
  test('also where the constructor of a subclass asks the core', () => {
    class Mine extends CirrusPayload {
      constructor(/** @type {any} */ data) {
        super(data);
        this.report();
      }
    }
    const forks = ['a', 'b', 'c'].map((workflow) => ({ workflow }));
    const payload = new Mine({
      id: 'x/workflow-w/y',
      features: [{ id: 'i' }],
      process: [{ workflow: 'w' }, forks],
    });
    const next = payload.nextPayloads();
    assert.deepEqual(
      next.map(({ data }) => data),
      forks.map((fork) => ({ features: [{ id: 'i' }], process: [fork] })),
    );
  });
});

describe('an address that resolve gives nothing for', () => {
  test('is not fetched', async () => {
    let count = 0;
    const fetch = async () => {
      ++count;
      return Response.json({});
    };
    const error = await errorOf(
      CirrusPayload.fromEvent({ url: 'http://127.0.0.1:1/secret' }, { resolve: () => undefined, fetch }),
    );
    assert.equal(error.code, 'ERR_UNRESOLVED_URL');
    assert.equal(count, 0);
    const permitted = { allowHref: () => true, fetch };
    assert.deepEqual((await CirrusPayload.fromEvent({ url: 'http://127.0.0.1:1/open' }, permitted)).data, {});
    assert.equal(count, 1);
  });
});
