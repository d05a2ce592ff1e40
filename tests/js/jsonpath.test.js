/*
 * JSONPath: what jsonpath-ng answered, asked of the built package, and what calls take and throw.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import {
  InvalidInput,
  JsonPathError,
  jsonpathFind,
  jsonpathFindSync,
  jsonpathMatch,
  jsonpathMatchSync,
  RegexBudgetError,
  RegexError,
  ready,
  StacTaskError,
} from 'stac-task';

import { errorOf, forEachCase, membersAsWritten, parsePython } from './support.js';

before(() => ready());

/**
 * A recorded case, what it is held against as it is written in the file.
 * @param {string} name of a file in tests/vectors
 */
function casesOf(name) {
  const text = readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8');
  const written = membersAsWritten(text);
  return JSON.parse(text).map((/** @type {any} */ each, /** @type {number} */ index) => {
    const { pure_1_8_0: pure = each, expr } = each;
    const { item, payload, values } = /** @type {Record<string, string>} */ (written[index]);
    const { error, match, matched_ids } = pure;
    const text = item ?? payload;
    return {
      name: `${expr} (${index})`,
      expr,
      text,
      item,
      error,
      match,
      matched_ids,
      values: pure === each ? values : JSON.stringify(pure.values),
    };
  });
}

/**
 * What a call gives, or how Python names the error that it throws.
 * @param {() => unknown} call
 */
function outcomeOf(call) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof StacTaskError)) throw error;
    return `${error.python?.type ?? error.code}: ${error.message}`;
  }
}

/** The recorded error, in which the class stands before the text. @param {any} each */
const expectedOf = (each, /** @type {unknown} */ value) => each.error ?? value;

describe('the recorded answers of jsonpath-ng', () => {
  test('whether an item matches', () =>
    forEachCase(
      casesOf('jsonpath-match.json').filter((/** @type {any} */ each) => each.item),
      300,
      (each) => {
        const { text, expr, match } = /** @type {any} */ (each);
        const expected = expectedOf(each, match);
        assert.equal(
          outcomeOf(() => jsonpathMatchSync(text, expr)),
          expected,
          'of text',
        );
        assert.equal(
          outcomeOf(() => jsonpathMatchSync(new TextEncoder().encode(text), expr)),
          expected,
          'of bytes',
        );
      },
    ));

  test('what a filter keeps of a payload', () =>
    forEachCase(
      casesOf('jsonpath-match.json').filter((/** @type {any} */ each) => !each.item),
      25,
      (each) => {
        const { text, expr, matched_ids } = /** @type {any} */ (each);
        const found = outcomeOf(() => jsonpathFindSync(text, expr).map((/** @type {any} */ item) => item.id));
        assert.deepEqual(found, expectedOf(each, matched_ids));
      },
    ));

  test('the values that are found', () =>
    forEachCase(casesOf('jsonpath-eval.json'), 700, (each) => {
      const { text, expr, values } = /** @type {any} */ (each);
      const found = outcomeOf(() => jsonpathFindSync(`[${text}]`, expr));
      assert.deepEqual(found, each.error ?? parsePython(values));
      if (each.match === undefined) return;
      assert.equal(
        outcomeOf(() => jsonpathMatchSync(text, expr)),
        each.match,
      );
    }));
});

describe('what an expression is held against', () => {
  const item = { id: 'S2A_33UVP', properties: { 'eo:cloud_cover': 9.5, gsd: 10 } };
  const expression = "$[?(@.id =~ '^S2[AB]_' & @.properties.['eo:cloud_cover'] < 10.0)]";

  test('may be text, bytes, an object, a Response, a Blob or a stream', async () => {
    const text = JSON.stringify(item);
    const bytes = new TextEncoder().encode(text);
    for (const each of [
      text,
      bytes,
      bytes.buffer,
      item,
      new Response(text),
      new Blob([text]),
      new Blob([text]).stream(),
    ]) {
      assert.equal(await jsonpathMatch(each, expression), true, String(each));
    }
    assert.deepEqual(await jsonpathFind(new Response(text), '$.properties.gsd'), [10]);
  });

  test('may be any JSON value', () => {
    assert.deepEqual(jsonpathFindSync(5, '$'), [5]);
    assert.deepEqual(jsonpathFindSync(null, '$'), [null]);
    assert.deepEqual(jsonpathFindSync(12345678901234567890n, '`str()`'), ['12345678901234567890']);
    assert.deepEqual(jsonpathFindSync('"text"', '$'), ['text']);
    assert.deepEqual(jsonpathFindSync([1, [2]], '$[*]'), [1, [2]]);
  });

  test('keeps what its text says of numbers', () => {
    const at = (/** @type {string} */ text) => jsonpathFindSync(`{"a": ${text}}`, 'a.`str()`')[0];
    assert.equal(at('10.0'), '10.0');
    assert.equal(at('10'), '10');
    assert.equal(at('9007199254740993'), '9007199254740993');
    assert.equal(jsonpathMatchSync('{"a": 9007199254740993}', '$[?(@.a == 9007199254740992)]'), false);
    assert.equal(
      jsonpathMatchSync(
        '{"a": 123456789012345678901234567890}',
        '$[?(@.a > 123456789012345678901234567889)]',
      ),
      true,
    );
  });

  test('is not changed, and what is found in an object is the very value inside it', () => {
    const given = structuredClone({ assets: { a: { type: 'x' }, b: { type: 'y' } } });
    const copy = structuredClone(given);
    assert.equal(jsonpathFindSync(given, "$.assets[?(@.type == 'y')]")[0], given.assets.b);
    assert.deepEqual(given, copy);
  });

  test('is read no further than the expression looks', () => {
    const shy = Object.defineProperty({ id: 'a' }, 'secret', {
      enumerable: true,
      get: () => assert.fail('nobody asked for this member'),
    });
    assert.equal(jsonpathMatchSync(shy, "$[?(@.id == 'a')]"), true);
    assert.throws(() => jsonpathMatchSync(shy, '$[?(@.*)]'), InvalidInput);
  });

  test('is what toJSON makes of it', () => {
    const item = { toJSON: () => ({ id: 'a', properties: { toJSON: () => ({ b: 1 }) } }) };
    assert.equal(jsonpathMatchSync(item, '$[?(@.properties.b == 1)]'), true);
    assert.deepEqual(jsonpathFindSync(item, '$.properties.b'), [1]);
  });

  test('is an error of its own where it is no JSON', async () => {
    await assert.rejects(jsonpathMatch('{"a": }', '$'), (/** @type {any} */ error) => {
      assert.ok(error instanceof InvalidInput);
      assert.equal(error.issues[0]?.range?.start.column, 7);
      return true;
    });
    assert.throws(() => jsonpathMatchSync('{"a": 1}, "b": {}', '$'), InvalidInput);
    assert.throws(() => jsonpathFindSync('', '$'), InvalidInput);
    assert.throws(() => jsonpathFindSync('\ufeff1', '$'), InvalidInput);
    assert.deepEqual(jsonpathFindSync(new TextEncoder().encode('\ufeff1'), '$'), [1]);
    const loop = {};
    Object.assign(loop, { loop });
    assert.throws(() => jsonpathFindSync(loop, '$'), InvalidInput);
  });
});

describe('what is wrong with an expression', () => {
  test('has a code, Python’s class and text, and a place in UTF-16 units', async () => {
    const error = await errorOf(() => jsonpathMatchSync({}, "$[?(@.id == '😀' && @.b)]"));
    assert.ok(error instanceof JsonPathError);
    assert.equal(error.code, 'ERR_JSONPATH_SYNTAX');
    assert.deepEqual(error.python, { type: 'JsonPathParserError', message: error.message });
    assert.equal(error.message, 'Parse error at 1:17 near token & (&)');
    assert.equal(error.offset, 18);
  });

  test('is found in a regular expression when a string comes to it, as in Python', async () => {
    const expression = "$[?(@.id =~ 'a[')]";
    assert.equal(jsonpathMatchSync({ id: 5 }, expression), false);
    const error = await errorOf(() => jsonpathMatchSync({ id: 'x' }, expression));
    assert.ok(error instanceof RegexError);
    assert.equal(error.code, 'ERR_REGEX');
    assert.equal(error.message, 'unterminated character set at position 1');
    assert.equal(error.offset, 14);
  });

  test('may be that values cannot be compared', async () => {
    const error = await errorOf(() => jsonpathMatchSync({ a: null }, '$[?(@.a > 80)]'));
    assert.ok(error instanceof JsonPathError);
    assert.equal(error.code, 'ERR_JSONPATH_EVALUATION');
    assert.equal(error.python?.type, 'TypeError');
  });

  test('may be the time it takes: it ends', async () => {
    const error = await errorOf(() =>
      jsonpathMatchSync({ id: `${'a'.repeat(10_000)}!` }, "$[?(@.id =~ '(a+)+$')]"),
    );
    assert.ok(error instanceof RegexBudgetError);
    assert.equal(error.code, 'ERR_REGEX_BUDGET');
    const long = await errorOf(() =>
      jsonpathMatchSync({ id: 'x' }, `$[?(@.id =~ '${'x|'.repeat(10_000)}')]`),
    );
    assert.equal(long?.code, 'ERR_REGEX_BUDGET');
    assert.equal(long.message, 'the regular expression is longer than 16384 bytes');
    const nested = `${'['.repeat(200)}${']'.repeat(200)}`;
    const wide = await errorOf(() => jsonpathFindSync(nested, '$..[*]..[*]..[*]..[*]..[*]'));
    assert.equal(wide?.code, 'ERR_JSONPATH_BUDGET');
  });

  test('may be its type', async () => {
    for (const expression of [5, undefined, null, {}]) {
      const error = await errorOf(() => jsonpathMatchSync({}, /** @type {any} */ (expression)));
      assert.equal(error?.code, 'ERR_INVALID_ARGUMENT');
    }
  });
});

test('expressions are remembered, many more of them than there is room for', () => {
  const item = { id: 'x', n: 7 };
  for (let round = 0; round < 3; ++round) {
    for (let i = 0; i < 600; ++i) {
      assert.equal(jsonpathMatchSync(item, `$[?(@.n == ${i})]`), i === 7);
      assert.equal(jsonpathMatchSync(JSON.stringify(item), `$[?(@.id =~ '^x{${i}}$')]`), i === 1);
    }
  }
  // Between them a call that is too large to be kept.
  const large = JSON.stringify({ ...item, text: 'y'.repeat(3_000_000) });
  assert.equal(jsonpathMatchSync(large, "$[?(@.text =~ '^y')]"), true);
  assert.equal(jsonpathMatchSync(item, "$[?(@.id =~ '^x{1}$')]"), true);
});
