/** One line about all inputs. @module */

import { plural } from '../terminal.js';

/**
 * @param {import('./format.js').Results} results
 * @param {import('../terminal.js').Paint} paint
 * @returns {string}
 */
export function formatSummary(results, paint) {
  const counts = { error: 0, warning: 0, info: 0 };
  let invalid = 0;
  let unread = 0;
  for (const result of results) {
    if ('failure' in result) {
      ++unread;
      continue;
    }
    if (!result.report.valid) ++invalid;
    for (const severity of /** @type {const} */ (['error', 'warning', 'info'])) {
      counts[severity] += result.report.counts[severity];
    }
  }
  const parts = [`${plural(results.length, 'payload')}: ${results.length - invalid - unread} valid`];
  if (invalid) parts.push(paint('error', `${invalid} invalid`));
  if (unread) parts.push(paint('error', `${unread} unreadable`));
  const found = formatCounts(counts);
  return `${parts.join(', ')}${found && ` (${found})`}`;
}

/** @param {import('../../report.js').Report['counts']} counts */
function formatCounts({ error, warning, info }) {
  const found = [];
  if (error) found.push(plural(error, 'error'));
  if (warning) found.push(plural(warning, 'warning'));
  if (info) found.push(plural(info, 'note'));
  return found.join(', ');
}
