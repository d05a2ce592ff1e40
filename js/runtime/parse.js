/**
 * JSON text to ordinary values, by the host's own parser where it can: it refuses NaN and Infinity, which
 * Python reads.
 *
 * @module
 */

import { decodeWtf8 } from './wtf8.js';

/**
 * @typedef {{ value: unknown, text: string, issues?: undefined } | { value?: undefined, text?: undefined, issues: import('../report.js').Issue[] }} Parsed
 */

/**
 * @param {import('./core.js').Core} core
 * @param {string | Uint8Array} source
 * @returns {Parsed}
 */
export function parseText(core, source) {
  const isBytes = typeof source !== 'string';
  const answer = core.call('checkSyntax', source, isBytes);
  if (answer?.issues) return { issues: answer.issues };
  const text = isBytes ? decode(source, answer) : source;
  const value = answer?.nonFinite.length ? parseNonFinite(text, answer.nonFinite) : JSON.parse(text);
  return { value, text };
}

/**
 * @param {Uint8Array} bytes
 * @param {{ hasRawSurrogates?: boolean } | undefined} answer
 */
function decode(bytes, answer) {
  return answer?.hasRawSurrogates ? decodeWtf8(bytes) : new TextDecoder().decode(bytes);
}

/**
 * Put in the place of each NaN a string that no author could foresee, and of each Infinity a number that
 * overflows to it.
 * @param {string} text
 * @param {[offset: number, length: number][]} places
 */
function parseNonFinite(text, places) {
  const standIn = `NaN ${Math.random()} ${Math.random()}`;
  let strict = '';
  let end = 0;
  for (const [offset, length] of places) {
    const word = text.slice(offset, offset + length);
    strict += text.slice(end, offset) + (word === 'NaN' ? `"${standIn}"` : word.replace('Infinity', '1e999'));
    end = offset + length;
  }
  strict += text.slice(end);
  return JSON.parse(strict, (_key, value) => (value === standIn ? Number.NaN : value));
}
