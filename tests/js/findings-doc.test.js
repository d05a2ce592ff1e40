/*
 * docs/findings.md and the table in src/payload/rules.cpp name the same findings with the same severities.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

/** @param {string} path */
const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Code to severity, as the core has them. */
async function rules() {
  const table = await read('src/payload/rules.cpp');
  const rows = [...table.matchAll(/\{Code::(\w+),\s*(error|warning|info),\s*"([^"]+)"/g)];
  const enumerators = /enum class Code[^{]*\{([^}]*)\}/.exec(await read('src/payload/rules.hpp'))?.[1] ?? '';
  assert.deepEqual(
    rows.map(([, enumerator]) => enumerator),
    enumerators.match(/\w+/g),
    'the table was read as a whole',
  );
  return new Map(rows.map(([, , severity, code]) => [code, severity]));
}

/** Code to severity, as documented: the first severity that the text under a heading names. */
async function documented() {
  const [, ...sections] = (await read('docs/findings.md')).split(/^### /m);
  return sections.map((section) => {
    const [heading, ...text] = section.split('\n');
    return [
      /^`(.+)`$/.exec(heading.trim())?.[1],
      /\b(error|warning|info)\b/i.exec(text.join('\n'))?.[1].toLowerCase(),
    ];
  });
}

test('each finding is documented, and nothing else is', async () => {
  const codes = [...(await rules()).keys()];
  assert.ok(codes.length >= 40, `${codes.length} findings`);
  const headings = (await documented()).map(([code]) => code);
  assert.deepEqual([...headings].sort(), [...codes].sort());
});

test('with its severity', async () => {
  const severities = await rules();
  for (const [code, severity] of await documented()) assert.equal(severity, severities.get(code), code);
});
