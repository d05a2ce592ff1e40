/**
 * Rounds of edits and checks, until nothing is left to mend.
 *
 * @module
 */

import { applyEdits, compatible } from './edits.js';

/** Most payloads need two. Hostile ones must end, too. */
const maxChecks = 100;

/**
 * Make the fixes of all issues that agree with one another, check again, and so on. What adds errors or
 * breaks the JSON is taken back.
 *
 * @param {object} job
 * @param {string} job.text
 * @param {import('./report.js').Report} job.report  of the text
 * @param {boolean} job.unsafe
 * @param {(text: string) => import('./report.js').Report} job.checkText
 * @returns {import('./fix.js').FixResult}
 */
export function mend({ text, report, unsafe, checkText }) {
  /** @type {import('./report.js').Issue[]} */
  const applied = [];
  /** What has turned out to do harm. @type {Set<string>} */
  const refused = new Set();
  let atOnce = Number.POSITIVE_INFINITY;
  for (let checks = 0; checks < maxChecks; ++checks) {
    const fixable = /** @type {import('./edits.js').FixableIssue[]} */ (
      report.issues.filter((issue) => issue.fix !== undefined && !refused.has(nameOf(issue)))
    );
    const safe = compatible(fixable.filter((issue) => issue.fix.safe)).slice(0, atOnce);
    // The others one by one, after all that is safe: two of them may mean the same key.
    const chosen = safe.length === 0 && unsafe ? fixable.slice(0, 1) : safe;
    const [first] = chosen;
    if (!first) break;
    const next = applyEdits(
      text,
      chosen.flatMap((issue) => issue.fix.edits),
    );
    const outcome = next === text ? report : checkText(next);
    if (next !== text && !isWorse(report, outcome)) {
      text = next;
      report = outcome;
      for (const issue of chosen) applied.push(issue);
      atOnce = Number.POSITIVE_INFINITY;
    } else if (chosen.length > 1) {
      // One of them does harm. With half as many, it is found in a few rounds.
      atOnce = Math.ceil(chosen.length / 2);
    } else {
      refused.add(nameOf(first));
      atOnce = Number.POSITIVE_INFINITY;
    }
  }
  return { text, applied, remaining: report.issues };
}

/** @param {import('./report.js').Issue} issue */
const nameOf = ({ code, pointer, range }) => `${code} ${range?.start.offset} ${pointer}`;

/**
 * Whether a text is worse than another. Malformed JSON hides everything else, so that errors are counted
 * only where both texts parse.
 * @param {import('./report.js').Report} before
 * @param {import('./report.js').Report} after
 */
function isWorse(before, after) {
  if (isMalformed(before)) return false;
  return isMalformed(after) || after.counts.error > before.counts.error;
}

/** @param {import('./report.js').Report} report */
const isMalformed = ({ issues }) =>
  issues.some(({ code, severity }) => severity === 'error' && code.startsWith('json-'));
