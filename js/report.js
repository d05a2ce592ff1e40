/**
 * The shapes of a report, as src/payload/report.cpp writes them.
 *
 * @module
 */

/** @typedef {'error' | 'warning' | 'info'} Severity */

/**
 * A place in the source text.
 * @typedef {object} Position
 * @property {number} offset  from 0, in UTF-16 units (also when the input was bytes)
 * @property {number} line    from 1; a line ends at LF, CRLF or a lone CR
 * @property {number} column  from 1, in UTF-16 units
 */

/**
 * @typedef {object} Range
 * @property {Position} start
 * @property {Position} end    exclusive
 */

/**
 * What Python raises or warns with.
 * @typedef {object} PythonError
 * @property {string} type     the class: `TypeError`, `ValueError`, `DeprecationWarning` …
 * @property {string} message  `str(error)`
 */

/**
 * Edits that mend an issue. None overlaps another.
 * @typedef {object} Fix
 * @property {string} title  what the edits do, for a menu
 * @property {boolean} safe  Python reads the payload after it as it did before, or failed on it before
 * @property {{ range: Range, text: string }[]} edits  replace what stands in `range` by `text`
 */

/**
 * One thing found in a payload.
 * @typedef {object} Issue
 * @property {string} code       stable; docs/findings.md explains each
 * @property {Severity} severity
 * @property {string} message
 * @property {string} pointer    JSON Pointer (RFC 6901) of the value or member it is about
 * @property {Range} [range]     its place in the text; absent when the input was an object
 * @property {string} [hint]     what to do about it
 * @property {Fix} [fix]         edits of the text that mend it; absent when the input was an object
 * @property {PythonError} [python]  absent for what Python accepts in silence
 */

/**
 * @typedef {object} Report
 * @property {boolean} valid  no issue is an error
 * @property {Issue[]} issues  first what Python says, in Python's order, then lint by position
 * @property {{ error: number, warning: number, info: number }} counts  of all, listed or not
 * @property {number} [omitted]  how many are not listed, where `maxIssues` has left some out
 */

/** @returns {Report} the report of a payload about which there is nothing to say */
export const cleanReport = () => ({
  valid: true,
  issues: [],
  counts: { error: 0, warning: 0, info: 0 },
});
