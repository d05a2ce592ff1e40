/**
 * What Python calls an error: Cirrus decides by names.
 *
 * @module
 */

import { FailedValidation, InvalidInput, StacTaskError } from '../errors.js';

/** Where Python's classes are at home that are not built in. @type {Record<string, string>} */
const modules = {
  DefintionInvalid: 'jsonpath_ng.ext.string',
  FailedValidation: 'stactask.exceptions',
  InvalidInput: 'stactask.exceptions',
  JSONDecodeError: 'json.decoder',
  JsonPathLexerError: 'jsonpath_ng.exceptions',
  JsonPathParserError: 'jsonpath_ng.exceptions',
  TemplateError: 'pystac.errors',
};

/**
 * The name of an error as Python writes it below a traceback: `stactask.exceptions.InvalidInput`, `TypeError`. Errors
 * that Python does not know keep their own. A dotted name that an error has got already stays.
 *
 * @param {any} error
 * @returns {string} letters, digits, underscores and dots: what `cirrus/lambda_functions/post_batch.py` reads
 */
export function pythonNameOf(error) {
  const name = dotted(nameOf(error));
  return name.replace(/[^\w.]+/g, '_') || 'Error';
}

/** @param {any} error */
function nameOf(error) {
  const own = typeof error?.name === 'string' ? error.name : '';
  if (own.includes('.')) return own;
  if (error instanceof InvalidInput) return 'InvalidInput';
  if (error instanceof FailedValidation) return 'FailedValidation';
  return (error instanceof StacTaskError && error.python?.type) || own;
}

/** @param {string} name */
const dotted = (name) => (Object.hasOwn(modules, name) ? `${modules[name]}.${name}` : name);
