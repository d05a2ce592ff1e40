/**
 * What a format is. Results come one after another, and what can be said at once is.
 *
 * @typedef {{ file: string, bytes: Uint8Array, report: import('../../report.js').Report }} Checked
 * @typedef {{ file: string, failure: string }} Unread  what could not be read, and why
 * @typedef {Checked | Unread} Result
 *
 * @typedef {object} Output
 * @property {string} [stdout]
 * @property {string} [stderr]
 *
 * @typedef {object} Format
 * @property {(result: Result) => Output} [each]
 * @property {(results: (Omit<Checked, 'bytes'> | Unread)[]) => Output} end
 *
 * @typedef {Parameters<Format['end']>[0]} Results
 */

export {};
