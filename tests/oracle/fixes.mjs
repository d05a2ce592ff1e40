/*
 * Fixes payloads: reads a JSON string from each line and writes a line of JSON for it:
 * text      what `fix` makes of it
 * applied   the codes of what was mended, in order
 * left      the codes of what has a safe fix still
 * again     whether `fix` would change its own result
 * alone     for each safe fix that validate() proposes, its code and the text with that fix alone
 */
import { createInterface } from 'node:readline';

import { fix, validateSync } from '../../dist/node.js';

/** @param {string} text */
const applyEach = (text) =>
  validateSync(text)
    .issues.filter((issue) => issue.fix?.safe)
    .map((issue) => [issue.code, applyEdits(text, issue.fix.edits)]);

/**
 * @param {string} text
 * @param {{ range: import('stac-task').Range, text: string }[]} edits
 */
function applyEdits(text, edits) {
  let done = 0;
  let out = '';
  for (const { range, text: replacement } of edits.toSorted(
    (a, b) => a.range.start.offset - b.range.start.offset,
  )) {
    out += text.slice(done, range.start.offset) + replacement;
    done = range.end.offset;
  }
  return out + text.slice(done);
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  const before = JSON.parse(line);
  const { text, applied, remaining } = await fix(before);
  const answer = {
    text,
    applied: applied.map(({ code }) => code),
    left: remaining.filter((issue) => issue.fix?.safe).map(({ code }) => code),
    again: (await fix(text)).text !== text,
    alone: applyEach(before),
  };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
