/**
 * CodeMirror, with what it needs for JSON and no more. The largest part of the page; loaded after it is painted.
 *
 * @module
 */

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, invertedEffects, isolateHistory } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { linter, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, StateEffect } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';

import { diagnosticsOf } from './diagnostics.js';
import { litItem, setLitItem } from './lit-item.js';
import { schemaCompletion, schemaHover } from './schema-support.js';
import { theme } from './theme.js';

/**
 * @param {HTMLElement} parent
 * @param {string} text
 * @param {import('./editor.js').EditorEvents} events
 * @returns {import('./editor.js').Editor}
 */
export function codeMirrorEditor(parent, text, events) {
  const view = new EditorView({
    parent,
    state: EditorState.create({ doc: text, extensions: extensions(events) }),
  });

  const clamp = (/** @type {number} */ offset) => Math.max(0, Math.min(offset, view.state.doc.length));

  return {
    text: () => view.state.doc.toString(),
    length: () => view.state.doc.length,
    replace(next, files) {
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: next },
        effects: setFile.of(files),
        annotations: isolateHistory.of('full'),
        selection: { anchor: 0 },
        scrollIntoView: true,
      });
    },
    edit(edits) {
      view.dispatch({
        changes: edits.map(({ from, to, text: insert }) => ({ from, to, insert })),
        userEvent: 'input.fix',
      });
    },
    showIssues(issues) {
      view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state.doc, issues, events)));
    },
    showItem(place, scroll) {
      const shown = place && { from: clamp(place.from), to: clamp(place.to) };
      /** @type {import('@codemirror/state').StateEffect<any>[]} */
      const effects = [setLitItem.of(shown)];
      if (shown && scroll)
        effects.push(
          EditorView.scrollIntoView(shown.from, { y: 'start', yMargin: 40, x: 'start', xMargin: 40 }),
        );
      view.dispatch({ effects });
    },
    reveal({ from, to }) {
      const line = view.state.doc.lineAt(clamp(from));
      view.dispatch({
        selection: { anchor: clamp(from), head: Math.min(clamp(to), line.to) },
        effects: EditorView.scrollIntoView(clamp(from), { y: 'center' }),
      });
      view.focus();
    },
    cursor: () => view.state.selection.main.head,
    remove: () => view.destroy(),
  };
}

/** @typedef {{ before: import('./editor.js').TextFile, after: import('./editor.js').TextFile }} Files */

const defineFiles = /** @type {typeof StateEffect.define<Files>} */ (StateEffect.define);
/** The text is that of another file. */
const setFile = defineFiles();

/** Undone, the text is that of the file before. */
const undoneFile = invertedEffects.of(({ effects }) =>
  effects.flatMap((effect) =>
    effect.is(setFile) ? setFile.of({ before: effect.value.after, after: effect.value.before }) : [],
  ),
);

/** @param {import('./editor.js').EditorEvents} events */
function extensions(events) {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    undoneFile,
    foldGutter({ openText: '⌄', closedText: '›' }),
    // Findings come from the page; this shows them, and before what the schema says.
    linter(null),
    lintGutter(),
    drawSelection(),
    EditorState.tabSize.of(2),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search({ top: true }),
    autocompletion({ override: [schemaCompletion(events.schema)], icons: false }),
    schemaHover(events.schema),
    // Tab is left to the browser, so that the keyboard gets out of the editor.
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      { key: 'F8', run: nextDiagnostic },
      { key: 'Shift-F8', run: previousDiagnostic },
    ]),
    json(),
    litItem,
    theme,
    EditorView.contentAttributes.of({ 'aria-label': 'Payload', spellcheck: 'false', tabindex: '0' }),
    EditorView.updateListener.of((update) => {
      for (const { effects } of update.transactions)
        for (const effect of effects) if (effect.is(setFile)) events.isOf(effect.value.after);
      if (update.docChanged) events.changed();
      if (update.selectionSet) events.moved(update.state.selection.main.head);
    }),
  ];
}
