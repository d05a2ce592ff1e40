/**
 * JSON on its way into the core: UTF-8, written byte by byte, which is faster than to build a string.
 *
 * @module
 */

/** Enough for most of what is written. */
const firstCapacity = 4096;

/** What is kept for the next time, at most. */
const mostKept = 1 << 22;

const quote = 0x22;
const backslash = 0x5c;
const bracket = 0x5b;
const brace = 0x7b;

export class JsonBytes {
  #bytes = new Uint8Array(firstCapacity);
  #length = 0;

  /** Begin anew. */
  reset() {
    if (this.#bytes.length > mostKept) this.#bytes = new Uint8Array(firstCapacity);
    this.#length = 0;
  }

  /** @returns {Uint8Array} what was written, until `reset` */
  take() {
    return this.#bytes.subarray(0, this.#length);
  }

  /**
   * Write ASCII as it is.
   * @param {string} text
   */
  raw(text) {
    const bytes = this.#reserve(text.length);
    let at = this.#length;
    for (let i = 0; i < text.length; ++i) bytes[at++] = text.charCodeAt(i);
    this.#length = at;
  }

  /** Begin an element or a member: with a comma unless it is the first. */
  separate() {
    const last = this.#bytes[this.#length - 1];
    if (last !== bracket && last !== brace) this.raw(',');
  }

  /**
   * Write a string in its quotes. Most need no escapes and are ASCII.
   * @param {string} text
   */
  string(text) {
    const bytes = this.#reserve(text.length + 2);
    let at = this.#length;
    bytes[at++] = quote;
    for (let i = 0; i < text.length; ++i) {
      const unit = text.charCodeAt(i);
      if (unit < 0x20 || unit > 0x7e || unit === quote || unit === backslash) return this.#escaped(text);
      bytes[at++] = unit;
    }
    bytes[at++] = quote;
    this.#length = at;
  }

  /**
   * Write UTF-8 as it is.
   * @param {Uint8Array} bytes
   */
  bytes(bytes) {
    this.#reserve(bytes.length).set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** @param {string} text */
  #escaped(text) {
    this.bytes(new TextEncoder().encode(JSON.stringify(text)));
  }

  /**
   * The bytes, with room for so many more.
   * @param {number} more
   */
  #reserve(more) {
    const needed = this.#length + more;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(needed * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}
