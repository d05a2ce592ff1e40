/**
 * Completion and hover from the JSON Schema, which another worker knows.
 *
 * @module
 */

import { snippet } from '@codemirror/autocomplete';
import { hoverTooltip } from '@codemirror/view';

import { literal, snippetOf } from './snippet.js';

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
  const rest = context.state.sliceDoc(context.pos, Math.max(first.to, context.pos));
  return {
    from: Math.min(first.from, context.pos),
    options: found.items.map((item) => ({
      label: quoted(item),
      displayLabel: item.label,
      detail: item.detail,
      ...(item.info === '' ? {} : { info: item.info }),
      apply: applied(item, rest),
    })),
    validFor: /^"?[\w:.-]*$/,
  };
};

/**
 * What the typed text is compared with: keys and texts are typed with their quotation mark.
 * @param {import('../worker/api.js').Completion} item
 */
const quoted = ({ label, text }) => (text.startsWith('"') && !label.startsWith('"') ? `"${label}"` : label);

/**
 * @param {import('../worker/api.js').Completion} item
 * @param {string} rest  what stands behind the cursor and is replaced, too: the closing quotation mark
 * @returns {Exclude<import('@codemirror/autocomplete').Completion['apply'], string | undefined>}
 */
const applied = (item, rest) => (view, completion, from, to) => {
  const end = view.state.sliceDoc(to, to + rest.length) === rest ? to + rest.length : to;
  const text = item.isSnippet ? snippetOf(item.text) : literal(item.text);
  snippet(text)(view, completion, from, end);
};

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
