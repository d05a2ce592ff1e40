/**
 * The textarea, before CodeMirror has arrived, and where it cannot be loaded.
 *
 * @module
 */

/** @typedef {import('./editor.js').Editor} Editor */

/**
 * @param {HTMLTextAreaElement} area
 * @param {Pick<import('./editor.js').EditorEvents, 'changed' | 'moved'>} events
 * @returns {Editor}
 */
export function plainEditor(area, { changed, moved }) {
  const tellCursor = () => moved(area.selectionStart);
  area.addEventListener('input', changed);
  area.addEventListener('keyup', tellCursor);
  area.addEventListener('click', tellCursor);
  return {
    text: () => area.value,
    length: () => area.textLength,
    replace(text) {
      area.value = text;
      changed();
    },
    edit(edits) {
      let text = area.value;
      for (const edit of edits.toSorted((a, b) => b.from - a.from)) {
        text = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
      }
      area.value = text;
      changed();
    },
    showIssues() {},
    showItem(place, scroll) {
      if (place && scroll) area.setSelectionRange(place.from, place.to);
    },
    reveal({ from, to }) {
      area.focus();
      area.setSelectionRange(from, to);
    },
    cursor: () => area.selectionStart,
    remove() {
      area.removeEventListener('input', changed);
      area.remove();
    },
  };
}
