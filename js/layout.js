/**
 * Path templates, after `pystac/layout.py`.
 *
 * @module
 */

import { invalidArgument, invalidInput, TemplateError } from './errors.js';
import { checkedOptions } from './options.js';
import { encoded } from './runtime/describe.js';
import { encodeAsText, NotJson } from './runtime/encode.js';
import { loadSync } from './runtime/input.js';
import { loadCore, loadedCore } from './runtime/loader.js';
import { parseText } from './runtime/parse.js';

/**
 * @typedef {object} LayoutOptions
 * @property {boolean} [padDates]  month and day as two digits, which pystac does not do; default false
 */

/**
 * A template such as `s3://bucket/${collection}/${year}/${id}`.
 *
 * `LayoutTemplate.from` loads the core by itself; the constructor and `substitute` need `await ready()` before.
 *
 * @example
 * const template = await LayoutTemplate.from('${collection}/${year}/${id}', { tile: 'none' });
 * template.substitute(item); // 'sentinel-2-l2a/2020/S2A_1'
 */
export class LayoutTemplate {
  /** The names of the variables in the template's order, as often as they occur. @type {string[]} */
  variables;

  /** What the core is told, but for the item. @type {string} */
  #call;

  /**
   * @param {string} template
   * @param {Record<string, unknown> | null} [defaults]  values for variables that an item does not have
   * @param {LayoutOptions} [options]
   * @throws {TemplateError} where the template is malformed
   * @throws {import('./errors.js').StacTaskError} ERR_NOT_READY, ERR_INVALID_ARGUMENT
   */
  constructor(template, defaults, options) {
    const core = loadedCore('new LayoutTemplate()');
    this.#call = encodeCall(template, defaults, options);
    this.variables = answered(core.call('fill', this.#call)).variables;
  }

  /**
   * Load the core and make a template.
   * @param {string} template
   * @param {Record<string, unknown> | null} [defaults]
   * @param {LayoutOptions} [options]
   * @returns {Promise<LayoutTemplate>}
   * @throws {TemplateError} where the template is malformed; what `ready()` throws
   */
  static async from(template, defaults, options) {
    await loadCore();
    return new this(template, defaults, options);
  }

  /**
   * What the template makes of an item.
   *
   * @param {import('./runtime/input.js').SyncPayloadInput} item  an object, JSON text or its bytes; in text,
   *   10.0 is not 10
   * @returns {string}
   * @throws {TemplateError} where Python raises; `variable` is the one that cannot be filled
   * @throws {import('./errors.js').InvalidInput} where the JSON is malformed or the object cannot be written as JSON
   */
  substitute(item) {
    const core = loadedCore('LayoutTemplate.substitute()');
    const text = itemText(core, item);
    const answer = core.call('fill', `${this.#call} ${text}`);
    if (!answer || answer.variables) throw invalidInput(parseText(core, text).issues ?? [], 'the item');
    return answered(answer).text;
  }
}

/**
 * @param {unknown} template
 * @param {Record<string, unknown> | null} [defaults]
 * @param {LayoutOptions} [options]
 */
function encodeCall(template, defaults, options) {
  if (typeof template !== 'string') throw invalidArgument(`a template is a string, not ${String(template)}`);
  const { padDates = false } = checkedOptions('LayoutTemplate', options, { padDates: 'boolean' });
  return `{"template":${JSON.stringify(template)},"defaults":${encodeDefaults(defaults)},"padDates":${padDates}}`;
}

/** @param {unknown} defaults */
function encodeDefaults(defaults) {
  try {
    const text = encodeAsText(defaults ?? {});
    if (text.startsWith('{')) return text;
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    throw invalidArgument(`LayoutTemplate: the default at '${error.pointer}' cannot be written as JSON`);
  }
  throw invalidArgument('LayoutTemplate takes its defaults as an object of variables and values');
}

/**
 * @param {import('./runtime/core.js').Core} core
 * @param {any} item
 * @returns {string}
 */
function itemText(core, item) {
  const loaded = isJson(item) ? loadSync(item, Number.POSITIVE_INFINITY) : undefined;
  if (!loaded || 'tooLarge' in loaded) {
    throw invalidArgument(
      'LayoutTemplate.substitute() takes an item',
      'Pass an object, JSON text or its bytes.',
    );
  }
  if ('text' in loaded) return loaded.text;
  if ('object' in loaded) return encoded(core, () => encodeAsText(loaded.object));
  const { text, issues } = parseText(core, loaded.bytes);
  if (issues) throw invalidInput(issues, 'the item');
  return text;
}

/** @param {unknown} value */
const isJson = (value) => typeof value === 'string' || (typeof value === 'object' && value !== null);

/** @param {any} answer  src/layout/fill.hpp */
function answered(answer) {
  if (answer.error) throw new TemplateError(answer.error);
  return answer;
}
