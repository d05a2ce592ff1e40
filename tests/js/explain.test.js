/*
 * explain(): each decision about an item, and why.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { assignCollections, explain, InvalidInput, PayloadValueError, ready } from 'stac-task';

import { errorOf } from './support.js';

before(() => ready());

/** @param {unknown[]} matchers @param {object} [item] @param {object} [definition] */
const payloadOf = (matchers, item = {}, definition = {}) => ({
  type: 'FeatureCollection',
  process: [{ collection_matchers: matchers, ...definition }],
  features: [item],
});
/** @param {string} pattern */
const jsonpath = (pattern) => ({ type: 'jsonpath', collection_name: 'a', pattern });

/** @param {any} input */
async function first(input) {
  const [item] = (await explain(input)).items;
  assert.ok(item);
  return item;
}

describe('why a pattern matches or not', () => {
  const item = {
    id: 'S2A_33UVP',
    n: 80.9,
    i: 5,
    text: '10',
    nothing: null,
    list: [1, 2, 3],
    flag: true,
    properties: { 'eo:cloud_cover': 9.5 },
  };
  /** @type {Record<string, [matched: boolean, reason: string]>} */
  const cases = {
    "$[?(@.id =~ '^S2')]": [true, '@.id is "S2A_33UVP", which has a match of ^S2'],
    "$[?(@.id =~ 'LC08.*')]": [false, '@.id is "S2A_33UVP", in which nothing matches LC08.*'],
    "$[?(@.i =~ '5')]": [false, '@.i is 5, and only strings are searched'],
    "$[?(@.properties.['eo:x'] < 5)]": [false, "there is nothing at @.properties.['eo:x']"],
    "$[?(@.properties.['eo:cloud_cover'] < 10.0)]": [
      true,
      "@.properties.['eo:cloud_cover'] is 9.5, which is < 10.0",
    ],
    '$[?(@.n > 80)]': [
      false,
      '@.n is 80.9, which is not > 80 (beside an integer the fraction does not count)',
    ],
    '$[?(@.i >= 6)]': [false, '@.i is 5, which is not >= 6'],
    "$[?(@.text == 'x')]": [false, '@.text is "10", which is not == "x"'],
    '$[?(@.text == 10)]': [
      true,
      '@.text is "10", which is == 10 (beside an integer only texts of integers count)',
    ],
    '$[?(@.nothing == null)]': [
      false,
      '@.nothing is null, which is not == "null" (the word null is a string here)',
    ],
    '$[?(@.flag == true)]': [true, '@.flag is true, which is == true'],
    '$[?(@.list[*] > 2)]': [true, '@.list[*] has 3 values, one of which is > 2'],
    '$[?(@.list[*] != 9)]': [true, '@.list[*] has 3 values, one of which is != 9'],
    '$[?(@.list[*] > 7)]': [false, '@.list[*] has 3 values, none of which is > 7'],
    '$[?(@.id)]': [true, '@.id is there'],
    '$[?(@.gone)]': [false, 'there is nothing at @.gone'],
    $: [true, 'it gives one result'],
    '$.id': [false, 'only exactly one result is a match'],
  };
  for (const [pattern, [matched, reason]] of Object.entries(cases)) {
    test(pattern, async () => {
      const { matchers } = await first(JSON.stringify(payloadOf([jsonpath(pattern)], item)));
      assert.deepEqual(
        matchers.map((each) => [each.matched, each.reason, each.pattern, each.pointer]),
        [[matched, reason, pattern, '/process/0/collection_matchers/0']],
      );
    });
  }

  test('each term stands for itself', async () => {
    const { matchers } = await first(
      payloadOf([jsonpath("$[?(@.id =~ '^S2' & @.n > 81.0 & @.list)]")], item),
    );
    assert.deepEqual(matchers[0]?.tests, [
      {
        text: "@.id =~ '^S2'",
        passed: true,
        values: ['"S2A_33UVP"'],
        reason: '@.id is "S2A_33UVP", which has a match of ^S2',
      },
      { text: '@.n > 81.0', passed: false, values: ['80.9'], reason: '@.n is 80.9, which is not > 81.0' },
      { text: '@.list', passed: true, values: ['[1,2,3]'], reason: '@.list is there' },
    ]);
  });

  test('a long value is shortened', async () => {
    const { matchers } = await first(payloadOf([jsonpath("$[?(@.a == 'x')]")], { a: 'y'.repeat(10_000) }));
    assert.equal(matchers[0]?.tests[0]?.values[0], `"${'y'.repeat(119)}…`);
  });
});

describe('the collection', () => {
  const never = jsonpath("$[?(@.id == 'x')]");
  const rest = { type: 'catch_all', collection_name: 'rest' };

  test('is that of the first matcher that matches, and those behind it are not tried', async () => {
    const item = await first(payloadOf([never, rest, never]));
    assert.deepEqual([item.collection, item.from, item.matchers.length], ['rest', 'matcher', 2]);
    assert.deepEqual(item.matchers[1], {
      pointer: '/process/0/collection_matchers/1',
      type: 'catch_all',
      collection: 'rest',
      matched: true,
      reason: 'a catch_all matches every item',
      tests: [],
    });
  });

  test('is the one that the item had, where nothing matches', async () => {
    const item = await first(payloadOf([never], { id: 'i', collection: 'own' }));
    assert.deepEqual([item.id, item.collection, item.from], ['i', 'own', 'item']);
    const bare = await first(payloadOf([never]));
    assert.deepEqual([bare.id, bare.collection, bare.from], [null, null, 'none']);
  });

  test('is the same that assignCollections gives', async () => {
    for (const name of ['sentinel-2.json', 'landsat.json', 'legacy.json']) {
      const text = await readFile(new URL(`../../examples/payloads/${name}`, import.meta.url), 'utf8');
      const { items } = await explain(text);
      const named = items.map(({ collection, from }) => (from === 'matcher' ? collection : null));
      assert.deepEqual(named, await assignCollections(text), name);
      assert.ok(
        named.some((each) => each !== null),
        name,
      );
    }
  });

  test('is not known where Python raises', async () => {
    const item = await first(
      payloadOf([never, jsonpath('$[?(@.id > 5)]'), rest], { id: null, collection: 'own' }),
    );
    assert.equal(item.matchers.length, 1);
    assert.equal(item.error?.type, 'TypeError');
    assert.equal(item.error?.pointer, '/process/0/collection_matchers/1/pattern');
    assert.equal(item.upload, undefined);
  });
});

describe('the upload', () => {
  const rest = { type: 'catch_all', collection_name: 'c' };
  const item = {
    type: 'Feature',
    stac_version: '1.0.0',
    id: 'i',
    geometry: null,
    properties: { datetime: '2020-01-02T00:00:00Z', gsd: 10 },
    links: [],
    assets: { a: { href: './x/a.tif' }, b: { href: 's3://b/k/b.tif?x=1' } },
  };
  /** @param {object} definition */
  const uploadOf = async (definition) => {
    const { upload } = await first(payloadOf([rest], item, definition));
    assert.ok(upload);
    return upload;
  };

  test('has a destination for the item and for each asset, with the assigned collection', async () => {
    const upload = await uploadOf({ upload_options: { path_template: 's3://b/${collection}/${date}/' } });
    assert.deepEqual(upload, {
      options: '/process/0/upload_options',
      reason: "the collection 'c' has no upload options of its own, so the global ones hold",
      item: { url: 's3://b/c/2020-01-02/i.json' },
      assets: { a: { url: 's3://b/c/2020-01-02/a.tif' }, b: { url: 's3://b/c/2020-01-02/b.tif?x=1' } },
    });
  });

  test('takes the options of the collection in the place of the global ones', async () => {
    const upload = await uploadOf({
      upload_options: { path_template: 's3://b/${collection}' },
      collection_options: { c: { upload_options: { path_template: 's3://own/${gsd}' } } },
    });
    assert.equal(upload.options, '/process/0/collection_options/c/upload_options');
    assert.equal(upload.reason, "the options of the collection 'c' hold in the place of the global ones");
    assert.equal(upload.item.url, 's3://own/10/i.json');
  });

  test('says which variable is missing', async () => {
    const upload = await uploadOf({ upload_options: { path_template: 's3://b/${platform}' } });
    const message = 'Cannot find property platform on <Item id=i> for template s3://b/${platform}/i.json';
    assert.deepEqual(upload.item, { error: { type: 'TemplateError', message, variable: 'platform' } });
  });

  test('says what Python raises for other options', async () => {
    const errorOfItem = async (/** @type {object} */ upload_options) =>
      (await uploadOf({ upload_options })).item.error?.message;
    assert.equal(
      await errorOfItem({ headers: {} }),
      "Missing required 'path_template' in upload_options for collection 'c'",
    );
    assert.equal(
      await errorOfItem({ path_template: 5 }),
      'expected str, bytes or os.PathLike object, not int',
    );
    assert.equal(await errorOfItem({ path_template: '${id' }), "expected '}' before end of string");
    assert.equal(await errorOfItem({ path_template: '/tmp' }), 'Invalid S3 url /tmp/i.json');
  });

  test('has no options where there are none', async () => {
    const upload = await uploadOf({});
    assert.deepEqual([upload.options, upload.reason], [null, 'there are no upload options']);
  });
});

describe('explain()', () => {
  const many = { process: [{}], features: Array.from({ length: 5 }, (_, i) => ({ id: `i${i % 2}` })) };

  test('explains the items that are asked for', async () => {
    const indexes = async (/** @type {import('stac-task').ExplainOptions} */ options) => {
      const { items, omitted } = await explain(many, options);
      return [items.map(({ index }) => index), omitted];
    };
    assert.deepEqual(await indexes({}), [[0, 1, 2, 3, 4], undefined]);
    assert.deepEqual(await indexes({ item: 'i1' }), [[1, 3], undefined]);
    assert.deepEqual(await indexes({ item: 4 }), [[4], undefined]);
    assert.deepEqual(await indexes({ item: 'gone' }), [[], undefined]);
    assert.deepEqual(await indexes({ maxItems: 2 }), [[0, 1], 3]);
    assert.deepEqual(await indexes({ item: 'i0', maxItems: 1 }), [[0], 2]);
  });

  test('refuses what is wrong with its options', async () => {
    for (const options of [
      { item: -1 },
      { item: 1.5 },
      { item: {} },
      { maxItems: '1' },
      { items: 'core' },
      5,
    ]) {
      const error = await errorOf(explain(many, /** @type {any} */ (options)));
      assert.equal(error.code, 'ERR_INVALID_ARGUMENT', JSON.stringify(options));
    }
  });

  test('throws what Payload.validate() throws, and InvalidInput for what is no JSON', async () => {
    const both = { process: [{ collection_matchers: [{}], upload_options: { collections: { a: '$' } } }] };
    assert.ok((await errorOf(explain(both))) instanceof PayloadValueError);
    assert.ok((await errorOf(explain('{"features": [}'))) instanceof InvalidInput);
    const large = await errorOf(explain(JSON.stringify(many), { maxBytes: 10 }));
    assert.equal(large.issues[0].code, 'input-too-large');
  });

  test('takes a list of pairs as Python does', async () => {
    const { items } = await explain(
      '[["process", [{"collection_matchers": [{"type": "catch_all", "collection_name": "c"}]}]], ["features", [{"id": "a"}]]]',
    );
    assert.deepEqual(
      items.map(({ id, collection }) => [id, collection]),
      [['a', 'c']],
    );
  });

  test('does not change an object', async () => {
    const payload = payloadOf([{ type: 'catch_all', collection_name: 'c' }], { id: 'a' });
    const copy = structuredClone(payload);
    await explain(payload);
    assert.deepEqual(payload, copy);
  });
});
