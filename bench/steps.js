/**
 * The steps of validating a text, measured on the chunk itself: the copy into its memory, the scan with
 * the checks, and the report of a payload with findings.
 *
 * @module
 */

import { readFile } from 'node:fs/promises';
import { inTime, measure } from './measure.js';

/** @typedef {import('../js/runtime/core.js').CoreExports} CoreExports */

/** @returns {Promise<CoreExports>} */
async function instantiate() {
  const dist = new URL('../dist/', import.meta.url);
  const { default: glue } = await import(new URL('core.glue.js', dist).href);
  const module = await WebAssembly.compile(await readFile(new URL('core.wasm', dist)));
  /** @type {any} */
  const core = {
    instantiateWasm: (/** @type {any} */ imports, /** @type {any} */ receive) => {
      receive(new WebAssembly.Instance(module, imports));
      return {};
    },
  };
  await glue(core);
  return core;
}

/**
 * @param {string} text
 * @returns {Promise<string[]>} copy, check, report; copy and check in GB/s
 */
export async function measureSteps(text) {
  const core = await instantiate();
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const length = encoder.encode(text).length;
  const pointer = core.reserve(length);
  const view = core.HEAPU8.subarray(pointer, pointer + length);
  encoder.encodeInto(text, view);
  if (core.check(length, 5, 1000) !== 0) throw new Error('the payload has findings');

  const broken = await instantiate();
  const brokenText = encoder.encode(text.replace('"features"', '"process":[{"tasks":{"a":1}}],"features"'));
  const brokenPointer = broken.reserve(brokenText.length);
  broken.HEAPU8.set(brokenText, brokenPointer);
  const answerLength = broken.check(brokenText.length, 5, 1000);
  const readReport = () => {
    const from = broken.resultPointer();
    return JSON.parse(decoder.decode(broken.HEAPU8.subarray(from, from + answerLength)));
  };
  if (readReport().valid) throw new Error('the payload should have findings');

  const {
    copy = 0,
    check = 0,
    report = 0,
  } = measure(
    {
      copy: () => encoder.encodeInto(text, core.HEAPU8.subarray(pointer, pointer + length)),
      check: () => core.check(length, 5, 1000),
      report: readReport,
    },
    500,
  );
  const rate = (/** @type {number} */ time) => `${(length / time / 1e6).toFixed(1)} GB/s`;
  return [inTime(copy), inTime(check), inTime(report), rate(copy), rate(check)];
}
