/**
 * One pattern, or one template, against one item.
 *
 * @module
 */

import { explain, jsonpathFind, jsonpathMatch, LayoutTemplate, TemplateError, validate } from 'stac-task';

/** More values are counted, not shown. */
const mostValues = 50;

/**
 * As a matcher does: the expression is held against a list with the item alone.
 * @param {string} itemText
 * @param {string} expression
 * @returns {Promise<import('./api.js').PatternResult>}
 * @throws {import('stac-task').StacTaskError} JsonPathError, RegexError, with the place in `offset`
 */
export async function testPattern(itemText, expression) {
  const matched = await jsonpathMatch(itemText, expression);
  const values = await jsonpathFind(`[${itemText}]`, expression);
  const matcher = { type: 'jsonpath', pattern: expression, collection_name: 'matched' };
  const process = JSON.stringify([{ collection_matchers: [matcher], upload_options: {} }]);
  const { items } = await explain(`{"process": ${process}, "features": [${itemText}]}`);
  const { reason = '', tests = [] } = items[0]?.matchers[0] ?? {};
  return {
    matched,
    reason,
    tests,
    values: values.slice(0, mostValues).map((value) => JSON.stringify(value)),
  };
}

/**
 * @param {string} itemText
 * @param {string} text
 * @returns {Promise<import('./api.js').TemplateResult>}
 * @throws {import('stac-task').StacTaskError} TemplateError where the template is malformed, with its place in `offset`
 */
export async function testTemplate(itemText, text) {
  const template = await LayoutTemplate.from(text).catch(async (error) => {
    throw Object.assign(error, { offset: await offsetOfMistake(text) });
  });
  const variables = [...new Set(template.variables)].map((name) => ({
    name,
    ...filled(`\${${name}}`, itemText),
  }));
  const { value, missing } = filled(text, itemText);
  return {
    variables,
    ...(value === undefined ? {} : { text: value }),
    ...(missing === undefined ? {} : { error: missing }),
  };
}

/**
 * @param {string} text
 * @param {string} itemText
 * @returns {{ value?: string, missing?: string }}
 */
function filled(text, itemText) {
  try {
    return { value: new LayoutTemplate(text).substitute(itemText) };
  } catch (error) {
    if (error instanceof TemplateError) return { missing: error.message };
    throw error;
  }
}

/**
 * Where lint finds that a template is malformed.
 * @param {string} text
 */
async function offsetOfMistake(text) {
  const before = '{"process":[{"upload_options":{"path_template":"';
  // Each unit is written as \uXXXX: so the place in the payload tells the place in the template.
  const units = Array.from({ length: text.length }, (_, at) =>
    text.charCodeAt(at).toString(16).padStart(4, '0'),
  );
  const { issues } = await validate(`${before}${units.map((unit) => `\\u${unit}`).join('')}"}}]}`);
  const { range } = issues.find(({ code }) => code === 'template-syntax') ?? {};
  return range && Math.max(0, Math.floor((range.start.offset - before.length) / 6));
}
