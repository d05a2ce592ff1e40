/**
 * What has been loaded so far, by whom and what for; and what of the package has not.
 *
 * @module
 */

import { html, nothing, render } from 'lit-html';

import { formatBytes, formatMilliseconds } from './format.js';

/**
 * @typedef {import('../loads.js').Load} Load
 * @typedef {{ name: string, size: number, brotli: number }} PackageFile
 */

/** Of the package, as the build found them. @type {PackageFile[]} */
const packageFiles = PACKAGE_FILES;

const threads = { page: 'page', worker: 'worker', schema: 'schema worker' };

/** What a file is for that has not been loaded. */
const purposes = /** @type {[RegExp, string][]} */ ([
  [/inline/, 'only if the .wasm file is lost'],
  [/^assets\.|^assets-(download|http)/, 'Download assets'],
  [/^assets-directory/, 'private files, or a folder'],
  [/^assets-s3/, 'an s3:// address'],
  [/^assets-planetary/, 'an address of the Planetary Computer'],
  [/^assets-(earthdata|oauth2)/, 'a token'],
  [/^assets-hashes/, 'a checksum that the browser does not have'],
  [/schema/, 'completion and hover'],
]);

/**
 * @param {HTMLElement} panel
 * @param {Load[]} loads
 */
export function loadedPanel(panel, loads) {
  let isWaiting = false;
  panel.addEventListener('shown', show);
  return {
    /** Many come at once. */
    show() {
      if (isWaiting) return;
      isWaiting = true;
      setTimeout(() => {
        isWaiting = false;
        show();
      }, 50);
    },
  };

  function show() {
    const own = loads
      .filter(({ url }) => !url.startsWith('blob:') && !url.startsWith('data:'))
      .toSorted((a, b) => a.start - b.start);
    const begin = performance.timeOrigin;
    const total = (/** @type {(load: Load) => number} */ part) =>
      own.reduce((sum, load) => sum + part(load), 0);
    const names = new Set(own.map(({ url }) => nameOf(url)));
    const absent = packageFiles.filter(({ name }) => !names.has(name));
    render(
      html`
        <h2 class="hidden">Loaded</h2>
        <p class="soft">Every request of this page and its workers: ${own.length} files, ${formatBytes(total(({ wire, stored }) => (stored ? 0 : wire)))}
          over the network, ${formatBytes(total(({ bytes }) => bytes))} unpacked. “Cache” is the browser’s; “–” stands where the browser does not tell.</p>
        <div class="table" tabindex="0" role="region" aria-label="Files that were loaded">
          <table>
            <thead><tr><th scope="col">File</th><th scope="col">Asked for by</th><th scope="col">At</th><th scope="col">Took</th>
              <th scope="col">Network</th><th scope="col">Unpacked</th></tr></thead>
            <tbody>${own.map((load) => row(load, begin))}</tbody>
          </table>
        </div>
        ${
          absent.length === 0
            ? nothing
            : html`
              <h3>Not loaded, because nobody needed it</h3>
              <div class="table" tabindex="0" role="region" aria-label="Files that were not loaded">
                <table>
                  <thead><tr><th scope="col">File</th><th scope="col">Would be for</th><th scope="col">Brotli</th><th scope="col">Unpacked</th></tr></thead>
                  <tbody>${absent.map(absentRow)}</tbody>
                </table>
              </div>`
        }`,
      panel,
    );
  }
}

/** @param {string} url */
const nameOf = (url) => new URL(url).pathname.split('/').at(-1) || new URL(url).host;

/** @param {Load} load @param {number} begin */
function row({ url, thread, reason, start, duration, wire, bytes, stored }, begin) {
  const isPackage = url.includes('/stac-task/');
  // Not every browser tells the sizes of what a worker loads; those of the package are known.
  const size = bytes || (isPackage && packageFiles.find(({ name }) => name === nameOf(url))?.size);
  return html`
    <tr class=${isPackage ? 'package' : ''}>
      <th scope="row" title=${url}>${nameOf(url)}</th>
      <td>${reason} <span class="soft">(${threads[thread]})</span></td>
      <td class="number">${formatMilliseconds(start - begin)}</td>
      <td class="number">${duration > 0 ? formatMilliseconds(duration) : '–'}</td>
      <td class="number">${stored ? 'cache' : wire > 0 ? formatBytes(wire) : '–'}</td>
      <td class="number">${size ? formatBytes(size) : '–'}</td>
    </tr>`;
}

/** @param {PackageFile} file */
function absentRow({ name, size, brotli }) {
  const purpose = purposes.find(([pattern]) => pattern.test(name))?.[1] ?? '';
  return html`<tr><th scope="row">${name}</th><td>${purpose}</td><td class="number">${formatBytes(brotli)}</td>
    <td class="number">${formatBytes(size)}</td></tr>`;
}
