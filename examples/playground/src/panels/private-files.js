/**
 * What downloads have left among the private files of the page, where nobody would find it.
 *
 * @module
 */

import { html, nothing } from 'lit-html';

import { saveFile } from '../actions/save.js';
import { formatBytes } from './format.js';

/** @typedef {Awaited<ReturnType<import('../worker/api.js').CheckWorker['keptFolders']>>[number]} Kept */

/**
 * @param {Kept[]} kept
 * @param {boolean} isBusy
 * @param {(name: string) => void} remove
 */
export function privateFiles(kept, isBusy, remove) {
  if (kept.length === 0) return nothing;
  return html`
    <h3>Kept in the private files of this page</h3>
    ${kept.map(({ name, files }) => {
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      return html`
        <details class="kept">
          <summary><span class="url">${name}</span>
            <span class="soft">${files.length === 1 ? '1 file' : `${files.length} files`}, ${formatBytes(bytes)}</span></summary>
          ${fileList(files)}
          <button type="button" ?disabled=${isBusy} @click=${() => remove(name)} aria-label="Remove ${name}">Remove</button>
        </details>`;
    })}`;
}

/** @param {import('../worker/api.js').StoredFile[]} files */
export const fileList = (files) => html`
  <ul class="files">
    ${files.map(({ path, size, file }) => {
      const name = path.split('/').at(-1) ?? path;
      return html`<li><span class="url">${path}</span> <span class="soft">${formatBytes(size)}</span>
        <button type="button" @click=${() => saveFile(file, name)} aria-label="Save ${name}">Save</button></li>`;
    })}
  </ul>`;
