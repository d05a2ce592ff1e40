/*
 * `stac-task validate --format`: for people, GitHub and SARIF's readers. Payloads and names of files may be hostile.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { validate, version } from 'stac-task';

import { formatFrame } from '../../js/cli/frame.js';
import { concurrency, workplace } from './cli-support.js';
import { cleanText, payloadText } from './support.js';

const files = {
  'valid.json': cleanText,
  'bad.json': '{\n  "process": 5,\n  "features": {\n  },\n  "type": "FeatureCollection"\n}\n',
  'lint.json': payloadText('"process": {}, "id": 1,\r\n "id": "\\ud800"'),
  'info,a:b%0A.json': payloadText('"process": 5'),
  'ü b#1?.json': payloadText('"process": {}'),
  'hostile.json': payloadText(
    '"process": [{"tasks": {"%0A\\r\\n::error::x, y: z\\u001b[31m": 5, "{0} [a](1)": 6, "\\ud800": 7}}]',
  ),
  'many.json': payloadText('"process": [{"tasks": {"a": 1, "b": 2, "c": 3}}]'),
};
const { folder, stacTask, outputOf } = workplace(files);

/** @param {string[]} args @param {number} code @param {{ input?: string }} [options] */
async function github(args, code, options) {
  const outcome = await stacTask(['validate', '--format', 'github', ...args], options);
  assert.equal(outcome.code, code, outcome.stderr);
  return { lines: outcome.stdout.split('\n').slice(0, -1), stderr: outcome.stderr };
}

describe('--format github', concurrency, () => {
  test('one command for each issue, the summary on stderr', async () => {
    const { lines, stderr } = await github(['valid.json', 'bad.json', 'lint.json'], 1);
    assert.deepEqual(lines.slice(0, 2), [
      "::error file=bad.json,line=2,col=14,endLine=2,endColumn=15,title=process-type::unable to parse 'process': must be type list%0AWrite a list with the process definition as its first element.",
      "::error file=bad.json,line=3,col=15,title=features-type::unable to parse 'features': must be type list%0AWrite a list of STAC items.",
    ]);
    assert.deepEqual(
      lines.slice(2).map((line) => line.slice(0, line.lastIndexOf('::'))),
      [
        '::warning file=lint.json,line=1,col=13,endLine=1,endColumn=15,title=process-dict',
        '::warning file=lint.json,line=2,col=2,endLine=2,endColumn=6,title=duplicate-key',
        '::warning file=lint.json,line=2,col=9,endLine=2,endColumn=15,title=lone-surrogate',
      ],
    );
    assert.equal(stderr, '3 payloads: 2 valid, 1 invalid (2 errors, 3 warnings)\n');
  });

  test('names of files and texts of payloads end no command and begin none', async () => {
    const { lines } = await github(['info,a:b%0A.json', 'hostile.json'], 1);
    assert.equal(lines.length, 5, lines.join('\n'));
    assert.ok(lines[0]?.startsWith('::error file=info%2Ca%3Ab%250A.json,line=1,'), lines[0]);
    assert.match(
      lines[1] ?? '',
      /,title=task-options-type::.*'%250A\ufffd\ufffd::error::x, y: z\ufffd\[31m'/,
    );
    for (const line of lines) assert.doesNotMatch(line, /%(?!25|0D|0A|3A|2C)/);
  });

  test('a path is the one in the repository; what has none is named in the text', async () => {
    const [relative, stdin] = await Promise.all([
      github(['./bad.json', pathToFileURL(join(folder, 'bad.json')).href], 1),
      github(['-'], 1, { input: files['bad.json'] }),
    ]);
    assert.ok(relative.lines[0]?.startsWith('::error file=bad.json,'));
    assert.ok(relative.lines[2]?.startsWith(`::error file=${folder}/bad.json,`));
    assert.ok(
      stdin.lines[0]?.startsWith("::error title=process-type::<stdin>:2:14: unable to parse 'process'"),
    );
  });

  test('what cannot be read, and what is not listed', async () => {
    const { lines, stderr } = await github(['missing.json', '--max-issues=1', 'many.json'], 1);
    assert.equal(lines[0], '::error file=missing.json,title=unreadable::missing.json: no such file');
    assert.equal(lines[2], '::notice file=many.json::2 more not listed (--max-issues)');
    assert.equal(lines.length, 3);
    assert.match(stderr, /1 invalid, 1 unreadable \(3 errors\)/);
  });
});

/** @param {string[]} args @param {number} code @param {{ input?: string }} [options] */
async function sarif(args, code, options) {
  const log = JSON.parse(await outputOf(['validate', '--format', 'sarif', ...args], code, options));
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors, null, 2));
  return log.runs[0];
}

/** The schema of the standard's last draft is draft-04, of which nothing but a name has changed for Ajv. */
const {
  id: $id,
  $schema: _,
  ...schema
} = JSON.parse(
  readFileSync(
    join(
      createRequire(import.meta.url).resolve('@microsoft/jest-sarif'),
      '../schemas/sarif-2.1.0-rtm.5.json',
    ),
    'utf8',
  ),
);
const isSarif = new Ajv({
  strict: false,
  unicodeRegExp: false, // one of its patterns is none in Unicode mode
  allErrors: true,
  formats: {
    uri: (text) => URL.canParse(text),
    'uri-reference': (text) =>
      URL.canParse(text, 'file:///') && !/[\s<>"{}|\\^`]|%(?![\da-f]{2})/i.test(text),
    'date-time': (text) => !Number.isNaN(Date.parse(text)),
  },
}).compile({ $id, ...schema });

describe('--format sarif', concurrency, () => {
  test('the schema that it is held against refuses what is no log', () => {
    assert.equal(isSarif({ version: '2.1.0', runs: [{ tool: {} }] }), false);
    assert.equal(isSarif({ version: '2.1.0', runs: [] }), true);
  });

  test('of valid payloads is a log with no results', async () => {
    const run = await sarif(['valid.json'], 0);
    assert.deepEqual(run, {
      tool: { driver: { name: 'stac-task', version, semanticVersion: version, rules: [] } },
      columnKind: 'utf16CodeUnits',
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
      results: [],
    });
  });

  test('has each issue with its rule, level, text and place', async () => {
    const { tool, results } = await sarif(['bad.json', 'lint.json'], 1);
    const issues = [];
    for (const name of /** @type {const} */ (['bad.json', 'lint.json'])) {
      issues.push(...(await validate(files[name])).issues);
    }
    assert.equal(results.length, issues.length);
    for (const [index, { code, severity, message, pointer, range, hint }] of issues.entries()) {
      const { ruleId, ruleIndex, level, message: said, locations } = results[index];
      assert.deepEqual({ ruleId, level, text: said.text }, { ruleId: code, level: severity, text: message });
      const rule = tool.driver.rules[ruleIndex];
      assert.deepEqual([rule.id, rule.help.text, rule.defaultConfiguration.level], [code, hint, severity]);
      const { start, end } = /** @type {import('stac-task').Range} */ (range);
      assert.deepEqual(locations[0].physicalLocation.region, {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
        charOffset: start.offset,
        charLength: end.offset - start.offset,
      });
      assert.equal(locations[0].logicalLocations[0].fullyQualifiedName, pointer);
    }
    assert.deepEqual(new Set(tool.driver.rules.map(({ id }) => id)).size, tool.driver.rules.length);
  });

  test('has the edits of a fix', async () => {
    const { results } = await sarif(['lint.json'], 0);
    const { description, artifactChanges } = results[0].fixes[0];
    assert.equal(description.text, 'Put the object into a list');
    assert.deepEqual(artifactChanges[0].artifactLocation, { uri: 'lint.json' });
    assert.deepEqual(
      artifactChanges[0].replacements.map(({ deletedRegion, insertedContent }) => [
        deletedRegion.charOffset,
        deletedRegion.charLength,
        insertedContent?.text,
      ]),
      [
        [12, 0, '['],
        [14, 0, ']'],
      ],
    );
    assert.equal('insertedContent' in results[1].fixes[0].artifactChanges[0].replacements[0], false);
  });

  test('has addresses that mean the files', async () => {
    const absolute = join(folder, 'ü b#1?.json');
    const names = [
      'ü b#1?.json',
      './lint.json',
      'info,a:b%0A.json',
      absolute,
      pathToFileURL(absolute).href,
      '-',
    ];
    const { results } = await sarif(names, 1, { input: payloadText('"process": {}') });
    const locations = results.map(({ locations }) => locations[0].physicalLocation.artifactLocation);
    assert.deepEqual(locations, [
      { uri: '%C3%BC%20b%231%3F.json' },
      ...Array(3).fill({ uri: 'lint.json' }),
      { uri: 'info%2Ca%3Ab%250A.json' },
      { uri: pathToFileURL(absolute).href },
      { uri: pathToFileURL(absolute).href },
      { description: { text: 'standard input' } },
    ]);
  });

  test('says what could not be read, and what is not listed', async () => {
    const { invocations, results } = await sarif(['missing.json', '--max-issues=1', 'many.json'], 1);
    const [{ executionSuccessful, toolExecutionNotifications }] = invocations;
    assert.equal(executionSuccessful, false);
    assert.equal(results.length, 1);
    assert.deepEqual(
      toolExecutionNotifications.map(({ level, message, locations }) => [
        level,
        message.text,
        locations[0].physicalLocation.artifactLocation.uri,
      ]),
      [
        ['error', 'missing.json: no such file', 'missing.json'],
        ['warning', 'many.json: 2 more not listed (--max-issues)', 'many.json'],
      ],
    );
  });

  test('does nothing to a terminal, whatever the payload', async () => {
    const output = await outputOf(['validate', '--format=sarif', 'hostile.json'], 1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(output, /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
    const { results } = await sarif(['hostile.json'], 1);
    assert.equal(results[2].locations[0].logicalLocations[0].fullyQualifiedName, '/process/0/tasks/\ud800');
  });
});

describe('the caret stands under the finding, in columns of a terminal', () => {
  const plain = (/** @type {string} */ _style, /** @type {string} */ text) => text;
  /** Columns before the caret, and carets, of what stands at `[[…]]` in a line. @param {string} marked */
  function caretOf(marked) {
    const start = marked.indexOf('[[');
    const end = marked.indexOf(']]') - 2;
    const line = marked.replace('[[', '').replace(']]', '');
    const range = {
      start: { offset: start, line: 1, column: start + 1 },
      end: { offset: end, line: 1, column: end + 1 },
    };
    const [code, carets] = formatFrame(range, [line], plain, 'error').split('\n');
    const under = (carets ?? '').replace(/^.*?│ /, '');
    return {
      code: (code ?? '').replace(/^.*?│ /, ''),
      before: under.indexOf('^'),
      carets: under.trim().length,
    };
  }

  /** @type {Record<string, [line: string, before: number, carets: number]>} */
  const lines = {
    ASCII: ['{"a": [[5]]}', 6, 1],
    'a tab is one column': ['\t\t"a": [[5]]', 7, 1],
    'Chinese has two each': ['"你好": [[5]]', 8, 1],
    'an emoji of two units': ['"😀": [[5]]', 6, 1],
    'an emoji with a tone': ['"👍🏽": [[5]]', 6, 1],
    'a combining accent has none': ['"e\u0301": [[5]]', 5, 1],
    'Korean in parts': ['"\u1112\u1161\u11ab": [[5]]', 6, 1],
    'half a character is one': ['"\ud800": [[5]]', 5, 1],
    'a control character is one': ['"\u0007\u200b": [[5]]', 6, 1],
    'what is wide is underlined whole': ['[["你好"]]: 5', 0, 6],
    'nothing is underlined once': ['"a": [[]]', 5, 1],
  };
  for (const [name, [line, before, carets]] of Object.entries(lines)) {
    test(name, () => assert.deepEqual({ ...caretOf(line), code: '' }, { code: '', before, carets }));
  }

  test('a long line is cut on both sides, and never inside a character', () => {
    for (const filler of ['x', '😀', '你', 'x😀']) {
      const { code, before, carets } = caretOf(`"${filler.repeat(300)}": [[57]], "${filler.repeat(300)}"`);
      assert.ok(code.startsWith('…') && code.endsWith('…'), code);
      assert.doesNotMatch(code, /\p{Surrogate}|\ufffd/u);
      assert.equal(carets, 2);
      const width = (/** @type {string} */ text) => text.replace(/[😀你]/gu, '..').length;
      assert.equal(before, width(code.slice(0, code.indexOf('57'))));
    }
  });

  test('where the text has no such line there is no frame', () => {
    const place = { offset: 0, line: 5, column: 1 };
    assert.equal(formatFrame({ start: place, end: place }, ['{}'], plain, 'error'), '');
  });
});
