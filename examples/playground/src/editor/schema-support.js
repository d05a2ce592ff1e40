/**
 * Completion and hover from the JSON Schema, which another worker knows.
 *
 * @module
 */

import { snippet } from '@codemirror/autocomplete';
import { hoverTooltip } from '@codemirror/view';

/**
 * @typedef {import('./editor.js').EditorEvents['schema']} Schema
 * @typedef {import('@codemirror/autocomplete').CompletionSource} CompletionSource
 */

/** @param {Schema} schema @returns {CompletionSource} */
export const schemaCompletion = (schema) => async (context) => {
  // While typing: in a word, or at the quotation mark that begins one.
  const before = context.matchBefore(/"[^"\n]*|[\w-]+/);
  if (!before && !context.explicit) return null;
  const found = await (await schema()).complete(context.pos);
  const [first] = found?.items ?? [];
  if (!found || !first || context.aborted) return null;
  return {
    from: Math.min(first.from, context.pos),
    to: Math.max(first.to, context.pos),
    options: found.items.map((item) => ({
      label: quoted(item),
      displayLabel: item.label,
      detail: item.detail,
      ...(item.info === '' ? {} : { info: item.info }),
      apply: applied(item),
    })),
    validFor: /^"?[\w:.-]*"?$/,
  };
};

/**
 * What the typed text is compared with: keys and texts are typed with their quotation mark.
 * @param {import('../worker/api.js').Completion} item
 */
const quoted = ({ label, text }) => (text.startsWith('"') && !label.startsWith('"') ? `"${label}"` : label);

/** @param {import('../worker/api.js').Completion} item */
const applied = ({ text, isSnippet }) => (isSnippet ? snippet(snippetOf(text)) : text);

/**
 * A snippet in the language server protocol's spelling, in CodeMirror's.
 * @param {string} text
 */
export function snippetOf(text) {
  return text.replace(/\\([\\$}])|\$(\d+)|\$\{(\d+):([^}]*)\}/g, (_, escaped, bare, number, given) => {
    if (escaped !== undefined) return escaped === '}' ? '\\}' : escaped;
    return bare === undefined ? `\${${number}:${given}}` : `\${${bare}}`;
  });
}

/** @param {Schema} schema */
export const schemaHover = (schema) =>
  hoverTooltip(
    async (_view, offset) => {
      const found = await (await schema()).hover(offset);
      if (!found) return null;
      return {
        pos: found.from,
        end: found.to,
        create() {
          const dom = document.createElement('div');
          dom.className = 'schema-hover';
          for (const text of found.lines) {
            const line = document.createElement('p');
            line.textContent = text;
            dom.append(line);
          }
          return { dom };
        },
      };
    },
    { hoverTime: 400 },
  );
