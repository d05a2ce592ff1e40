/*
 * The JSON Schema of a payload and the validator say the same: what is an error there is invalid here, and nothing
 * else is. What a schema cannot say stands in one table.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { ready, validateSync } from 'stac-task';

import { generatePayloads, headerPayloads } from '../support/generate-payloads.js';
import { headerChoices, knownKeys, matcherTypes, untypedHeaders } from '../support/known-keys.js';
import { forEachCase, readVectors } from './support.js';

/** Errors that a schema cannot say, and why. */
const unsayable = {
  'template-syntax': 'The grammar of templates is that of str.format.',
  'template-variable': 'Whether any item has a variable is a question about the whole payload.',
  'pattern-syntax': 'The grammar of patterns is that of jsonpath-ng.',
  'pattern-regex': "The grammar of regular expressions is that of Python's re.",
  'pattern-unsupported': 'It takes the grammar of patterns to see it.',
  'json-too-deep': 'Nothing counts the containers inside one another.',
  'json-integer-too-long': "Digits are gone once JSON.parse has read them; Python's limit is on the text.",
};

/** Findings that no payload here can have, and why. Those of JSON.parse, of the profile cirrus and of items are others. */
const elsewhere = {
  'input-too-large': 'needs the option maxBytes',
  'not-json': 'is about objects that are no JSON',
  'byte-order-mark': 'is about bytes',
  'collection-options-entry-type': 'is what an accessor throws; validation says collection-options-entry',
};

/** Errors that come with another, payload-not-object. */
const neverAlone = new Set(['payload-type', 'payload-pair-length']);

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const schema = JSON.parse(read('js/schema/payload.schema.json'));
const { definitions } = schema;

/** @type {string[]} */
const warnings = [];
const ajv = new Ajv({
  allErrors: true,
  strict: true,
  // Draft 7 has no other way to speak of the first element alone.
  strictTuples: false,
  // What is required stands in `else`, and its properties beside it.
  strictRequired: false,
  logger: { log() {}, warn: (text) => warnings.push(text), error: (text) => warnings.push(text) },
});
const accepts = ajv.compile(schema);

/** @param {{ text: string }} each */
function isJson({ text }) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const examples = readdirSync(new URL('../../examples/payloads', import.meta.url)).map((name) => ({
  name,
  text: read(`examples/payloads/${name}`),
}));

const limits = [
  { name: '1000 containers', text: `{"id":${'['.repeat(999)}${']'.repeat(999)}}` },
  { name: '1001 containers', text: `{"id":${'['.repeat(1000)}${']'.repeat(1000)}}` },
  { name: '4300 digits', text: `{"id":${'9'.repeat(4300)}}` },
  { name: '4301 digits', text: `{"id":${'9'.repeat(4301)}}` },
];

/** Patterns with each finding that a pattern can have. */
const patterns = [
  '$[?(',
  "$[?(@.id =~ '[')]",
  "$[?(@.a & @.id == 'x')]",
  '$.id',
  '$[?(@.a > 80)]',
  '$[?(@.a == null)]',
  "$[?(@.id =~ '\\d')]",
  "$[?(@.id =~ 'S2.*')]",
].map((pattern) => ({
  name: pattern,
  text: JSON.stringify({
    type: 'FeatureCollection',
    process: [{ collection_matchers: [{ type: 'jsonpath', collection_name: 'a', pattern }] }],
  }),
}));

const corpora = {
  'the recorded payloads': readVectors('payloads.json'),
  'the examples': examples,
  'the limits': limits,
  'every header': headerPayloads(),
  patterns,
  'generated payloads': generatePayloads(179, 6000),
};

/** @param {import('stac-task').Report} report */
const errorsOf = ({ issues }) =>
  new Set(issues.filter(({ severity }) => severity === 'error').map(({ code }) => code));

/** Codes of the errors of payloads that have no other error, with how the schema judges them. */
const alone = new Map();
/** Codes of warnings and infos of valid payloads. */
const harmless = new Set();

/** @param {{ text: string }} each */
function agree({ text }) {
  const value = JSON.parse(text);
  const isAccepted = accepts(value);
  for (const input of typeof value === 'object' && value !== null ? [text, value] : [text]) {
    const report = validateSync(input);
    const errors = errorsOf(report);
    assert.equal(report.valid, errors.size === 0);
    if (errors.size === 1) alone.set([...errors][0], isAccepted);
    if (report.valid) for (const { code } of report.issues) harmless.add(code);
    const sayable = [...errors].filter((code) => !Object.hasOwn(unsayable, code));
    if (isAccepted === (sayable.length === 0)) continue;
    const findings = JSON.stringify(isAccepted ? report.issues : accepts.errors, null, 1);
    assert.fail(isAccepted ? `the schema accepts it in spite of ${findings}` : `the schema says ${findings}`);
  }
}

before(() => ready());

describe('schema and validator agree about', () => {
  for (const [name, cases] of Object.entries(corpora)) {
    test(name, () => {
      const least = { 'the examples': 4, 'the limits': 4, 'every header': 1000, patterns: 8 }[name] ?? 1200;
      return forEachCase(cases.filter(isJson), least, agree);
    });
  }
});

describe('among these payloads', () => {
  const rules = [...read('src/payload/rules.def').matchAll(/^RULE\((\w+), (error|warning|info), "/gm)].map(
    ([, name, severity]) => ({ code: String(name).replaceAll('_', '-'), severity }),
  );
  const isReachable = ({ code }) =>
    !Object.hasOwn(elsewhere, code) &&
    !/^(cirrus|item)-/.test(code) &&
    (!code.startsWith('json-') || Object.hasOwn(unsayable, code));

  test('each error that a schema cannot say makes one invalid that the schema accepts', () => {
    for (const code of Object.keys(unsayable)) assert.equal(alone.get(code), true, code);
  });

  test('each other error alone makes one invalid that the schema refuses', () => {
    const sayable = rules
      .filter((rule) => rule.severity === 'error' && isReachable(rule))
      .filter(({ code }) => !Object.hasOwn(unsayable, code));
    assert.ok(sayable.length >= 28, `${sayable.length} errors`);
    for (const { code } of sayable) {
      assert.equal(alone.get(code), neverAlone.has(code) ? undefined : false, code);
    }
  });

  test('each warning and info stands in one that both accept', () => {
    for (const { code } of rules.filter((rule) => rule.severity !== 'error' && isReachable(rule))) {
      assert.ok(harmless.has(code), code);
    }
  });
});

describe('the schema names what the validator knows', () => {
  /** @param {...string} names @returns {string[]} */
  const keysOf = (...names) => [
    ...new Set(names.flatMap((name) => Object.keys(definitions[name].properties))),
  ];
  const lists = {
    'the payload': [Object.keys(schema.properties), knownKeys.root],
    'the process definition': [keysOf('processDefinition'), knownKeys.definition],
    'later process definitions': [keysOf('laterDefinition'), knownKeys.definition],
    'upload options': [keysOf('uploadOptions'), knownKeys.uploadOptions],
    'upload options of later definitions': [keysOf('laterUploadOptions'), knownKeys.uploadOptions],
    'upload options of collections': [keysOf('collectionUploadOptions'), knownKeys.uploadOptions],
    'options of collections': [keysOf('optionsOfCollection'), knownKeys.optionsOfCollection],
    matchers: [keysOf('jsonpathMatcher', 'catchAllMatcher'), knownKeys.matcher],
    'listed tasks': [keysOf('listedTask'), knownKeys.listedTask],
    headers: [keysOf('headers'), knownKeys.header],
    'types of matchers': [
      ['jsonpathMatcher', 'catchAllMatcher'].map((name) => definitions[name].properties.type.const),
      matcherTypes,
    ],
    'headers of any type': [
      keysOf('headers').filter((name) => {
        const { type, allOf } = definitions.headers.properties[name];
        return !type && !allOf;
      }),
      untypedHeaders,
    ],
    'headers with choices': [
      keysOf('headers').filter((name) => definitions.headers.properties[name].enum),
      headerChoices.map(([name]) => name),
    ],
    ...Object.fromEntries(
      headerChoices.map(([name, values]) => [
        `choices of ${name}`,
        [definitions.headers.properties[name].enum ?? [], values],
      ]),
    ),
  };
  for (const [name, [inSchema, known]] of Object.entries(lists)) {
    test(name, () => assert.deepEqual([...inSchema].sort(), [...known].sort()));
  }
});

/**
 * Every schema in the schema, with its pointer, and whether it is that of a property or a definition.
 *
 * @param {any} node
 * @param {string} [pointer]
 * @param {boolean} [isNamed]
 * @returns {Generator<{ node: any, pointer: string, isNamed: boolean }>}
 */
function* schemasIn(node, pointer = '#', isNamed = false) {
  yield { node, pointer, isNamed };
  for (const key of [
    'if',
    'then',
    'else',
    'not',
    'additionalProperties',
    'additionalItems',
    'propertyNames',
  ]) {
    if (typeof node[key] === 'object') yield* schemasIn(node[key], `${pointer}/${key}`);
  }
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    for (const [i, each] of (node[key] ?? []).entries()) yield* schemasIn(each, `${pointer}/${key}/${i}`);
  }
  for (const [i, each] of [node.items ?? []].flat().entries())
    yield* schemasIn(each, `${pointer}/items/${i}`);
  for (const key of ['properties', 'definitions']) {
    for (const [name, each] of Object.entries(node[key] ?? {})) {
      yield* schemasIn(each, `${pointer}/${key}/${name}`, true);
    }
  }
}

describe('for completion and hover', () => {
  const all = [...schemasIn(schema)];
  const references = all.flatMap(({ node }) => node.$ref ?? []);

  test('every property and every definition is described', () => {
    const described = all.filter(({ isNamed, pointer }) => isNamed && !/\/(if|then)\//.test(pointer));
    assert.ok(described.length > 120, `${described.length}`);
    for (const { node, pointer } of described) {
      const target = node.$ref ? definitions[node.$ref.replace('#/definitions/', '')] : node;
      assert.match(target.description ?? '', /^\S.+[.!]$/, pointer);
    }
  });

  test('nothing stands beside a reference, which draft 7 would ignore', () => {
    for (const { node, pointer } of all) {
      if (node.$ref) assert.deepEqual(Object.keys(node), ['$ref'], pointer);
    }
  });

  test('every definition is used', () => {
    const used = new Set(references);
    for (const name of Object.keys(definitions)) assert.ok(used.has(`#/definitions/${name}`), name);
  });

  test('every default and every example is valid where it stands', () => {
    let count = 0;
    for (const { node, pointer } of all) {
      const values = [...(node.examples ?? []), ...('default' in node ? [node.default] : [])];
      if (values.length === 0) continue;
      for (const value of values) {
        ++count;
        assert.ok(ajv.validate(`${schema.$id}${pointer}`, value), `${pointer}: ${JSON.stringify(value)}`);
      }
    }
    assert.ok(count > 60, `${count}`);
  });

  test('the example of a whole payload has no finding', () => {
    for (const each of schema.examples) assert.deepEqual(validateSync(JSON.stringify(each)).issues, []);
  });

  test('it is draft 7 and compiles in strict mode without a warning', () => {
    assert.deepEqual(warnings, []);
    assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
    assert.ok(ajv.validateSchema(schema));
    assert.equal(schema.$id, 'urn:stac-task:payload');
  });
});
