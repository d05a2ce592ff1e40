/**
 * Findings as the editor underlines and explains them.
 *
 * @module
 */

import { withoutTurns } from '../panels/format.js';

/** @typedef {import('@codemirror/lint').Diagnostic} Diagnostic */

/**
 * @param {import('@codemirror/state').Text} document
 * @param {import('stac-task').Issue[]} issues  of this very text
 * @param {Pick<import('./editor.js').EditorEvents, 'fix' | 'docsOf'>} events
 * @returns {Diagnostic[]}
 */
export function diagnosticsOf(document, issues, { fix, docsOf }) {
  return issues.flatMap((issue) => {
    if (!issue.range) return [];
    const from = Math.min(issue.range.start.offset, document.length);
    // What spans many lines is underlined on its first.
    const to = Math.max(from, Math.min(issue.range.end.offset, document.lineAt(from).to));
    /** @type {Diagnostic} */
    const diagnostic = {
      from,
      to,
      severity: issue.severity,
      message: issue.message,
      renderMessage: () => explanation(issue, docsOf(issue.code)),
    };
    if (issue.fix) diagnostic.actions = [{ name: issue.fix.title, apply: () => fix(issue) }];
    return diagnostic;
  });
}

/**
 * @param {import('stac-task').Issue} issue
 * @param {string} address
 */
function explanation(issue, address) {
  const box = document.createElement('div');
  const add = (/** @type {string} */ kind, /** @type {string} */ text) => {
    const line = document.createElement('p');
    line.className = `finding-${kind}`;
    line.textContent = text;
    box.append(line);
  };
  add('message', withoutTurns(issue.message));
  if (issue.hint) add('hint', issue.hint);
  const link = document.createElement('a');
  link.href = address;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = issue.code;
  box.append(link);
  return box;
}
