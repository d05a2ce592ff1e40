/**
 * Calls about a value: what is asked, as JSON, and behind it the JSON that it is asked of.
 *
 * @module
 */

import { invalidArgument, invalidInput, matchingError, payloadError } from '../errors.js';
import { defaultMaxBytes } from '../options.js';
import { describeTooLarge, encoded } from './describe.js';
import { encodeParts } from './encode-parts.js';
import { load, loadSync } from './input.js';
import { loadCore, loadedCore } from './loader.js';

/**
 * @typedef {import('./core.js').Core} Core
 * @typedef {import('./input.js').Loaded} Loaded
 * @typedef {import('./question.js').Question} Question
 */

/**
 * A value, read, and the core to ask about it.
 * @typedef {{ core: Core, loaded: Loaded, maxBytes?: number }} Subject
 */

/**
 * @param {unknown} value  JSON text, bytes, what delivers them, or a value that is no string
 * @param {number} [maxBytes]
 * @returns {Promise<Subject>}
 */
export async function subjectOf(value, maxBytes = defaultMaxBytes) {
  const [core, loaded] = await Promise.all([loadCore(), scalarOf(value) ?? load(value, maxBytes)]);
  return { core, loaded, maxBytes };
}

/**
 * @param {string} caller  for messages
 * @param {unknown} value  the same, but for what must be awaited
 * @returns {Subject}
 */
export function subjectNow(caller, value) {
  const core = loadedCore(caller);
  const loaded = scalarOf(value) ?? loadSync(value, defaultMaxBytes);
  if (!loaded)
    throw invalidArgument(`${caller} takes text, bytes or a value`, 'Await what is still to come.');
  return { core, loaded };
}

/**
 * @param {unknown} value
 * @returns {Loaded | undefined} JSON's values that are no objects and no text
 */
const scalarOf = (value) =>
  value === null || ['number', 'boolean', 'bigint'].includes(typeof value)
    ? { object: /** @type {any} */ (value) }
    : undefined;

/**
 * @param {Subject} subject
 * @param {import('./core.js').CoreFunction} name  a function that takes a question and a subject
 * @param {Question} question
 * @returns {any} the answer
 * @throws {import('../errors.js').InvalidInput} when the subject is no JSON
 * @throws {import('../errors.js').StacTaskError} for a failure
 */
export const ask = (subject, name, question) =>
  answered(subject.core.call(name, textOf(subject, question), 'bytes' in subject.loaded));

/**
 * @param {any} answer  src/task/calls.hpp
 * @returns {any} the same, unless it says what is wrong
 */
export function answered(answer) {
  if (typeof answer !== 'object') return answer;
  if (answer.issues) throw invalidInput(answer.issues, answer.pointer);
  if (answer.issue) throw payloadError(answer.issue);
  if (answer.error) throw matchingError(answer.error);
  return answer;
}

/**
 * @param {Subject} subject
 * @param {Question} question
 * @returns {string | Uint8Array}
 */
function textOf({ core, loaded, maxBytes = defaultMaxBytes }, question) {
  if ('text' in loaded) return question.text + loaded.text;
  if ('bytes' in loaded) return joined(question.bytes, loaded.bytes);
  if ('tooLarge' in loaded) throw invalidInput(describeTooLarge(core, loaded.tooLarge, maxBytes).issues);
  const parts = question.parts(core);
  return encoded(core, () => encodeParts(question.bytes, loaded.object, parts));
}

/**
 * @param {Uint8Array} first
 * @param {Uint8Array} second
 */
function joined(first, second) {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
