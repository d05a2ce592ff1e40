/**
 * What `stac-task explain --chain` says of the payloads that come next.
 *
 * @module
 */

import { plural, printable } from './terminal.js';

/**
 * @typedef {import('./terminal.js').Paint} Paint
 * @typedef {import('#package').ChainExplanation} ChainExplanation
 * @typedef {import('#package').LinkExplanation} LinkExplanation
 * @typedef {import('#package').ChainProblem} ChainProblem
 * @typedef {import('#package').MatchError} MatchError
 */

/** Columns of what a line is about. */
const labelWidth = 12;

/** Items that a list names; `--json` has all. */
const mostNamed = 20;

/** @param {string} label @param {string} text */
const row = (label, text) => `  ${label.padEnd(labelWidth)}${text}`;

/**
 * @param {ChainExplanation} chain
 * @param {Paint} paint
 * @returns {string[]} lines
 */
export function linesOfChain({ id, length, maxLength, problems, next, omitted = 0, error }, paint) {
  const lines = [
    `${paint('bold', 'chain')} ${printable(id ?? '(no id)')}`,
    row('size', `${length} of ${maxLength} characters`),
    ...linesOfProblems(problems, paint),
  ];
  for (const link of next) lines.push('', ...linesOfLink(link, maxLength, paint));
  if (error) lines.push(lineOfError(error, paint));
  if (omitted > 0) lines.push('', row('', `${omitted} more not explained`));
  if (next.length === 0 && omitted === 0 && !error) lines.push(row('next', 'nothing: the chain ends here'));
  return lines;
}

/** Whether something goes wrong that is no matter of size. @param {ChainExplanation} chain */
export const isBroken = ({ problems, next, error }) =>
  error !== undefined ||
  [problems, ...next.map((link) => link.problems ?? [])]
    .flat()
    .some(({ severity }) => severity === 'error') ||
  next.some((link) => link.error);

/**
 * @param {LinkExplanation} link
 * @param {number} maxLength
 * @param {Paint} paint
 */
function linesOfLink({ pointer, workflow, filter, error, ...link }, maxLength, paint) {
  const name = workflow === null ? paint('warning', 'no workflow') : paint('bold', printable(workflow));
  const lines = [`→ ${name} ${paint('dim', printable(pointer))}`];
  if (filter !== undefined) lines.push(row('filter', printable(filter)));
  if (error) return [...lines, lineOfError(error, paint)];
  const { id, length, items = 0, kept = [], dropped = 0, why = [], problems = [] } = link;
  if (id) lines.push(row('id', printable(id)));
  const names = kept.slice(0, mostNamed).map(nameOf);
  if (items > names.length) names.push(`${items - names.length} more`);
  lines.push(row('items', items === 0 ? paint('warning', 'none') : `${items}: ${names.join(', ')}`));
  for (const [index, item] of why.slice(0, mostNamed).entries()) {
    lines.push(row(index === 0 ? 'dropped' : '', `${paint('error', '✗')} ${nameOf(item)}`));
    const reasons =
      item.tests.length > 1 ? item.tests.map((test) => `${test.passed ? '✓' : '✗'} ${test.reason}`) : [];
    for (const reason of reasons.length > 0 ? reasons : [item.reason])
      lines.push(row('', `    ${printable(reason)}`));
  }
  const unnamed = dropped - Math.min(why.length, mostNamed);
  if (unnamed > 0) lines.push(row('', `  ${plural(unnamed, 'more item')} dropped`));
  lines.push(row('size', `${length} of ${maxLength} characters`));
  return [...lines, ...linesOfProblems(problems, paint)];
}

/** @param {{ index: number, id: string | null }} item */
const nameOf = ({ index, id }) => printable(id ?? `/features/${index}`);

/** @param {ChainProblem[]} problems @param {Paint} paint */
const linesOfProblems = (problems, paint) =>
  problems.flatMap(({ code, severity, message, python }) => [
    row(severity, `${paint(severity, printable(message))} ${paint('dim', code)}`),
    ...(python && python.message !== message
      ? [row('', paint('dim', `${python.type}: ${printable(python.message)}`))]
      : []),
  ]);

/** @param {MatchError} error @param {Paint} paint */
const lineOfError = ({ type, message, pointer }, paint) =>
  row(
    'error',
    `${paint('error', `${type}: ${printable(message)}`)}${pointer ? ` ${paint('dim', printable(pointer))}` : ''}`,
  );
