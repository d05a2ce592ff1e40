/**
 * Links that hold the payload. It is in the fragment, which browsers send to nobody.
 *
 * @module
 */

import { html } from 'lit-html';

import { largestInput, longestLink } from '../config.js';
import { element } from '../element.js';
import { openDialog } from './dialog.js';

/** @typedef {import('../main.js').App} App */

/** @param {App} app */
export function sharing(app) {
  // A link that is opened in the page that is there already.
  addEventListener('hashchange', () => void sharedPayload(app));
  element('share').addEventListener('click', async () => {
    const link = await linkOf(app.editor.text(), app.store.state);
    if (link.length > longestLink) return tooLong(link.length);
    shareDialog(app, link);
  });
}

/**
 * @param {App} app
 * @param {string} link
 */
function shareDialog(app, link) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      app.notice('The link is copied');
    } catch {
      /** @type {HTMLInputElement} */ (element('link')).select();
      app.notice('Copy the link by hand');
    }
  };
  openDialog(
    'Share',
    ({ close }) => html`
      <label for="link">A link with the payload in it, ${link.length.toLocaleString('en')} characters</label>
      <input id="link" readonly .value=${link} @focus=${(/** @type {FocusEvent} */ { target }) => /** @type {HTMLInputElement} */ (target).select()}>
      <p class="soft">The payload is behind the # of the link. Browsers keep that part to themselves: no server sees it.</p>
      <div class="buttons">
        <button type="button" @click=${close}>Close</button>
        <button type="button" class="primary" autofocus @click=${copy}>Copy link</button>
      </div>`,
  );
}

/** @param {number} length */
function tooLong(length) {
  openDialog(
    'Too long for a link',
    ({ close }) => html`
      <p>The link would have ${length.toLocaleString('en')} characters, and beyond ${longestLink.toLocaleString('en')}
      many programs cut it. Save the payload and send the file instead.</p>
      <div class="buttons"><button type="button" class="primary" autofocus @click=${close}>Close</button></div>`,
  );
}

/**
 * @param {string} text
 * @param {Pick<import('../store.js').State, 'name' | 'rules'>} state
 */
export async function linkOf(text, { name, rules }) {
  const fragment = new URLSearchParams({
    name,
    profile: rules.profile,
    items: rules.items,
    lint: String(rules.lint),
  });
  fragment.set('payload', await packed(text));
  return `${location.href.replace(/#.*/, '')}#${fragment}`;
}

/**
 * Opens what the page's own address holds. The address does not keep it, or the page would show it again after it was
 * changed, or after another payload was opened.
 * @param {App} app
 * @returns {Promise<boolean>} whether there was something, and it could be read
 */
export async function sharedPayload(app) {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const payload = fragment.get('payload');
  if (payload === null) return false;
  const { signal } = app.opening();
  try {
    history.replaceState(null, '', location.href.replace(/#.*/, ''));
    const text = await unpacked(payload);
    if (signal.aborted) return true;
    const rules = /** @type {import('../store.js').Rules} */ ({
      profile: fragment.get('profile') === 'cirrus' ? 'cirrus' : 'stac-task',
      items: fragment.get('items') === 'core' ? 'core' : 'none',
      lint: fragment.get('lint') !== 'false',
    });
    app.store.set({ rules });
    app.open(text, (fragment.get('name') || 'payload.json').replace(/[\\/]/g, '_'));
    return true;
  } catch {
    app.notice('The link is damaged: its payload cannot be read');
    return false;
  }
}

/** @param {string} text */
async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @param {string} payload */
async function unpacked(payload) {
  const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream.pipeThrough(atMost(largestInput))).text();
}

/**
 * A link of a few bytes can hold very many.
 * @param {number} bytes
 * @returns {TransformStream<Uint8Array, Uint8Array>}
 */
function atMost(bytes) {
  let left = bytes;
  return new TransformStream({
    transform(chunk, controller) {
      left -= chunk.length;
      if (left < 0) controller.error(new Error('too large'));
      else controller.enqueue(chunk);
    },
  });
}
