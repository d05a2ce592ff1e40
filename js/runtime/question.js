/**
 * What calls ask of a value again and again, worked out once.
 *
 * @module
 */

import { partsOf } from './encode-parts.js';
import { encodeText } from './wtf8.js';

/** Questions of a kind that are remembered, at most. */
const capacity = 256;

/** What a question is; src/task/calls.hpp knows them by their places. */
const kinds = /** @type {const} */ (['expression', 'config', 'payload']);

/** By kind and text. @type {Map<string, Question>[]} */
const remembered = kinds.map(() => new Map());

/**
 * @param {(typeof kinds)[number]} kind
 * @param {string} text  JSON
 * @returns {Question}
 */
export function questionOf(kind, text) {
  const index = kinds.indexOf(kind);
  const all = /** @type {Map<string, Question>} */ (remembered[index]);
  const known = all.get(text);
  if (known) return known;
  const question = new Question(index, text);
  if (all.size >= capacity) all.clear();
  all.set(text, question);
  return question;
}

/** JSON that goes before what it is asked of. */
export class Question {
  #kind;
  /** @type {import('./encode-parts.js').Parts | undefined} */
  #parts;
  /** @type {Uint8Array | undefined} */
  #bytes;

  /**
   * @param {number | undefined} kind  by its place; undefined where everything is looked at
   * @param {string} text
   * @param {import('./encode-parts.js').Parts} [parts]  what is looked at, where that is known
   */
  constructor(kind, text, parts) {
    this.#kind = kind;
    this.text = text;
    this.#parts = parts;
  }

  /** The text as UTF-8. */
  get bytes() {
    this.#bytes ??= encodeText(this.text);
    return this.#bytes;
  }

  /**
   * What of an object is looked at, so that only that crosses into the core.
   * @param {import('./core.js').Core} core
   * @returns {import('./encode-parts.js').Parts}
   */
  parts(core) {
    this.#parts ??= this.#kind === undefined || partsOf(core.call('reads', this.text, this.#kind));
    return this.#parts;
  }
}

/** Of calls that ask nothing of a text but one thing. */
export const noQuestion = /* @__PURE__ */ new Question(undefined, '');
