/**
 * Downloads an item's assets. The package's second chunk is loaded when the button is pressed, and not before.
 *
 * @module
 */

import { html, nothing, render } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { element } from '../element.js';
import { failureOf } from '../rpc.js';
import { formatBytes } from './format.js';
import { fileList, privateFiles } from './private-files.js';

/**
 * @typedef {import('../worker/api.js').DownloadProgress} Progress
 * @typedef {import('../worker/api.js').Downloaded} Downloaded
 * @typedef {Awaited<ReturnType<import('../worker/api.js').CheckWorker['assets']>>[number]} Asset
 * @typedef {import('./private-files.js').Kept} Kept
 * @typedef {{ left: Set<string>, transfers: Map<string, Transfer>, result: Downloaded | null, said: string }} Outcome
 *   what was chosen and done for one item: `left` are the keys of assets that were left out
 * @typedef {{ size: number | null, bytes: number, state: 'waiting' | 'running' | 'done' | 'failed', message?: string, code?: string }} Transfer
 */

/** @returns {Outcome} */
const nothingYet = () => ({ left: new Set(), transfers: new Map(), result: null, said: '' });

/** @param {import('../main.js').App} app */
export function assetsPanel(app) {
  const { store, check } = app;
  const panel = element('assets');
  const canPick = 'showDirectoryPicker' in globalThis;
  /** @type {{ index: number, assets: Asset[], toFolder: boolean, running: boolean, about: string, kept: Kept[] } & Outcome} */
  const state = {
    index: 0,
    assets: [],
    toFolder: false,
    running: false,
    about: '',
    kept: [],
    ...nothingYet(),
  };

  panel.addEventListener('shown', () => void look());
  // Only another choice elsewhere is followed: what is picked here stays while the text changes.
  store.watch(['selected'], () => {
    const { selected } = store.state;
    if (selected && !state.running) state.index = selected.index;
  });
  store.watch(['places', 'selected'], () => {
    if (!panel.hidden) void look();
  });

  /** Which assets there are. */
  async function look() {
    if (state.running) return;
    try {
      const version = await app.fresh();
      const { places } = store.state;
      if (places.length > 0) {
        if (!places[state.index]) state.index = 0;
        state.assets = await check.assets(version, state.index);
        // What was done for an item is said of that item, and of no other.
        const about = JSON.stringify([places[state.index]?.id, state.assets]);
        if (about !== state.about) Object.assign(state, { about, ...nothingYet() });
      }
    } catch {
      // The text is no payload, or changes: the next answer will tell.
      state.assets = [];
    }
    try {
      state.kept = await check.keptFolders();
    } catch (error) {
      state.said = failureOf(error).message;
    }
    show();
  }

  /** @param {string} name  of a folder of private files */
  async function remove(name) {
    try {
      await check.removeFolder(name);
      if (state.result?.place === 'private') state.result = null;
      state.said = `${name} is removed`;
    } catch (error) {
      state.said = failureOf(error).message;
    }
    await look();
  }

  async function start() {
    const include = chosen().map(({ key }) => key);
    /** @type {FileSystemDirectoryHandle | null} */
    let folder = null;
    if (state.toFolder) {
      try {
        folder = await showDirectoryPicker({ mode: 'readwrite' });
      } catch {
        return; // the user thought better of it
      }
    }
    Object.assign(state, { running: true, result: null, said: 'The download begins' });
    state.transfers = new Map(include.map((key) => [key, { size: null, bytes: 0, state: 'waiting' }]));
    show();
    try {
      const version = await app.fresh();
      const request = { index: state.index, include, folder };
      state.result = await check.download(version, request, progressed);
      const { files: stored, failures } = state.result;
      const parts = [stored.length === 1 ? '1 file is there' : `${stored.length} files are there`];
      if (failures.length > 0)
        parts.push(failures.length === 1 ? '1 asset failed' : `${failures.length} assets failed`);
      state.said = parts.join(', ');
    } catch (error) {
      state.said = failureOf(error).message;
      state.transfers = new Map();
    }
    state.running = false;
    const { said } = state;
    // Meanwhile there may be another payload.
    await look();
    if (state.said !== said) app.notice(said);
  }

  const chosen = () => state.assets.filter(({ key, leadsNowhere }) => !leadsNowhere && !state.left.has(key));

  /** @param {Progress} progress */
  function progressed(progress) {
    const transfer = state.transfers.get(progress.key);
    if (!transfer) return;
    if (progress.kind === 'chunk') transfer.bytes += progress.bytes ?? 0;
    else if (progress.kind === 'size') transfer.size = progress.bytes;
    else if (progress.kind === 'error')
      Object.assign(transfer, { state: 'failed', message: progress.message, code: progress.code });
    else if (progress.kind === 'retry') transfer.message = progress.message ?? '';
    else transfer.state = progress.kind === 'start' ? 'running' : 'done';
    show();
  }

  function show() {
    const { places } = store.state;
    if (places.length === 0) {
      render(
        html`<p class="empty">This payload has no items.</p>${privateFiles(state.kept, state.running, remove)}`,
        panel,
      );
      return;
    }
    const { assets, left, running, transfers, toFolder, index, result, said } = state;
    const pick = (/** @type {Event} */ event) => {
      state.index = Number(/** @type {HTMLSelectElement} */ (event.target).value);
      void look();
    };
    const choose = (/** @type {string} */ key) => (/** @type {Event} */ event) => {
      if (/** @type {HTMLInputElement} */ (event.target).checked) left.delete(key);
      else left.add(key);
      show();
    };
    const place = (/** @type {boolean} */ folder) => () => {
      state.toFolder = folder;
    };
    render(
      html`
        <h2 class="hidden">Assets</h2>
        <form class="stack" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
          <label for="assets-item">Item</label>
          <select id="assets-item" @change=${pick} ?disabled=${running}>
            ${places.map((each) => html`<option value=${each.index} ?selected=${each.index === index}>${each.id ?? `Item ${each.index + 1}`}</option>`)}
          </select>
          ${assets.length === 0 ? html`<p class="soft">The item has no assets.</p>` : nothing}
          <ul class="assets">
            ${repeat(
              assets,
              ({ key }) => key,
              (asset) => html`
                <li>
                  <label class="check"><input type="checkbox" .checked=${!asset.leadsNowhere && !left.has(asset.key)} ?disabled=${running || asset.leadsNowhere} @change=${choose(asset.key)}>
                    <span>${asset.key}</span></label>
                  <span class="soft href" title=${asset.href}>${asset.href}</span>
                  ${bar(asset, transfers.get(asset.key))}
                  ${asset.leadsNowhere ? html`<p class="problem">It is left out: its address is relative, and the item has no self link that says to what.</p>` : nothing}
                </li>`,
            )}
          </ul>
          <fieldset class="segments" ?disabled=${running}>
            <legend>Where to</legend>
            <label><input type="radio" name="place" .checked=${!toFolder} @change=${place(false)}><span>Private files of this page</span></label>
            ${canPick ? html`<label><input type="radio" name="place" .checked=${toFolder} @change=${place(true)}><span>A folder…</span></label>` : nothing}
          </fieldset>
          <div class="buttons start">
            <button type="button" class="primary" ?disabled=${running || chosen().length === 0} @click=${start}>Download assets</button>
            <button type="button" ?disabled=${!running} @click=${() => void check.cancelDownload()}>Cancel</button>
          </div>
        </form>
        <p class="soft">The package loads its second chunk, assets.wasm, when the download begins and not before: see “Loaded”.</p>
        <p class="said" role="status">${said}</p>
        ${result && result.files.length > 0 ? files(result) : nothing}
        ${privateFiles(state.kept, running, remove)}`,
      panel,
    );
  }
}

/** @param {Asset} asset @param {Transfer | undefined} transfer */
function bar({ key, size: expected }, transfer) {
  if (!transfer)
    return html`<span class="soft size">${expected === null ? '' : formatBytes(expected)}</span>`;
  const { size, bytes, state, message, code } = transfer;
  const all = size ?? expected;
  const value = state === 'done' ? 1 : all ? Math.min(1, bytes / all) : 0;
  const text =
    state === 'failed'
      ? 'failed'
      : state === 'done'
        ? formatBytes(bytes)
        : `${formatBytes(bytes)}${all ? ` of ${formatBytes(all)}` : ''}`;
  return html`
    <progress max="1" .value=${value} aria-label="Progress of ${key}"></progress>
    <span class="soft size">${text}</span>
    ${message ? html`<p class="problem">${sentence(message)}${code === 'ERR_NETWORK' && bytes === 0 ? corsHint : nothing}</p>` : nothing}`;
}

/** @param {string} text */
const sentence = (text) => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** Where not a byte has come. */
const corsHint = html` The server may not let pages of other sites read it (CORS). The command line is not bound by that:
  <code>npx stac-task download</code>`;

/** @param {Downloaded} downloaded */
function files({ files: all, place }) {
  const where = {
    folder: 'In the folder that you picked.',
    private: 'In the private files of this page (OPFS). Save them to have them elsewhere.',
    memory:
      'In memory, since this browser cannot write its private files from a stream. Save them before you leave.',
  }[place];
  return html`
    <h3>Files</h3>
    <p class="soft">${where}</p>
    ${fileList(all)}`;
}
