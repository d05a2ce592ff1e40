/*
 * The profile cirrus: what Cirrus asks of a payload beyond stac-task, in Cirrus' order and words, and what surprises there.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ready, validate, validateSync } from 'stac-task';

import { brief, bytesOf, isLossless, withoutPlaces } from './support.js';

before(() => ready());

/** @type {import('stac-task').ValidateOptions} */
const cirrus = { profile: 'cirrus' };
/** @type {import('stac-task').ValidateOptions} */
const python = { profile: 'cirrus', lint: false };

const good = '{"type": "FeatureCollection", "id": "c/workflow-w/i", "process": [{"workflow": "w"}]}';

/** What the core raises, once the warning about the default mapping is left out. @param {any} input */
const errorsOf = (input, options = python) => validateSync(input, options).issues.filter(isError);
const isError = (/** @type {{ severity: string }} */ { severity }) => severity === 'error';

describe('what Cirrus raises', () => {
  const process = {
    code: 'cirrus-process-missing',
    type: 'ValueError',
    message: "Payload must contain a 'process' array of process definitions",
  };
  const list = {
    code: 'cirrus-process-type',
    type: 'TypeError',
    message: "Payload 'process' field must be an array with at least one process definition",
  };
  const workflow = {
    code: 'cirrus-workflow-missing',
    type: 'ValueError',
    message: "Payload must contain a 'workflow' field specifying the workflow name",
  };
  const noId = { code: 'cirrus-id-missing', type: 'KeyError', message: "'id'" };
  const pattern = (/** @type {string} */ id) => ({
    code: 'cirrus-id-pattern',
    type: 'ValueError',
    message: `Payload 'id' field must match '\${COLLECTIONS}/workflow-\${WORKFLOW_NAME}/\${ITEMIDS}: ${id}`,
  });
  const idType = (/** @type {string} */ type) => ({
    code: 'cirrus-id-type',
    type: 'TypeError',
    message: `expected string or bytes-like object, got '${type}'`,
  });
  const base = (/** @type {string} */ code, /** @type {string} */ message) => ({
    code,
    type: 'TypeError',
    message: `unable to parse ${message}`,
  });
  const id = '"id": "c/workflow-w/i"';

  /**
   * A payload, and each error: Python's class and text, the pointer and the source.
   * @type {Record<string, [text: string, ...errors: [{ code: string, type: string, message: string }, pointer: string, source: string][]]>}
   */
  const cases = {
    'of nothing': ['{}', [process, '', '{}'], [noId, '', '{}']],
    'of no process': [`{${id}}`, [process, '', `{${id}}`]],
    'of an empty list': [`{"process": [ ], ${id}}`, [list, '/process', '[ ]']],
    'of a process definition without a list': [
      `{"process": {"workflow": "w"}, ${id}}`,
      [list, '/process', '{"workflow": "w"}'],
    ],
    'of no workflow': [`{"process": [{"a": 1}], ${id}}`, [workflow, '/process/0', '{"a": 1}']],
    'of a workflow in a later definition': [
      `{"process": [{}, {"workflow": "w"}], ${id}}`,
      [workflow, '/process/0', '{}'],
    ],
    'of a workflow of any kind': [`{"process": [{"workflow": null}], ${id}}`],
    'of an empty id': ['{"process": [{"workflow": "w"}], "id": ""}', [pattern(''), '/id', '""']],
    'of another id, with its text': [
      '{"process": [{"workflow": "w"}], "id": "\\u00e9/😀 \\"\\n"}',
      [pattern('é/😀 "\n'), '/id', '"\\u00e9/😀 \\"\\n"'],
    ],
    'of no workflow and another id': [
      '{"process": [{}], "id": "a"}',
      [workflow, '/process/0', '{}'],
      [pattern('a'), '/id', '"a"'],
    ],
    'of the last id of two': [
      `{"process": [{"workflow": "w"}], ${id}, "id": "b"}`,
      [pattern('b'), '/id', '"b"'],
    ],
    'after what stac-task raises': [
      '{"features": 5, "process": [{"tasks": 5}]}',
      [base('tasks-type', "'tasks': must be type dict or type list (deprecated)"), '/process/0/tasks', '5'],
      [base('features-type', "'features': must be type list"), '/features', '5'],
      [workflow, '/process/0', '{"tasks": 5}'],
      [noId, '', '{"features": 5, "process": [{"tasks": 5}]}'],
    ],
    'of a process that is none, what stac-task does, too': [
      `{"process": null, ${id}}`,
      [base('process-type', "'process': must be type list"), '/process', 'null'],
      [list, '/process', 'null'],
    ],
    'of a definition that is none, what stac-task does': [
      `{"process": ["w"], ${id}}`,
      [
        base('process-element-type', "'process': the first element of the list must be type dict"),
        '/process/0',
        '"w"',
      ],
    ],
  };
  for (const [json, type] of Object.entries({
    null: 'NoneType',
    true: 'bool',
    5: 'int',
    1.5: 'float',
    '[]': 'list',
    '{}': 'dict',
  })) {
    cases[`of an id that is ${json}`] = [
      `{"process": [{"workflow": "w"}], "id": ${json}}`,
      [idType(type), '/id', json],
    ];
  }
  for (const [name, [text, ...errors]] of Object.entries(cases)) {
    test(name, async () => {
      const expected = errors.map(([{ code, type, message }, pointer]) => ({
        code,
        pointer,
        python: { type, message },
      }));
      const shown = (/** @type {any} */ input, options = python) =>
        errorsOf(input, options).map(({ code, pointer, python }) => ({ code, pointer, python }));
      for (const input of [text, bytesOf(text), ...(isLossless(text) ? [JSON.parse(text)] : [])]) {
        assert.deepEqual(shown(input), expected, text);
        assert.deepEqual(shown(input, cirrus), expected, 'with lint, too');
        assert.equal(validateSync(input, python).valid, errors.length === 0);
      }
      assert.deepEqual(
        errorsOf(text).map(({ range }) => text.slice(range?.start.offset, range?.end.offset)),
        errors.map(([, , source]) => source),
      );
      const others = validateSync(text, { lint: false }).issues.filter(isError);
      assert.deepEqual(
        others.map(({ code }) => code),
        errors.map(([{ code }]) => code).filter((code) => !code.startsWith('cirrus-')),
        'without the profile',
      );
    });
  }

  test('says in the message what Python does, but for a KeyError', () => {
    const [missing, noId] = errorsOf('{}');
    assert.equal(missing?.message, missing?.python?.message);
    assert.equal(noId?.message, "this payload has no 'id'");
    assert.equal(noId?.hint, 'It is {collections}/workflow-{workflow}/{item ids}.');
  });

  test('of a root that is no object', () => {
    assert.deepEqual(brief({ ...validateSync('5', python) }), ['error payload-type ']);
  });

  test('of malformed JSON, nothing beyond that', async () => {
    assert.deepEqual(brief(await validate('{"id": ', cirrus)), ['error json-expected-value ']);
  });
});

describe('a good payload', () => {
  test('has no finding, as text and as an object', () => {
    for (const input of [good, bytesOf(good), JSON.parse(good)]) {
      assert.deepEqual(validateSync(input, cirrus).issues, []);
    }
  });

  test('with lint: false has the warning of Python alone', () => {
    assert.deepEqual(brief(validateSync(good, python)), ['warning upload-collections ']);
  });

  test('may say so in its process definition', () => {
    const text = good.replace('"w"', '"w", "collections": "c", "chain_filter": "a", "replace": true');
    assert.deepEqual(validateSync(text, cirrus).issues, []);
  });
});

describe('an id', () => {
  /** Ids, and whether re.match(r'.+/workflow-[^/]+/.+', id) matches. @type {[id: string, matches: boolean][]} */
  const ids = [
    ['a/workflow-b/c', true],
    ['a/b/workflow-c/d/e', true],
    ['a//workflow-b//c', true],
    ['//workflow-b//', true],
    ['a/workflow-b/c/workflow-d', true],
    ['a/workflow-/workflow-b/c', true],
    ['a/workflow-b/c/', true],
    ['a/workflow- / ', true],
    ['é/workflow-😀/ü', true],
    ['\ud800/workflow-\ud800/\ud800', true],
    ['a/workflow-workflow-b/c', true],
    ['workflow-a/workflow-b/c', true],
    ['a/workflow-b/c\n', true],
    ['a/workflow-b/c\nd', true],
    ['a/workflow-b\nc/d', true],
    ['a/workflow-\n/d', true],
    ['\r/workflow-b/\u2028', true],
    ['a\0/workflow-b/c', true],
    ['', false],
    ['a', false],
    ['/workflow-b/c', false],
    ['workflow-b/c', false],
    ['a/workflow-b/', false],
    ['a/workflow-b', false],
    ['a/workflow-/c', false],
    ['a/workflow-', false],
    ['a/workflow_b/c', false],
    ['a/Workflow-b/c', false],
    ['aworkflow-b/c', false],
    ['a/workflow-//c', false],
    ['a/workflow-b/\n', false],
    ['a/workflow-b/\nc', false],
    ['a\nb/workflow-c/d', false],
    ['\n/workflow-b/c', false],
    ['a/workflow-b/\nc/workflow-d/e', false],
  ];
  for (const [id, matches] of ids) {
    test(`${JSON.stringify(id)} ${matches ? 'is one' : 'is none'}`, () => {
      const payload = { id, process: [{ workflow: 'b' }] };
      for (const input of [payload, JSON.stringify(payload)]) {
        const codes = errorsOf(input).map(({ code }) => code);
        assert.deepEqual(codes, matches ? [] : ['cirrus-id-pattern']);
      }
      // The same expression; a dot of JavaScript takes fewer line ends than one of Python.
      assert.equal(/^[^\n]+\/workflow-[^/]+\/[^\n]+/.test(id), matches);
    });
  }
});

describe('an id of another workflow', () => {
  const payload = (/** @type {string} */ id, /** @type {unknown} */ workflow) =>
    JSON.stringify({ type: 'FeatureCollection', id, process: [{ workflow }] });

  test('is a warning', () => {
    const text = payload('c/workflow-w/i', 'v\u00e9');
    const [issue, ...others] = validateSync(text, cirrus).issues;
    assert.deepEqual(others, []);
    const { range, ...said } = issue;
    assert.deepEqual(said, {
      code: 'cirrus-id-workflow',
      severity: 'warning',
      message: "the id names another workflow than the process definition: 'vé'",
      pointer: '/id',
      hint: 'Cirrus finds its state by the id.',
    });
    assert.equal(text.slice(range?.start.offset, range?.end.offset), '"c/workflow-w/i"');
    assert.deepEqual(
      withoutPlaces(validateSync(JSON.parse(text), cirrus)),
      withoutPlaces(validateSync(text, cirrus)),
    );
    assert.deepEqual(brief(validateSync(text, python)), ['warning upload-collections ']);
    assert.deepEqual(validateSync(text).issues, []);
  });

  /** @type {[id: string, workflow: unknown, found: boolean][]} */
  const cases = [
    ['c/workflow-w/i', 'w', false],
    ['c/workflow-w/i', 'W', true],
    ['c/workflow-w/i', 'workflow-w', true],
    ['c/workflow-w2/i', 'w', true],
    ['c/workflow-w/i', 'w2', true],
    ['workflow-a/workflow-w/i', 'w', false],
    ['c/workflow-é/i', 'é', false],
    // What is no workflow, or no id, is told of otherwise or not at all.
    ['c/workflow-w/i', 5, false],
    ['c/workflow-w/i', '', false],
  ];
  for (const [id, workflow, found] of cases) {
    test(`${id} with ${JSON.stringify(workflow)}: ${found ? 'is one' : 'is none'}`, () => {
      const expected = found ? ['warning cirrus-id-workflow /id'] : [];
      assert.deepEqual(brief(validateSync(payload(id, workflow), cirrus)), expected);
    });
  }

  test('is not said beside the error of an id that is none', () => {
    assert.deepEqual(brief(validateSync(payload('a', 'w'), cirrus)), ['error cirrus-id-pattern /id']);
  });
});

describe('the size is len(json.dumps(json.dumps(payload))) of Python', () => {
  const members = '"type": "FeatureCollection", "id": "c/workflow-w/i", "process": [{"workflow": "w"}]';
  const spaced = `{${members}, "pad": "<>"}`;
  /** Payloads, and Python's number while nothing stands in the place of `<>`. @type {Record<string, [text: string, size: number]>} */
  const payloads = {
    'of ASCII': [spaced, 116],
    'without whitespace': [spaced.replaceAll(/([:,]) /g, '$1'), 116],
    'with much of it': [`\n{\r\n\t${members} ,  "pad" : "<>" }  `, 116],
    'with escapes': [`{${members}, "pad": "\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\\u0041<>"}`, 162],
    'with long characters, in keys too': [`{${members}, "é€\u007f": "ä\u2028", "pad": "<>"}`, 163],
    'with astral characters': [`{${members}, "😀": "\\ud83d\\ude00", "pad": "𝄞<>"}`, 170],
    'with lone surrogates': [`{${members}, "pad": "\\ud800 \\udc00<>"}`, 131],
    'with floats': [
      `{${members}, "n": [1.0, 1e5, 1E400, -0.0, -0, 1.50, 1e16, 1e-5, 0.0001, 123456789012345678, 1e22, -1e400, 5e-324, 100000000000000000000.0, 0.1], "pad": "<>"}`,
      244,
    ],
    'with words and containers': [
      `{${members}, "w": [true, false, null, NaN, -Infinity, {}, [], {"a": {}}, [[]]], "pad": "<>"}`,
      187,
    ],
    'with integers': [`{${members}, "n": [0, -1, 12345678901234567890123456789012], "pad": "<>"}`, 166],
  };
  const code = 'cirrus-payload-size';

  for (const [name, [text, size]] of Object.entries(payloads)) {
    test(name, () => {
      const padded = (/** @type {number} */ total) => text.replace('<>', 'x'.repeat(total - size));
      /** @type {(text: string) => any[]} */
      const inputs = (text) => [text, bytesOf(text), ...(isLossless(text) ? [JSON.parse(text)] : [])];
      for (const [total, expected] of /** @type {const} */ ([
        [120_000, 0],
        [120_001, 1],
      ])) {
        for (const input of inputs(padded(total))) {
          const found = validateSync(input, cirrus).issues.filter((issue) => issue.code === code);
          assert.equal(found.length, expected, `${total} characters, as ${typeof input}`);
        }
      }
    });
  }

  test('is a warning about the whole payload', () => {
    const text = spaced.replace('<>', 'x'.repeat(200_000));
    const { valid, issues } = validateSync(` ${text}`, cirrus);
    assert.equal(valid, true);
    const { range, ...said } = issues[0];
    assert.deepEqual(said, {
      code,
      severity: 'warning',
      message: 'as Cirrus hands it on, this payload has more than 120000 characters',
      pointer: '',
      hint: 'It then goes by way of a payload bucket, without which Cirrus fails.',
    });
    assert.deepEqual([range?.start.offset, range?.end.offset], [1, text.length + 1]);
    assert.equal(issues.length, 1);
    assert.deepEqual(brief(validateSync(text, python)), ['warning upload-collections '], 'not without lint');
    assert.deepEqual(validateSync(text).issues, [], 'nor without the profile');
  });

  test('counts what an object holds, wherever it is', () => {
    /** @param {number} length */
    const payload = (length) => ({
      ...JSON.parse(good),
      features: [{ properties: { a: ['x'.repeat(length)] } }],
    });
    const empty = JSON.stringify(JSON.stringify(payload(0))).length;
    // Python writes a space after each of seven colons and three commas.
    const spaces = 10;
    assert.deepEqual(validateSync(payload(120_000 - empty - spaces), cirrus).issues, []);
    const larger = payload(120_001 - empty - spaces);
    assert.deepEqual(brief(validateSync(larger, cirrus)), [`warning ${code} `]);
  });

  test('of tens of thousands of containers is counted, too', () => {
    const text = `{${members}, "a": [${'{}, '.repeat(40_000)}{}]}`;
    assert.deepEqual(brief(validateSync(text, cirrus)), [`warning ${code} `]);
  });
});
