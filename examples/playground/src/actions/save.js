/**
 * Gives files to the user.
 *
 * @module
 */

import { element } from '../element.js';

/** @param {import('../main.js').App} app */
export function saving(app) {
  element('save').addEventListener('click', () => {
    const { name, lineEnding, version } = app.store.state;
    const text = app.editor.text().replaceAll('\n', lineEnding);
    saveFile(new Blob([text], { type: 'application/json' }), name);
    app.store.set({ safe: version });
    app.notice(`${name} is saved`);
  });
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function saveFile(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
