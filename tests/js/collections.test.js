/*
 * Collections: which rule gives an item its collection, and what Python says of bad rules.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
  assignCollections,
  assignCollectionsSync,
  findCollection,
  findCollectionSync,
  InvalidInput,
  JsonPathError,
  PayloadKeyError,
  PayloadTypeError,
  PayloadValueError,
  ready,
} from 'stac-task';

import { errorOf } from './support.js';

before(() => ready());

const item = { id: 'S2A_33UVP', properties: { 'eo:cloud_cover': 9.5 }, collection: 'old' };
/** @param {string} collection_name @param {unknown} pattern */
const jsonpath = (collection_name, pattern) => ({ type: 'jsonpath', collection_name, pattern });
const catchAll = { type: 'catch_all', collection_name: 'rest' };
const s2 = jsonpath('s2', "$[?(@.id =~ '^S2')]");
const never = jsonpath('never', "$[?(@.id == 'x')]");

describe('the first rule that matches', () => {
  const cases = {
    'of matchers': [[never, s2, catchAll], 's2'],
    'a catch_all': [[never, catchAll, s2], 'rest'],
    'none of them': [[never], null],
    'no rules': [[], null],
    'an empty mapping': [{}, null],
    null: [null, null],
    'an empty text in JSON': ['""', null],
    'of a mapping': [{ a: "$[?(@.id == 'x')]", b: '$', c: '$' }, 'b'],
    'a name of null': [[{ type: 'catch_all', collection_name: null }, catchAll], null],
    'an empty name': [[{ type: 'catch_all', collection_name: '' }], ''],
    'a name that is no text': [[{ type: 'catch_all', collection_name: 5 }], null],
    'rules behind it are not looked at': [[catchAll, { type: 'x' }, 5], 'rest'],
  };
  for (const [name, [config, expected]] of Object.entries(cases)) {
    test(name, async () => {
      assert.equal(findCollectionSync(/** @type {any} */ (config), item), expected);
      assert.equal(await findCollection(/** @type {any} */ (config), JSON.stringify(item)), expected);
      if (typeof config === 'string') return;
      assert.equal(findCollectionSync(JSON.stringify(config), item), expected, 'as text');
    });
  }

  test('of a mapping as text is the first in the text, whatever its name', () => {
    const text = '{"zeta": "$", "10": "$"}';
    assert.equal(findCollectionSync(text, item), 'zeta');
    assert.equal(findCollectionSync(JSON.parse(text), item), '10', 'JavaScript has put it first');
  });

  test('may look at everything in an item', () => {
    assert.equal(
      findCollectionSync({ a: '$[0]..href', b: '$' }, { links: [{ href: 'x' }], assets: {} }),
      'a',
    );
  });
});

describe('bad rules fail as in Python, once it comes to them', () => {
  /** @type {Record<string, [config: unknown, type: Function, message: string, pointer?: string]>} */
  const cases = {
    'a config that is a text': [
      '"x"',
      PayloadTypeError,
      "Unsupported collection config type: <class 'str'>. Expected dict or list of dicts.",
    ],
    'a config that is a number': [
      5,
      PayloadTypeError,
      "Unsupported collection config type: <class 'int'>. Expected dict or list of dicts.",
    ],
    'no type': [[never, { collection_name: 'a' }], PayloadKeyError, "'type'", '/1'],
    'no name': [[{ type: 'catch_all' }], PayloadKeyError, "'collection_name'", '/0'],
    'no pattern': [[{ type: 'jsonpath', collection_name: 'a' }], PayloadKeyError, "'pattern'", '/0'],
    'an unknown type': [
      [{ type: 'regex', collection_name: 'a' }],
      PayloadValueError,
      'Unknown matcher type: regex',
      '/0',
    ],
    'a type that is a list': [
      [{ type: ['a'], collection_name: 'a' }],
      PayloadValueError,
      "Unknown matcher type: ['a']",
      '/0',
    ],
    'a matcher that is a text': [['a'], PayloadTypeError, "string indices must be integers, not 'str'", '/0'],
    'a matcher that is a list': [
      [[]],
      PayloadTypeError,
      'list indices must be integers or slices, not str',
      '/0',
    ],
    'a matcher that is null': [[null], PayloadTypeError, "'NoneType' object is not subscriptable", '/0'],
    'a pattern that is a number': [{ a: 5 }, PayloadTypeError, "'int' object is not subscriptable", '/a'],
    'a pattern that is a list': [[jsonpath('a', [])], PayloadValueError, 'Expected a string', '/0/pattern'],
    'a pattern that is an object': [
      [jsonpath('a', {})],
      PayloadTypeError,
      "unhashable type: 'slice'",
      '/0/pattern',
    ],
    'a pattern that does not parse': [
      [never, jsonpath('a', '$[?(')],
      JsonPathError,
      'Parse error near the end of string!',
      '/1/pattern',
    ],
    'a pattern that cannot be evaluated': [
      [jsonpath('a', '$[?(@.a & @.b)]')],
      JsonPathError,
      '',
      '/0/pattern',
    ],
    'a value that cannot be compared': [
      [jsonpath('a', '$[?(@.properties > 5)]')],
      JsonPathError,
      "int() argument must be a string, a bytes-like object or a real number, not 'dict'",
      '/0/pattern',
    ],
  };
  for (const [name, [config, type, message, pointer]] of Object.entries(cases)) {
    test(name, async () => {
      const error = await errorOf(() => findCollectionSync(/** @type {any} */ (config), item));
      assert.ok(error instanceof /** @type {any} */ (type), `${error.name}: ${error.message}`);
      assert.equal(error.message, message);
      assert.equal(error.pointer, pointer);
      if (!Array.isArray(config)) return;
      assert.equal(findCollectionSync([catchAll, ...config], item), 'rest', 'Python does not come to it');
    });
  }

  test('a config that is no JSON is an error of its own', async () => {
    assert.ok((await errorOf(findCollection('[{]', item))) instanceof InvalidInput);
    const missing = await errorOf(findCollection(/** @type {any} */ (undefined), item));
    assert.equal(missing.code, 'ERR_INVALID_ARGUMENT');
  });
});

describe('the collections of a payload', () => {
  const payload = {
    process: [
      { collection_matchers: [s2, { type: 'jsonpath', collection_name: '', pattern: "$[?(@.id == 'b')]" }] },
    ],
    features: [item, { id: 'b' }, { id: 'c' }, 5],
  };
  const expected = ['s2', null, null, null];

  test('are those of its matchers, of text, bytes, a response and an object', async () => {
    const text = JSON.stringify(payload);
    for (const each of [text, new TextEncoder().encode(`\ufeff${text}`), new Response(text), payload]) {
      assert.deepEqual(await assignCollections(each), expected);
    }
    assert.equal(payload.features[0], item);
    assert.equal(item.collection, 'old', 'nothing is changed');
  });

  test('are those of the legacy mapping where there are no matchers', () => {
    const text =
      '{"process": {"collection_matchers": [], "upload_options": {"collections": {"z": "$", "1": "$"}}}, "features": [{}]}';
    assert.deepEqual(assignCollectionsSync(text), ['z']);
    assert.deepEqual(assignCollectionsSync(JSON.parse(text)), ['1']);
  });

  test('are none without rules', () => {
    assert.deepEqual(assignCollectionsSync({ features: [{}, {}] }), [null, null]);
    assert.deepEqual(assignCollectionsSync({ process: [{}], features: [] }), []);
  });

  test('need features, and what a payload must be', async () => {
    const keyError = await errorOf(() => assignCollectionsSync({ process: [{}] }));
    assert.ok(keyError instanceof PayloadKeyError);
    assert.equal(keyError.message, "'features'");
    const both = {
      ...payload,
      process: [{ ...payload.process[0], upload_options: { collections: { a: '$' } } }],
    };
    assert.ok((await errorOf(() => assignCollectionsSync(both))) instanceof PayloadValueError);
    assert.ok((await errorOf(() => assignCollectionsSync({ features: 5 }))) instanceof PayloadTypeError);
    assert.ok((await errorOf(() => assignCollectionsSync('{"features": ['))) instanceof InvalidInput);
  });

  test('an error names the rule and the item', async () => {
    const bad = {
      process: [{ collection_matchers: [jsonpath('a', '$[?(@.a > 5)]')] }],
      features: [{ a: 1 }, { a: null }],
    };
    for (const each of [bad, JSON.stringify(bad)]) {
      const error = await errorOf(() => assignCollectionsSync(each));
      assert.ok(error instanceof JsonPathError);
      assert.equal(error.python?.type, 'TypeError');
      assert.deepEqual([error.pointer, error.item], ['/process/0/collection_matchers/0/pattern', 1]);
    }
    const scalar = { process: [{ collection_matchers: [catchAll] }], features: [{}, null] };
    const error = await errorOf(() => assignCollectionsSync(scalar));
    assert.ok(error instanceof PayloadTypeError);
    assert.equal(error.message, "'NoneType' object does not support item assignment");
  });
});
