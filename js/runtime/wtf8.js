/**
 * UTF-8 in which lone surrogates stand as three bytes each. JavaScript strings and Python strings may
 * hold such surrogates; TextEncoder and TextDecoder replace them.
 *
 * @module
 */

/**
 * Whether no surrogate in the text stands alone.
 * @param {string} text
 * @returns {boolean}
 */
export function isWellFormed(text) {
  const string = /** @type {string & { isWellFormed?: () => boolean }} */ (text);
  return string.isWellFormed ? string.isWellFormed() : !/\p{Surrogate}/u.test(text);
}

/**
 * The bytes of any string.
 * @param {string} text
 * @returns {Uint8Array}
 */
export const encodeText = (text) => (isWellFormed(text) ? new TextEncoder().encode(text) : encodeWtf8(text));

/**
 * The text of any bytes, without a byte order mark. U+FFFD stands for what is no UTF-8.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function decodeText(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeWtf8(bytes);
  }
}

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
export function encodeWtf8(text) {
  const bytes = new Uint8Array(text.length * 3);
  let end = 0;
  for (const character of text) {
    const code = /** @type {number} */ (character.codePointAt(0));
    if (code < 0x80) {
      bytes[end++] = code;
    } else if (code < 0x800) {
      bytes[end++] = 0xc0 | (code >> 6);
      bytes[end++] = 0x80 | (code & 0x3f);
    } else {
      if (code < 0x10000) {
        bytes[end++] = 0xe0 | (code >> 12);
      } else {
        bytes[end++] = 0xf0 | (code >> 18);
        bytes[end++] = 0x80 | ((code >> 12) & 0x3f);
      }
      bytes[end++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[end++] = 0x80 | (code & 0x3f);
    }
  }
  return bytes.subarray(0, end);
}

/**
 * Whether bytes begin with a byte order mark.
 * @param {Uint8Array} bytes
 */
export const hasMark = (bytes) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/**
 * The text of bytes that the core has found well-formed.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function decodeWtf8(bytes) {
  // Each piece is decoded by itself, and only the first may begin with a byte order mark.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let start = hasMark(bytes) ? 3 : 0;
  for (let i = 0; i + 2 < bytes.length; ++i) {
    if (bytes[i] !== 0xed || /** @type {number} */ (bytes[i + 1]) < 0xa0) continue;
    const unit = 0xd000 | ((Number(bytes[i + 1]) & 0x3f) << 6) | (Number(bytes[i + 2]) & 0x3f);
    text += decoder.decode(bytes.subarray(start, i)) + String.fromCharCode(unit);
    start = i + 3;
    i += 2;
  }
  return text + decoder.decode(bytes.subarray(start));
}
