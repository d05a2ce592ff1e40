/*
 * docs/findings.md and the table in src/payload/rules.def name the same findings, in the same words, and each example on
 * the page has the finding that it stands under.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { Payload, ready, validate, validateSync } from 'stac-task';

import { fencesOf } from '../support/doc-blocks.js';
import { root } from './support.js';

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const rulePattern =
  /^RULE\((\w+), (error|warning|info), "(\w*)",\s+(?:R"\((.*?)\)"|"(.*?)"),\s+(?:R"\((.*?)\)"|"(.*?)"),/gm;

/** The findings as the core has them, by their codes. */
function readRules() {
  const table = read('src/payload/rules.def');
  const rows = [...table.matchAll(rulePattern)].map(([, code, severity, python, , , rawHint, hint]) => [
    code.replaceAll('_', '-'),
    { severity, python, hint: rawHint ?? hint },
  ]);
  assert.equal(rows.length, table.match(/^RULE/gm)?.length, 'the table was read as a whole');
  return new Map(rows);
}

/**
 * @typedef {object} Section
 * @property {string} code
 * @property {string} part     the heading above
 * @property {string} text     all of it
 * @property {string | undefined} severity
 * @property {string} python   '' where there is no such line
 * @property {string | undefined} fix
 * @property {{ language: string, attribute: string, code: string }[]} examples
 */

/** @returns {Section[]} */
function readSections() {
  const [, ...parts] = read('docs/findings.md').split(/^## /m);
  return parts.flatMap((part) => {
    const [heading, ...sections] = part.split(/^### /m);
    return sections.map((text) => ({
      code: /^`(.+)`$/m.exec(text)?.[1] ?? text,
      part: heading.split('\n')[0],
      text,
      severity: /^Severity: (\w+)\.$/m.exec(text)?.[1],
      python: /^Python: `(\w+)`\.$/m.exec(text)?.[1] ?? '',
      fix: /^Fix: (\w+)/m.exec(text)?.[1],
      examples: [...text.matchAll(/^```(\w+) ?(\w*)\n(.*?)\n```$/gms)].map(
        ([, language, attribute, code]) => ({ language, attribute, code }),
      ),
    }));
  });
}

const rules = readRules();
const sections = readSections();
const AsyncFunction = /** @type {any} */ (async () => {}).constructor;

before(() => ready());

test('each finding is documented once, and nothing else is', () => {
  assert.ok(rules.size >= 90, `${rules.size} findings`);
  assert.deepEqual(sections.map(({ code }) => code).sort(), [...rules.keys()].sort());
});

test('each block of code on the page is an example', () => {
  const examples = sections.flatMap(({ examples }) => examples);
  assert.equal(examples.length, fencesOf('docs/findings.md'));
});

test('with its severity and the class that Python raises', () => {
  const documented = sections.map(({ code, severity, python }) => ({ code, severity, python }));
  const expected = sections.map(({ code }) => {
    const { severity, python } = rules.get(code);
    return { code, severity, python };
  });
  assert.deepEqual(documented, expected);
});

describe('what a hint names, its section names', () => {
  for (const { code, text } of sections) {
    const names = namesIn(rules.get(code).hint);
    if (names.length === 0) continue;
    test(code, () => {
      const missing = names.filter((name) => !text.includes(name));
      assert.deepEqual(missing, [], `the hint is: ${rules.get(code).hint}`);
    });
  }
});

/**
 * What stands in quotes, names with underscores or inner capitals, and whatever has braces.
 * @param {string} hint
 */
function namesIn(hint) {
  const found = hint.matchAll(
    /'([^']+)'|"(\w+)"|(\$?\{[^}]*\}(?:\S*[\w}])?)|\b([a-z]+_\w+|[A-Za-z]+[a-z][A-Z]\w*)\b/g,
  );
  return [...found].map((match) => match.slice(1).find((name) => name !== undefined) ?? '');
}

describe('each example has the finding of its section', () => {
  for (const section of sections) {
    test(section.code, async (context) => {
      assert.ok(section.examples.length > 0, 'there is an example');
      const issues = [];
      for (const example of section.examples) {
        const found = await issuesOf(section, example);
        if (found === undefined) return context.skip('there is no shell');
        const issue = found.find(({ code }) => code === section.code);
        assert.ok(issue, `found is ${found.map(({ code }) => code)} in\n${example.code}`);
        assert.equal(issue.python?.type ?? '', section.python);
        issues.push(issue);
      }
      checkFix(section, issues);
    });
  }
});

/**
 * An example in JSON has its text, and with it the fix.
 * @param {Section} section
 * @param {import('stac-task').Issue[]} issues
 */
function checkFix({ fix, examples }, issues) {
  if (!examples.some(({ language }) => language === 'json')) return;
  const fixes = issues.flatMap((issue) => (issue.fix ? [issue.fix.safe ? 'safe' : 'unsafe'] : []));
  assert.equal(fixes[0], fix, 'the first fix in its examples is as documented');
}

/**
 * @param {Section} section
 * @param {Section['examples'][number]} example
 * @returns {Promise<import('stac-task').Issue[] | undefined>}
 */
async function issuesOf({ part }, { language, attribute, code }) {
  switch (language) {
    case 'json':
      if (part === 'STAC Items') return validateSync(`{"features": [${code}]}`, { items: 'core' }).issues;
      return validateSync(code, attribute === 'cirrus' ? { profile: 'cirrus' } : {}).issues;
    case 'text':
      return validateSync(code).issues;
    case 'js':
      return await issuesOfScript(code);
    case 'sh':
      return issuesOfCommand(code);
    default:
      return assert.fail(`an example in ${language}`);
  }
}

/** @param {string} code whose last statement awaits a report, or throws */
async function issuesOfScript(code) {
  const script = new AsyncFunction(
    'validate',
    'Payload',
    code.replace(/^(await validate|\(await)/m, 'return $1'),
  );
  try {
    return (await script(validate, Payload)).issues;
  } catch (error) {
    if (!error.issue) throw error;
    return [error.issue];
  }
}

/** @param {string} code */
function issuesOfCommand(code) {
  const command = code.replace('stac-task validate', `"${process.execPath}" dist/cli.js validate --json`);
  const { stdout, error } = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' });
  if (error) return undefined;
  return JSON.parse(stdout).files[0].issues;
}
