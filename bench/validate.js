/**
 * Validation of a payload against `JSON.parse` alone, and against `JSON.parse` plus ajv with a schema of
 * the same rules, on text, bytes and an object.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { ready, validateSync } from 'stac-task';
import { makePayload, widened } from './make-payload.js';
import { inTime, inTimes, measure, printTable } from './measure.js';
import { payloadSchema } from './payload-schema.js';
import { measureSteps } from './steps.js';

export async function benchValidate() {
  await ready();
  const base = JSON.parse(
    readFileSync(new URL('../examples/payloads/sentinel-2.json', import.meta.url), 'utf8'),
  );
  const minified = JSON.stringify(base);
  const large = JSON.stringify(makePayload(base, 600));
  const texts = {
    'pretty-printed, 60 KB': JSON.stringify(base, null, 2),
    'minified, 35 KB': minified,
    'minified, one wide character': widened(minified),
    'minified, 600 features, 7 MB': large,
    '7 MB, one wide character': widened(large),
  };
  const ajv = new Ajv({ allErrors: true, strictTypes: false, strictTuples: false }).compile(payloadSchema);
  const rows = [];
  const steps = [];
  for (const [name, text] of Object.entries(texts)) {
    const bytes = new TextEncoder().encode(text);
    const object = JSON.parse(text);
    const times = measure({
      parse: () => JSON.parse(text),
      ajv: () => ajv(JSON.parse(text)),
      ajvObject: () => ajv(object),
      text: () => mustBeValid(validateSync(text)),
      bytes: () => mustBeValid(validateSync(bytes)),
      object: () => mustBeValid(validateSync(object)),
    });
    const { parse = 0, ajv: withAjv = 0, text: ofText = 0, bytes: ofBytes = 0, object: ofObject = 0 } = times;
    rows.push([
      name,
      inTime(parse),
      inTime(withAjv),
      inTime(ofText),
      inTimes(parse / ofText),
      inTimes(withAjv / ofText),
      inTime(ofBytes),
      inTimes(parse / ofBytes),
      inTime(ofObject),
      inTime(times['ajvObject'] ?? 0),
    ]);
    steps.push([name, ...(await measureSteps(text))]);
  }
  printTable(
    'validate(): × says how many times as fast as the peer',
    [
      'payload',
      'JSON.parse',
      '… + ajv',
      'text',
      '× parse',
      '× ajv',
      'bytes',
      '× parse',
      'object',
      'ajv on object',
    ],
    rows,
  );
  printTable(
    'validate() of a text, step by step',
    ['payload', 'copy', 'scan and check', 'report', 'copy', 'scan'],
    steps,
  );
}

/** @param {import('stac-task').Report} report */
function mustBeValid(report) {
  if (!report.valid)
    throw new Error(`the benchmark's payload is invalid: ${JSON.stringify(report.issues[0])}`);
}
