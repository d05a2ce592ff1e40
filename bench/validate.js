/**
 * Validation of a payload, with all of lint, against `JSON.parse` alone, and against `JSON.parse` plus ajv
 * with the package's own schema, compiled before: the same verdicts, but for templates.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { ready, validateSync } from 'stac-task';
import { makePayload, readExample, widened } from './make-payload.js';
import { inTime, inTimes, measure, printTable } from './measure.js';
import { measureSteps } from './steps.js';

/** @typedef {import('ajv').ValidateFunction} ValidateFunction */

export async function benchValidate() {
  await ready();
  const base = readExample();
  const minified = JSON.stringify(base);
  const large = JSON.stringify(makePayload(base, 600));
  const texts = {
    'pretty-printed, 60 KB': JSON.stringify(base, null, 2),
    'minified, 35 KB': minified,
    'minified, one wide character': widened(minified),
    'minified, 600 features, 7 MB': large,
    '7 MB, one wide character': widened(large),
  };
  const ajv = compiledSchema();
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
    [
      ...Object.entries(texts).map(([name, text]) => rowOf(name, text, ajv)),
      rowOf('7 MB, lint: false', large, ajv, { lint: false }),
    ],
  );
  const steps = [];
  for (const [name, text] of Object.entries(texts)) steps.push([name, ...(await measureSteps(text))]);
  printTable(
    'validate() of a text, step by step',
    ['payload', 'copy', 'scan and check', 'report', 'copy', 'scan'],
    steps,
  );
  printTable(
    'validate() of an invalid text: ajv has no positions, hints or fixes, and lists all of its errors',
    ['payload', 'JSON.parse + ajv', 'its errors', 'text', 'findings', 'listed', '× ajv'],
    Object.entries(invalidTexts(base)).map(([name, text]) => invalidRowOf(name, text, ajv)),
  );
}

/** The schema as a user of ajv would compile it; draft 7 has nothing but an open tuple for a first element. */
function compiledSchema() {
  const schema = readFileSync(new URL('../js/schema/payload.schema.json', import.meta.url), 'utf8');
  return new Ajv({ allErrors: true, strictTuples: false }).compile(JSON.parse(schema));
}

/**
 * @param {string} name
 * @param {string} text
 * @param {ValidateFunction} ajv
 * @param {import('stac-task').ValidateOptions} [options]
 * @returns {string[]}
 */
function rowOf(name, text, ajv, options) {
  const bytes = new TextEncoder().encode(text);
  const object = JSON.parse(text);
  if (!ajv(object))
    throw new Error(`the schema refuses the benchmark's payload: ${ajv.errors?.[0]?.message}`);
  const mustBeClean = options ? mustBeValid : mustHaveNoFinding;
  const times = measure({
    parse: () => JSON.parse(text),
    ajv: () => ajv(JSON.parse(text)),
    ajvObject: () => ajv(object),
    text: () => mustBeClean(validateSync(text, options)),
    bytes: () => mustBeClean(validateSync(bytes, options)),
    object: () => mustBeValid(validateSync(object, options)),
  });
  const { parse = 0, ajv: withAjv = 0, text: ofText = 0, bytes: ofBytes = 0, object: ofObject = 0 } = times;
  return [
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
  ];
}

/**
 * @param {import('./make-payload.js').JsonObject} base
 * @returns {Record<string, string>}
 */
function invalidTexts(base) {
  const withMatchers = (/** @type {import('./make-payload.js').Json} */ collection_matchers) =>
    JSON.stringify({ ...base, process: [{ collection_matchers }] });
  return {
    'one finding': withMatchers([5]),
    'ten thousand findings': withMatchers(Array.from({ length: 10_000 }, (_, i) => i)),
  };
}

/**
 * @param {string} name
 * @param {string} text
 * @param {ValidateFunction} ajv
 * @returns {string[]}
 */
function invalidRowOf(name, text, ajv) {
  ajv(JSON.parse(text));
  const { issues, counts } = validateSync(text);
  const { ajv: withAjv = 0, text: ofText = 0 } = measure({
    ajv: () => ajv(JSON.parse(text)),
    text: () => validateSync(text),
  });
  return [
    name,
    inTime(withAjv),
    String(ajv.errors?.length),
    inTime(ofText),
    String(counts.error + counts.warning + counts.info),
    String(issues.length),
    inTimes(withAjv / ofText),
  ];
}

/** @param {import('stac-task').Report} report */
function mustBeValid(report) {
  if (!report.valid) fail(report);
}

/** @param {import('stac-task').Report} report */
function mustHaveNoFinding(report) {
  if (report.issues.length > 0) fail(report);
}

/** @param {import('stac-task').Report} report */
function fail(report) {
  throw new Error(`the benchmark's payload has findings: ${JSON.stringify(report.issues[0])}`);
}
