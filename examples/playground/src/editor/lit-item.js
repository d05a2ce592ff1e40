/**
 * The lines of the selected item, lit up; of a line that holds more than the item, its part.
 *
 * @module
 */

import { RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin } from '@codemirror/view';

/** @typedef {import('../worker/api.js').Place} Place */

const define = /** @type {typeof StateEffect.define<Place | null>} */ (StateEffect.define);
export const setLitItem = define();

const place = StateField.define({
  create: () => /** @type {Place | null} */ (null),
  update(value, transaction) {
    let next = value;
    if (next && transaction.docChanged) {
      next = { from: transaction.changes.mapPos(next.from, -1), to: transaction.changes.mapPos(next.to, 1) };
    }
    for (const effect of transaction.effects) if (effect.is(setLitItem)) next = effect.value;
    return next;
  },
});

const line = Decoration.line({ class: 'lit-item' });
const part = Decoration.mark({ class: 'lit-item' });

/** Only the lines that are visible are decorated: an item may have a hundred thousand. */
const lines = ViewPlugin.define(
  (view) => ({
    decorations: visibleLines(view),
    update(update) {
      const changed = update.startState.field(place) !== update.state.field(place);
      if (changed || update.docChanged || update.viewportChanged)
        this.decorations = visibleLines(update.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

/** @param {EditorView} view */
function visibleLines(view) {
  /** @type {RangeSetBuilder<Decoration>} */
  const builder = new RangeSetBuilder();
  const lit = view.state.field(place);
  if (!lit) return builder.finish();
  const from = Math.max(lit.from, view.viewport.from);
  const to = Math.min(lit.to, view.viewport.to);
  const first = view.state.doc.lineAt(lit.from);
  if (lit.to <= first.to && /\S/.test(first.text.slice(0, lit.from - first.from).replace(/[[,]/g, ''))) {
    if (from < to) builder.add(from, to, part);
    return builder.finish();
  }
  for (let at = from; at <= to; ) {
    const current = view.state.doc.lineAt(at);
    builder.add(current.from, current.from, line);
    at = current.to + 1;
  }
  return builder.finish();
}

export const litItem = [place, lines];
