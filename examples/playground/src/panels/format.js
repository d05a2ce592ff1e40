/**
 * Numbers as people read them.
 *
 * @module
 */

/** @param {number} bytes */
export function formatBytes(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/**
 * Characters that turn the direction of what follows them, by their names: a text that quotes a payload stays readable.
 * @param {string} text
 */
export const withoutTurns = (text) =>
  text.replace(
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (each) => `<U+${each.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );

/** @param {number} milliseconds */
export const formatMilliseconds = (milliseconds) =>
  milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
