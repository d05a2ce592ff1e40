/*
 * The assets chunk decides what stac-asset does: tests/vectors/assets-*.json, recorded by
 * tests/oracle/record_assets.py, through the wasm.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

import { readVectors, root } from './support.js';

const { default: createModule } = await import(new URL('../../dist/assets.glue.js', import.meta.url).href);

/** @type {WebAssembly.Memory} */
let memory;
const chunk = await createModule({
  instantiateWasm(/** @type {WebAssembly.Imports} */ imports, /** @type {(instance: any) => void} */ done) {
    const module = new WebAssembly.Module(readFileSync(`${root}/dist/assets.wasm`));
    const instance = new WebAssembly.Instance(module, imports);
    memory = /** @type {WebAssembly.Memory} */ (
      Object.values(instance.exports).find((each) => each instanceof WebAssembly.Memory)
    );
    done(instance);
    return instance.exports;
  },
});

/** @param {string} name @param {unknown} input */
function call(name, input) {
  const text = new TextEncoder().encode(JSON.stringify(input));
  const place = chunk.reserve(text.length);
  new Uint8Array(memory.buffer).set(text, place);
  const length = chunk[name](text.length);
  const answer = new Uint8Array(memory.buffer, chunk.resultPointer(), length);
  return JSON.parse(new TextDecoder().decode(answer));
}

/** `actual` without the members that are not expected. @param {any} actual @param {any} expected @returns {any} */
function asFarAs(actual, expected) {
  if (!actual || !expected || typeof actual !== 'object' || typeof expected !== 'object') return actual;
  if (Array.isArray(actual)) return actual.map((each, index) => asFarAs(each, expected[index]));
  const members = Object.keys(expected).filter((key) => key in actual);
  return Object.fromEntries(members.map((key) => [key, asFarAs(actual[key], expected[key])]));
}

for (const name of ['clients', 'plans', 'types']) {
  describe(name, () => {
    const cases = readVectors(`assets-${name}.json`);
    assert.ok(cases.length > 20);
    for (const vector of cases) {
      test(vector.name, () => {
        const found = call(vector.call, vector.input);
        assert.deepEqual(asFarAs(found, vector.answer), vector.answer);
      });
    }
  });
}

test('a plan of 2,000 assets, twice', () => {
  const assets = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [`a${index}`, { href: `./${index}.tif` }]),
  );
  const objects = [{ self: 'https://h/i.json', root: '/out', file: 'i.json', object: { assets } }];
  const first = call('plan', { objects });
  assert.equal(first.objects[0].assets[1999].href, 'https://h/1999.tif');
  assert.deepEqual(call('plan', { objects }), first);
});
