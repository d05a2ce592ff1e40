/*
 * Path templates: what pystac makes of them, tests/vectors/layout-*.json, through the wasm, and what is JavaScript's own.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { InvalidInput, LayoutTemplate, ready, StacTaskError, TemplateError } from 'stac-task';

import { bytesOf, errorOf, forEachCase, freshCopy, isLossless, readVectors, skipped } from './support.js';

const chosen = readVectors('layout-template.json');
const cases = [...chosen, ...readVectors('layout-found.json')];

const item = {
  type: 'Feature',
  stac_version: '1.0.0',
  id: 'X',
  geometry: null,
  properties: { datetime: '2020-01-02T03:04:05Z', n: 10 },
  links: [],
  assets: {},
  collection: 'c',
};

/**
 * What a recorded template makes of its item, or Python's error.
 * @param {any} recorded
 * @param {any} given  the item
 */
function outcome({ template, defaults }, given) {
  try {
    return new LayoutTemplate(template, defaults && JSON.parse(defaults)).substitute(given);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    assert.equal(error.code, 'ERR_TEMPLATE');
    assert.equal(error.message, error.python.message);
    return `${error.python.type}: ${error.python.message}`;
  }
}

describe('templates, as pystac fills them', () => {
  before(() => ready());

  const forms = /** @type {Record<string, [atLeast: number, of: (text: string) => any]>} */ ({
    text: [380, (text) => text],
    bytes: [380, (text) => bytesOf(text)],
    objects: [150, (text) => (isLossless(text) ? JSON.parse(text) : undefined)],
  });
  for (const [name, [atLeast, of]] of Object.entries(forms)) {
    test(`items as ${name}`, () =>
      forEachCase(cases, atLeast, (recorded) => {
        const given = of(recorded.item);
        if (given === undefined || !isLossless(recorded.defaults ?? '{}')) return skipped;
        assert.equal(outcome(recorded, given), recorded.result ?? recorded.error);
      }));
  }

  test('variables', () =>
    forEachCase(chosen, 100, ({ template, vars }) => {
      if (!vars) return skipped;
      assert.deepEqual(new LayoutTemplate(template).variables, vars);
    }));
});

describe('templates in JavaScript', () => {
  before(() => ready());

  test('from loads the core, the constructor does not', async () => {
    const fresh = await freshCopy();
    assert.equal((await errorOf(() => new fresh.LayoutTemplate('${id}'))).code, 'ERR_NOT_READY');
    const template = await fresh.LayoutTemplate.from('${id}');
    assert.equal(template.substitute(item), 'X');
  });

  test('month and day are padded where that is asked for', () => {
    const text = '${year}/${month}/${day}';
    assert.equal(new LayoutTemplate(text).substitute(item), '2020/1/2');
    assert.equal(new LayoutTemplate(text, null, { padDates: false }).substitute(item), '2020/1/2');
    assert.equal(new LayoutTemplate(text, {}, { padDates: true }).substitute(item), '2020/01/02');
  });

  test('text keeps what an object loses', () => {
    const template = new LayoutTemplate('${n}');
    assert.equal(template.substitute(item), '10');
    assert.equal(template.substitute(JSON.stringify(item).replace('"n":10', '"n":10.0')), '10.0');
    assert.equal(
      template.substitute({ ...item, properties: { ...item.properties, n: 12345678901234567890n } }),
      '12345678901234567890',
    );
  });

  test('lone surrogates stay', () => {
    const template = new LayoutTemplate('\ud800${id}${a}', { a: '\udfff' });
    assert.equal(template.substitute({ ...item, id: '\udc00' }), '\ud800\udc00\udfff');
  });

  test('an error names the variable that failed', async () => {
    const missing = await errorOf(() => new LayoutTemplate('${id}/${nope}').substitute(item));
    assert.ok(missing instanceof TemplateError && missing instanceof StacTaskError);
    assert.equal(missing.name, 'TemplateError');
    assert.equal(missing.variable, 'nope');
    assert.deepEqual(missing.python, {
      type: 'TemplateError',
      message: 'Cannot find property nope on <Item id=X> for template ${id}/${nope}',
    });
    const empty = await errorOf(() => new LayoutTemplate('${}').substitute(item));
    assert.equal(empty.variable, '');
    const malformed = await errorOf(() => new LayoutTemplate('${id'));
    assert.deepEqual(malformed.python, { type: 'ValueError', message: "expected '}' before end of string" });
    assert.equal(malformed.variable, undefined);
  });

  const wrong = /** @type {Record<string, () => unknown>} */ ({
    'no template': () => new LayoutTemplate(/** @type {any} */ (undefined)),
    'a number as template': () => new LayoutTemplate(/** @type {any} */ (5)),
    'a list of defaults': () => new LayoutTemplate('${id}', /** @type {any} */ ([])),
    'a text as defaults': () => new LayoutTemplate('${id}', /** @type {any} */ ('a')),
    'a default that contains itself': () => {
      const defaults = /** @type {any} */ ({});
      defaults.a = defaults;
      return new LayoutTemplate('${id}', defaults);
    },
    'an unknown option': () => new LayoutTemplate('${id}', {}, /** @type {any} */ ({ padDate: true })),
    'an option of the wrong type': () =>
      new LayoutTemplate('${id}', {}, /** @type {any} */ ({ padDates: 1 })),
    'no item': () => new LayoutTemplate('${id}').substitute(/** @type {any} */ (undefined)),
    'null as item': () => new LayoutTemplate('${id}').substitute(/** @type {any} */ (null)),
    'a number as item': () => new LayoutTemplate('${id}').substitute(/** @type {any} */ (5)),
    'a Blob as item': () => new LayoutTemplate('${id}').substitute(new Blob([JSON.stringify(item)])),
  });
  for (const [name, make] of Object.entries(wrong)) {
    test(`refused: ${name}`, async () => assert.equal((await errorOf(make)).code, 'ERR_INVALID_ARGUMENT'));
  }

  const bad = /** @type {Record<string, any>} */ ({
    'malformed text': '{"id": ',
    'text with more behind it': '{} {}',
    'text that would end the call': '{}, "template": "x"',
    'empty text': '',
    'malformed bytes': new Uint8Array([0x7b, 0xff]),
    'an item that contains itself': (() => {
      const cyclic = /** @type {any} */ ({ ...item });
      cyclic.properties = { cyclic };
      return cyclic;
    })(),
  });
  for (const [name, given] of Object.entries(bad)) {
    test(`not JSON: ${name}`, async () => {
      const error = await errorOf(() => new LayoutTemplate('${id}').substitute(given));
      assert.ok(error instanceof InvalidInput, String(error));
      assert.ok(error.issues.length > 0);
    });
  }
});
