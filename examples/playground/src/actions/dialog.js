/**
 * Dialogs: the browser's own, which keep the focus and give it back.
 *
 * @module
 */

import { render } from 'lit-html';

/**
 * @param {string} title
 * @param {(dialog: { close: () => void, update: () => void }) => unknown} content  what lit-html renders
 * @param {{ wide?: boolean }} [options]
 */
export function openDialog(title, content, { wide = false } = {}) {
  const dialog = document.createElement('dialog');
  if (wide) dialog.className = 'wide';
  const heading = document.createElement('h2');
  heading.id = 'dialog-title';
  heading.textContent = title;
  dialog.setAttribute('aria-labelledby', heading.id);
  const body = document.createElement('div');
  body.className = 'dialog-body';
  dialog.append(heading, body);
  const update = () => render(content({ close: () => dialog.close(), update }), body);
  update();
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, update };
}
