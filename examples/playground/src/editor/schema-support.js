/**
 * Completion and hover from the JSON Schema, which another worker knows.
 *
 * @module
 */

import { snippet } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import { hoverTooltip } from '@codemirror/view';

import { literal, snippetOf } from './snippet.js';

/**
 * @typedef {import('./editor.js').EditorEvents['schema']} Schema
 * @typedef {import('@codemirror/autocomplete').CompletionSource} CompletionSource
 */

/** @param {Schema} schema @returns {CompletionSource} */
export const schemaCompletion = (schema) => async (context) => {
  if (!context.explicit && !isInWord(context)) return null;
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
 * While typing, completion is for words, and for texts from their first quotation mark on, but not behind their last. Only
 * a little is looked at: a line may have megabytes.
 * @param {import('@codemirror/autocomplete').CompletionContext} context
 */
function isInWord({ state, pos }) {
  const before = state.sliceDoc(Math.max(state.doc.lineAt(pos).from, pos - 100), pos);
  if (!/"[\w:./-]*$|[\w-]$/.test(before)) return false;
  const { name, from, to } = syntaxTree(state).resolveInner(pos, -1);
  const isBehindText = (name === 'String' || name === 'PropertyName') && to === pos && to - from > 1;
  return !isBehindText;
}

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
