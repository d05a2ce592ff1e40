/*
 * Each block of code in the README and in docs/ is run, or stands in a list with the reason why not. A comment above a
 * block says what it needs and what it claims:
 *
 *     with: NAME, …     names that it uses and does not make: tests/js/docs-fixtures.js has them
 *     needs: FILE, …    files that are there; the same
 *     file: FILE        it is a file, which later blocks of the page run or import
 *     in: process       it is a part of a task's `process`
 *     argv: ARGUMENT …  the command line that it finds
 *     example: FILE     it is that file of examples/, which has tests of its own
 *     bundle            esbuild makes one file of it first, as its first line says
 *     page              tests/browsers/docs.test.js shows it in Chromium
 *     rejects: CODE     it ends in this error
 *     exit: CODE        a command ends with it; 0 where nothing is said
 *     first: COMMAND    what the text above asks of the reader
 *     output            what the command before it has printed
 *     valid, finds: CODE …   what `validate` says of this payload
 *     issue of: JSON, problem of: JSON   the first issue of this payload, the answer of a handler to it
 *
 * In JavaScript `EXPRESSION; // → VALUE` is a claim, and checked.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { validate } from 'stac-task';
import { blocksOf, fencesOf, pages } from '../support/doc-blocks.js';
import { run, runOk } from '../support/run.js';
import * as fixtures from './docs-fixtures.js';
import { bundled, checkProblem, exercise, inProcess, withClaims } from './docs-scripts.js';
import { errorOf, root } from './support.js';

/** Pages that another test runs, block by block. */
const testedElsewhere = { 'docs/findings.md': 'findings-doc.test.js' };

/** Commands that are not run: how they begin, and why. */
const notRun = {
  'npm init': 'each page has a folder already',
  'npm install stac-task': 'the folder has the built package; tests/packaging installs the packed one',
  'npm start': 'it builds what this test runs on',
  'npm test': 'it is what runs this test',
  'npx wrangler': 'a server and an account; tests/runtimes has what wrangler uploads run in workerd',
  'curl --json': 'the server that it asks is not running; the block is asked below as that server asks it',
  'zip -qr': 'of no use without the next line',
  'aws lambda': 'an account of AWS',
  'CXX=clang++ cmake': 'ten minutes; `npm run check fuzz` does the same for 20 seconds',
  'ninja -C build/fuzz': 'the same',
};

/** Blocks that are not run. */
const languagesNotRun = { python: "Python's side of a comparison" };

const noteNames =
  /^(with|needs|file|in|argv|example|bundle|page|rejects|exit|first|output|valid|finds|issue of|problem of)$/;

const home = process.cwd();
const folders = mkdtempSync(join(tmpdir(), 'stac-task-docs-'));
const realFetch = globalThis.fetch;
const network = pathToFileURL(join(root, 'tests/js/docs-network.js')).href;
/** @type {Set<string>} */
const commandsSeen = new Set();

before(() => {
  globalThis.fetch = /** @type {any} */ (fixtures.fetchExample);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'an-id', AWS_SECRET_ACCESS_KEY: 'a-secret' });
  Object.assign(globalThis, { docs: { ...fixtures, is: assert.deepEqual } });
});
after(() => {
  globalThis.fetch = realFetch;
  process.chdir(home);
  rmSync(folders, { recursive: true });
});

for (const page of pages) {
  if (page in testedElsewhere) continue;
  const blocks = blocksOf(page);
  describe(page, () => {
    const state = pageState(page);
    test('all of its blocks are read', () => assert.equal(blocks.length, fencesOf(page)));
    for (const block of blocks) {
      test(`line ${block.line}, ${block.language}`, () => runBlock(block, state));
    }
    test('each of its files is used', () => {
      const unused = [...state.files].filter((name) => !state.used.has(name));
      assert.deepEqual(unused, []);
    });
  });
}

test('the list of pages has each page once', () => {
  const [, ...links] = readFileSync(join(root, 'docs/README.md'), 'utf8').split('](');
  const listed = links.map((link) => join('docs', link.split(')')[0] ?? ''));
  const own = pages.filter((page) => !['README.md', 'docs/README.md'].includes(page));
  assert.deepEqual(listed.sort(), [...own, 'CHANGELOG.md'].sort());
});

test('no reason not to run a command is left over', () => {
  const left = Object.keys(notRun).filter((start) => !commandsSeen.has(start));
  assert.deepEqual(left, []);
});

/**
 * A folder for a page, in which its files are written and its commands run.
 *
 * @typedef {object} State
 * @property {string} folder
 * @property {Set<string>} files  that the page has made
 * @property {Set<string>} used   of these, in a later block
 * @property {string} printed     by the last command
 * @property {number} count
 */

/**
 * @param {string} page
 * @returns {State}
 */
function pageState(page) {
  const folder = join(folders, page.replaceAll('/', '-'));
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/stac-task'));
  writeFileSync(join(folder, 'package.json'), fixtures.files['package.json'] ?? '');
  return { folder, files: new Set(), used: new Set(), printed: '', count: 0 };
}

/**
 * @param {import('../support/doc-blocks.js').Block} block
 * @param {State} state
 */
async function runBlock({ page, language, code, notes }, state) {
  for (const name of Object.keys(notes)) assert.match(name, noteNames, 'a note that says nothing');
  process.chdir(state.folder);
  for (const name of list(notes.needs))
    writeFileSync(name, fixtures.files[name] ?? assert.fail(`no ${name}`));
  for (const name of state.files) if (code.includes(name)) state.used.add(name);
  if (notes.file !== undefined) {
    writeFileSync(notes.file, code);
    state.files.add(notes.file);
  }
  if ('page' in notes) {
    if (notes.file !== undefined) state.used.add(notes.file);
    const browserTest = readFileSync(join(root, 'tests/browsers/docs.test.js'), 'utf8');
    return assert.ok(browserTest.includes(`'${page}'`), 'the test in browsers has this page');
  }
  switch (language) {
    case 'js':
      return runScript(code, notes, state);
    case 'ts':
      await checkTypes(code);
      return runScript((await transform(code, { loader: 'ts' })).code, notes, state);
    case 'sh':
      return runCommands(code, notes, state);
    case 'json':
      return checkJson(code, notes);
    case 'toml':
      // Wrangler is not run; what it would read first is there.
      assert.ok(state.files.has(/^main = "(.+)"$/m.exec(code)?.[1] ?? ''), 'its main is a file of the page');
      return state.used.add(notes.file ?? '');
    case 'text':
      assert.ok('output' in notes, 'a text is what something prints');
      return assert.equal(code.trimEnd(), state.printed.trimEnd());
    default:
      return assert.ok(
        language in languagesNotRun,
        `nobody runs ${language || 'a block without a language'}`,
      );
  }
}

/**
 * @param {string} code
 * @param {Record<string, string>} notes
 * @param {State} state
 */
async function runScript(code, notes, state) {
  if (notes.example !== undefined) {
    return assert.equal(essence(code), essence(readFileSync(join(root, notes.example), 'utf8')));
  }
  const script = withClaims(notes.in === 'process' ? inProcess(code) : code);
  for (const name of list(notes.with)) assert.ok(name in fixtures, `there is no ${name}`);
  const prelude = notes.with === undefined ? '' : `const { ${notes.with} } = docs;`;
  // A file that a later command runs keeps its name, and is imported under another.
  const file = join(state.folder, `block-${++state.count}.mjs`);
  writeFileSync(file, `${prelude}\n${script}`);
  // The test runner has an exit code of its own by now, if a test failed.
  const { argv, exitCode } = process;
  process.exitCode = undefined;
  process.argv = [argv[0] ?? 'node', file, ...list(notes.argv, ' ')];
  try {
    const imported = import(pathToFileURL('bundle' in notes ? await bundled(file) : file).href);
    if (notes.rejects !== undefined) {
      return assert.equal((await errorOf(imported)).code, notes.rejects);
    }
    const module = await imported;
    await exercise(module);
    if (notes.file !== undefined && Object.keys(module).length > 0) state.used.add(notes.file);
    assert.ok(!process.exitCode, `it ends with exit code ${process.exitCode}`);
  } finally {
    process.argv = argv;
    process.exitCode = exitCode;
  }
}

/** As a user's compiler does, with everything on. @param {string} code */
async function checkTypes(code) {
  writeFileSync('block.ts', code);
  const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022'];
  await runOk(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'block.ts'], {
    timeout: 300_000,
  });
}

/**
 * @param {string} code
 * @param {Record<string, string>} notes
 * @param {State} state
 */
async function runCommands(code, { exit = '0', first }, state) {
  const lines = code.replaceAll('\\\n', ' ').trim().split('\n');
  if (first !== undefined) lines.unshift(first);
  state.printed = '';
  for (const line of lines) {
    const reason = Object.keys(notRun).find((start) => line.startsWith(start));
    if (reason !== undefined) {
      commandsSeen.add(reason);
      continue;
    }
    // npx would look for the package's command where this finds it at once.
    const command = line.replaceAll(
      'npx stac-task',
      `"${process.execPath}" node_modules/stac-task/dist/cli.js`,
    );
    const env = { NODE_OPTIONS: `--import=${network}` };
    const input = line.endsWith(' -') ? fixtures.text : '';
    const {
      code: status,
      stdout,
      stderr,
    } = await run('sh', ['-c', command], { env, input, timeout: 120_000 });
    assert.equal(String(status), exit, `${line}\n${stdout}${stderr}`);
    state.printed += stdout;
  }
}

/**
 * @param {string} code
 * @param {Record<string, string>} notes
 */
async function checkJson(code, notes) {
  const value = JSON.parse(code);
  const { 'issue of': issueOf, 'problem of': problemOf, finds } = notes;
  if (issueOf !== undefined) {
    const { fix: _fix, ...issue } = (await validate(issueOf)).issues[0] ?? assert.fail('there is no issue');
    return assert.deepEqual(value, issue);
  }
  if (problemOf !== undefined) return checkProblem(value, problemOf);
  const isPayload = 'process' in value || 'features' in value;
  assert.equal(isPayload, finds !== undefined || 'valid' in notes, 'a payload is valid, or has findings');
  if (!isPayload) return;
  const { valid, issues } = await validate(code, { items: 'core' });
  const problems = issues.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
  assert.deepEqual(problems, list(finds, ' '));
  assert.equal(valid, 'valid' in notes);
}

/** Code without imports, comments and empty lines. @param {string} code */
const essence = (code) =>
  code
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(import|\/\/|\/\*| \*)/.test(line))
    .join('\n');

/**
 * @param {string | undefined} text
 * @param {string} [separator]
 */
const list = (text, separator = ', ') => text?.split(separator) ?? [];
