/**
 * Ways to get a payload into the page: an example, a file, a file that is dropped, an address.
 *
 * @module
 */

import { html, nothing } from 'lit-html';

import { examples, firstExample, largestInput } from '../config.js';
import { element } from '../element.js';
import { openDialog } from './dialog.js';
import { decoded } from './text.js';

/** @typedef {import('../main.js').App} App */

/** Where a payload of the menu has the address of its files. */
const placeholder = 'https://playground.invalid/';

/** @param {App} app */
export function openers(app) {
  menuOfExamples(app);
  files(app);
  drops(app);
  element('open-url').addEventListener('click', () => addressDialog(app));
}

/**
 * @returns {() => AbortController} gives up what was begun before
 */
export function latest() {
  /** @type {AbortController | undefined} */
  let current;
  return () => {
    current?.abort();
    current = new AbortController();
    return current;
  };
}

/** @param {App} app */
function menuOfExamples(app) {
  const select = /** @type {HTMLSelectElement} */ (element('example'));
  const none = new Option('Choose…', '');
  none.hidden = true;
  select.append(none);
  for (const { file, title } of examples) select.append(new Option(title, file));
  select.value = firstExample;
  app.store.set({ name: firstExample });
  app.store.watch(['name'], () => {
    select.value = examples.some(({ file }) => file === app.store.state.name) ? app.store.state.name : '';
  });
  select.addEventListener('change', async () => {
    const address = new URL(`examples/${select.value}`, document.baseURI);
    const file = select.value;
    const { signal } = app.opening();
    app.asking('An example');
    try {
      const text = await textAt(address, signal);
      app.open(text.replaceAll(placeholder, String(new URL('./', address))), file);
    } catch (error) {
      if (signal.aborted) return;
      app.notice(`The example cannot be opened: ${/** @type {Error} */ (error).message}`);
    }
  });
}

/** @param {App} app */
function files(app) {
  const input = /** @type {HTMLInputElement} */ (element('file'));
  element('open-file').addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) void openFile(app, file);
    input.value = '';
  });
}

/** @param {App} app @param {File} file */
async function openFile(app, file) {
  if (file.size > largestInput) return app.notice(`${file.name} is larger than ${megabytes(largestInput)}`);
  const { signal } = app.opening();
  try {
    const text = decoded(await file.arrayBuffer());
    if (!signal.aborted) app.open(text, file.name);
  } catch (error) {
    // A folder was dropped, or the file has gone meanwhile, or it is no text.
    const { name, message } = /** @type {Error} */ (error);
    const why = name === 'Error' ? message : 'it cannot be read. Is it a folder?';
    if (!signal.aborted) app.notice(`${file.name} is not opened: ${why}`);
  }
}

/** @param {App} app */
function drops(app) {
  const veil = element('drop');
  let depth = 0;
  const hasFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false;
  const show = (/** @type {number} */ change) => {
    depth = Math.max(0, depth + change);
    veil.hidden = depth === 0;
  };
  addEventListener('dragenter', (event) => hasFile(event) && show(1));
  addEventListener('dragleave', (event) => hasFile(event) && show(-1));
  addEventListener('dragover', (event) => hasFile(event) && event.preventDefault());
  // Before the editor, which would insert the file's text.
  addEventListener(
    'drop',
    (event) => {
      const [file] = event.dataTransfer?.files ?? [];
      depth = 0;
      show(0);
      if (!file) return;
      event.preventDefault();
      event.stopPropagation();
      void openFile(app, file);
    },
    { capture: true },
  );
}

/** @param {App} app */
function addressDialog(app) {
  /** @type {{ problem: string | null, busy: boolean }} */
  const state = { problem: null, busy: false };
  /** @type {AbortController | undefined} */
  let asked;
  const { dialog } = openDialog('Open URL', ({ close, update }) => {
    const submit = async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const typed = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('url')).trim();
      Object.assign(state, { busy: true, problem: null });
      update();
      try {
        const address = addressOf(typed);
        asked = app.opening();
        app.asking('Open URL');
        const text = await textAt(address, asked.signal);
        app.open(text, address.pathname.split('/').pop() || 'payload.json');
        close();
      } catch (error) {
        if (asked?.signal.aborted) return close();
        state.problem = /** @type {Error} */ (error).message;
      }
      state.busy = false;
      update();
    };
    return html`
      <form @submit=${submit} novalidate>
        <label for="url">Address of a payload</label>
        <input id="url" name="url" type="url" inputmode="url" autocomplete="url" autofocus placeholder="https://"
          aria-describedby="url-problem" aria-invalid=${state.problem ? 'true' : 'false'}>
        <p id="url-problem" class="problem" role="alert">${state.problem ?? nothing}</p>
        <p class="soft">Your browser asks for it directly, without cookies. Nothing passes through another server.</p>
        <div class="buttons">
          <button type="button" @click=${close}>Cancel</button>
          <button type="submit" class="primary" ?disabled=${state.busy}>Open</button>
        </div>
      </form>`;
  });
  dialog.addEventListener('close', () => asked?.abort());
}

/** @param {string} typed */
function addressOf(typed) {
  if (/^s3:/i.test(typed)) {
    throw new Error(
      'A browser cannot read s3:// addresses. Use the https:// address of the object, or open the file.',
    );
  }
  const address = URL.canParse(typed) ? new URL(typed) : undefined;
  if (address && /^https?:$/.test(address.protocol)) return address;
  throw new Error('That is no address. It should begin with https://');
}

/**
 * @param {URL} address
 * @param {AbortSignal} signal
 * @returns {Promise<string>}
 */
async function textAt(address, signal) {
  let response;
  try {
    response = await fetch(address, { credentials: 'omit', signal });
  } catch {
    throw new Error(
      `${address.host} does not answer, or does not let pages of other sites read it (CORS). ` +
        `Download the file and open it here, or run: npx stac-task validate ${address}`,
    );
  }
  if (!response.ok)
    throw new Error(`${address.host} answers with ${response.status} ${response.statusText}`.trim());
  if (Number(response.headers.get('content-length')) > largestInput) {
    await response.body?.cancel();
    throw new Error(`That is larger than ${megabytes(largestInput)}`);
  }
  const bytes = await response.arrayBuffer();
  signal.throwIfAborted();
  return decoded(bytes);
}

const megabytes = (/** @type {number} */ bytes) => `${bytes / 1024 / 1024} MB`;
