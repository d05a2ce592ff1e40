/**
 * The text of a file, as it is and in nothing changed that would be saved otherwise.
 *
 * @module
 */

/** @typedef {'\n' | '\r\n'} LineEnding */

/**
 * Bytes that are no UTF-8 would be written as U+FFFD when the payload is saved.
 * @param {BufferSource} bytes
 * @returns {string}
 * @throws {Error} that says in which line they are
 */
export function decoded(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = lineOfMistake(new Uint8Array(ArrayBuffer.isView(bytes) ? bytes.buffer : bytes));
    throw new Error(`line ${line} is not UTF-8. Often such a file was saved in Latin-1: save it as UTF-8`);
  }
}

/** The first line that cannot be read: no character of UTF-8 holds the byte of a line's end. @param {Uint8Array} bytes */
function lineOfMistake(bytes) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let from = 0; from < bytes.length; ++line) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end + 1;
    try {
      decoder.decode(bytes.subarray(from, to));
    } catch {
      break;
    }
    from = to;
  }
  return line;
}

/**
 * Editors know one end of a line. When the text is saved, it has its own again.
 * @param {string} text
 * @returns {{ text: string, lineEnding: LineEnding, isMixed: boolean }}  `isMixed`: what is saved differs from what was
 *   opened
 */
export function withLineFeeds(text) {
  const unified = text.replace(/\r\n?/g, '\n');
  const lineEnding = /^[^\r\n]*\r\n/.test(text) ? '\r\n' : '\n';
  return { text: unified, lineEnding, isMixed: unified.replaceAll('\n', lineEnding) !== text };
}
