/*
 * What Python's stac-task says of each recorded payload, tests/vectors/payloads.json, is what the package says, whether
 * the payload comes as text, as bytes or as an object.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
  Payload,
  PayloadKeyError,
  PayloadTypeError,
  PayloadValueError,
  ready,
  validate,
  validateSync,
} from 'stac-task';

import {
  bytesOf,
  errorOf,
  forEachCase,
  isLossless,
  parsePython,
  readVectors,
  skipped,
  withoutNegativeZero,
} from './support.js';

const cases = readVectors('payloads.json');
/** The texts that an object says as well. */
const lossless = new Set(cases.map(({ text }) => text).filter(isLossless));
/** Each payload of which Python makes one, by its text. @type {Map<string, Payload>} */
const payloads = new Map();

const errorClasses = {
  TypeError: [PayloadTypeError, 'PayloadTypeError', 'ERR_PAYLOAD_TYPE'],
  ValueError: [PayloadValueError, 'PayloadValueError', 'ERR_PAYLOAD_VALUE'],
  KeyError: [PayloadKeyError, 'PayloadKeyError', 'ERR_PAYLOAD_KEY'],
};

/** @param {any} payload */
const definitionOf = ({ process }) => (Array.isArray(process) ? process[0] : process);

/** Each property: its name here, and the part of the payload that it gives. */
const properties = {
  process_definition: ['processDefinition', definitionOf],
  workflow_options: ['workflowOptions', (data) => definitionOf(data)?.workflow_options],
  task_options_dict: ['taskOptions', (data) => definitionOf(data)?.tasks],
  upload_options: ['uploadOptions', (data) => definitionOf(data)?.upload_options],
  collection_mapping: ['collectionMapping', (data) => definitionOf(data)?.upload_options?.collections],
  collection_matchers: ['collectionMatchers', (data) => definitionOf(data)?.collection_matchers],
  collection_options: ['collectionOptions', (data) => definitionOf(data)?.collection_options],
  items_as_dicts: ['items', (data) => data.features],
};

/** Where the value of a call comes from. */
const methods = {
  get_collection_options: ['getCollectionOptions', (data, name) => ownOptions(data, name)],
  get_collection_upload_options: [
    'getCollectionUploadOptions',
    (data, name) => {
      const own = name === null ? undefined : ownOptions(data, name)?.upload_options;
      return own === undefined ? definitionOf(data)?.upload_options : own;
    },
  ],
};

/** @param {any} data @param {string} name */
function ownOptions(data, name) {
  const options = definitionOf(data)?.collection_options ?? {};
  return Object.hasOwn(options, name) ? options[name] : undefined;
}

before(async () => {
  await ready();
  for (const { text, accessors } of cases) {
    if (accessors !== null) payloads.set(text, await Payload.from(text));
  }
});

test('the vectors are all there', () => {
  assert.ok(cases.length >= 1500, `${cases.length} payloads`);
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, 'each has a name of its own');
});

describe('without lint, the verdict, the first error and the warnings are those of Python', () => {
  const inputs = {
    'as text': { atLeast: 1500, make: ({ text }) => text },
    'as bytes': { atLeast: 1500, make: ({ text }) => bytesOf(text) },
    'as an object, where JSON.parse loses nothing': {
      atLeast: 800,
      make: ({ text }) => (lossless.has(text) && isContainer(text) ? JSON.parse(text) : skipped),
    },
  };
  for (const [name, { atLeast, make }] of Object.entries(inputs)) {
    test(name, () =>
      forEachCase(cases, atLeast, async (recorded) => {
        const input = make(recorded);
        if (input === skipped) return skipped;
        assert.deepEqual(saidOf(await validate(input, { lint: false })), expectedOf(recorded));
      }),
    );
  }

  test('validateSync gives the report of validate', () =>
    forEachCase(cases, 1500, async ({ text }) => {
      assert.deepEqual(validateSync(text, { lint: false }), await validate(text, { lint: false }));
      assert.deepEqual(validateSync(text), await validate(text));
    }));

  test('lint adds findings and takes none of the errors away', () =>
    forEachCase(cases, 1500, ({ text }) => {
      const errors = ({ issues }) => issues.filter(({ severity }) => severity === 'error');
      const [compatible, linted] = [validateSync(text, { lint: false }), validateSync(text)];
      assert.deepEqual(
        errors(linted).filter(({ python }) => python),
        errors(compatible),
      );
    }));
});

describe('Payload.from(text)', () => {
  test("throws what Python's constructor raises", () =>
    forEachCase(cases, 40, async (recorded) => {
      if (recorded.accessors !== null) return skipped;
      assertPythonError(await errorOf(Payload.from(recorded.text)), recorded.error);
    }));

  test('validate() throws what Python raises first, or nothing', () =>
    forEachCase(cases, 1000, ({ text, accessors, error }) => {
      if (accessors === null || !(lossless.has(text) || error === null)) return skipped;
      const payload = payloadOf(text);
      if (error === null) assert.equal(payload.validate(), undefined);
      else
        assertPythonError(
          thrownBy(() => payload.validate()),
          error,
        );
    }));

  test("warnings are Python's, up to the first error", () =>
    forEachCase(cases, 1000, ({ text, accessors, warnings }) => {
      if (accessors === null) return skipped;
      const payload = payloadOf(text);
      assert.deepEqual(
        payload.warnings.map(({ message }) => message),
        warnings,
      );
    }));

  for (const [python, [name, placeOf]] of Object.entries(properties)) {
    test(`${name} is ${python}, and the very object in data`, () =>
      forEachCase(cases, 1000, ({ text, accessors }) => {
        if (accessors === null) return skipped;
        const payload = payloadOf(text);
        const recorded = accessors[python];
        const place = placeOf(payload.data);
        if (python === 'task_options_dict' && Array.isArray(place) && recorded.entries) {
          // A name may be a number whose spelling is lost.
          if (!lossless.has(text)) return skipped;
          assertListedTasks(payload, recorded.entries);
        } else {
          return assertAnswer(() => payload[name], recorded, place, text);
        }
      }));
  }

  for (const [python, [name, placeOf]] of Object.entries(methods)) {
    test(`${name}() is ${python}(), and the very object in data`, () =>
      forEachCase(cases, 1000, ({ text, accessors }) => {
        if (accessors === null) return skipped;
        const payload = payloadOf(text);
        const calls = accessors.calls.filter(({ method }) => method === python);
        assert.ok(calls.length > 0);
        for (const { argument, ...recorded } of calls) {
          const place = placeOf(payload.data, argument);
          assertAnswer(() => payload[name](argument), recorded, place, text);
        }
      }));
  }
});

/** @param {string} text */
function payloadOf(text) {
  const payload = payloads.get(text);
  assert.ok(payload, text);
  return payload;
}

/** @param {string} text */
const isContainer = (text) => /^\s*[[{]/.test(text);

/** @param {import('stac-task').Report} report */
function saidOf({ valid, issues, counts }) {
  const errors = issues.filter(({ severity }) => severity === 'error');
  const warnings = issues.filter(({ severity }) => severity === 'warning');
  assert.deepEqual(counts, { error: errors.length, warning: warnings.length, info: 0 });
  for (const { python } of warnings) assert.equal(python?.type, 'DeprecationWarning');
  return {
    valid,
    error: errors[0]?.python ?? null,
    warnings: warnings.map(({ python }) => python?.message),
  };
}

/** @param {any} recorded */
const expectedOf = ({ error, warnings }) => ({ valid: error === null, error, warnings });

/** @param {() => unknown} call */
function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  assert.fail('no error');
}

/**
 * @param {any} error
 * @param {import('./support.js').PythonError} recorded
 */
function assertPythonError(error, recorded) {
  const [Type, name, code] = errorClasses[recorded.type];
  assert.ok(error instanceof Type, `${error} should be a ${name}`);
  const { python, message } = error;
  assert.deepEqual(
    { name: error.name, code: error.code, message, python },
    { name, code, message: recorded.message, python: recorded },
  );
}

/**
 * @param {() => unknown} read
 * @param {{ json?: string, error?: import('./support.js').PythonError }} recorded
 * @param {unknown} place the part of `data` that is meant
 * @param {string} text
 */
function assertAnswer(read, recorded, place, text) {
  if (recorded.error) {
    // Its text may tell of a number's spelling or of what comes first.
    if (!lossless.has(text)) return skipped;
    return assertPythonError(thrownBy(read), recorded.error);
  }
  const value = read();
  assert.deepEqual(withoutNegativeZero(value), parsePython(String(recorded.json)));
  if (place !== undefined) assert.equal(value, place, 'the very object');
  else assert.notEqual(value, read(), 'an empty one of its own');
}

/**
 * @param {Payload} payload
 * @param {[name: string, options: string][]} entries
 */
function assertListedTasks(payload, entries) {
  const value = payload.taskOptions;
  const keyed = entries.map(([name, options]) => [
    name[0] === '"' ? JSON.parse(name) : name,
    parsePython(options),
  ]);
  assert.deepEqual(withoutNegativeZero(value), Object.fromEntries(keyed));
  const inside = new Set(definitionOf(payload.data).tasks.map(({ parameters }) => parameters));
  for (const options of Object.values(value)) {
    if (Object.keys(options).length > 0) assert.ok(inside.has(options), 'the very object');
  }
}
