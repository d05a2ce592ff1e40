/**
 * The page: a text, what is found in it, and what it means. This module puts the parts together.
 *
 * @module
 */

import { keeping } from './actions/keep.js';
import { latest, openers } from './actions/open.js';
import { saving } from './actions/save.js';
import { settings } from './actions/settings.js';
import { sharedPayload, sharing } from './actions/share.js';
import { tabs } from './actions/tabs.js';
import { withLineFeeds } from './actions/text.js';
import { themes } from './actions/theme.js';
import { checkWhileTyping } from './checking.js';
import { docsOf } from './config.js';
import { plainEditor } from './editor/plain.js';
import { element } from './element.js';
import { fixing } from './fixing.js';
import { watchLoads } from './loads.js';
import { notices } from './notices.js';
import { keepOffline } from './offline.js';
import { assetsPanel } from './panels/assets.js';
import { findingsPanel } from './panels/findings.js';
import { itemsPanel } from './panels/items.js';
import { loadedPanel } from './panels/loaded.js';
import { mapPanel } from './panels/map.js';
import { testerPanel } from './panels/tester.js';
import { selecting } from './selecting.js';
import { createStore, fileOf, initialState } from './store.js';
import { workers } from './workers.js';

const store = createStore(initialState());
/** @type {import('./loads.js').Load[]} */
const loads = [];
const loaded = loadedPanel(element('loaded'), loads);
const sawLoad = (/** @type {import('./loads.js').Load} */ load) => {
  loads.push(load);
  loaded.show();
};
const asking = watchLoads('page', sawLoad, 'The page');
const { check, schema } = workers(sawLoad);

const area = /** @type {HTMLTextAreaElement} */ (element('payload'));
const events = {
  changed: () => checking.textChanged(),
  isOf: (/** @type {import('./editor/editor.js').TextFile} */ file) => store.set(file),
  moved: (/** @type {number} */ offset) => selection.cursorMoved(offset),
  fix: (/** @type {import('stac-task').Issue} */ issue) => void fixes.fixOne(issue),
  docsOf,
  schema: async () => schema(() => ({ version: store.state.version, text: app.editor.text() })),
};

/** @typedef {typeof app} App */
const app = {
  store,
  check,
  asking,
  editor: plainEditor(area, events),
  /** @param {string} text */
  notice: (text) => store.set({ notice: text }),
  /** What is opened last is what is shown: whatever else was on its way is given up. */
  opening: latest(),
  /**
   * Another payload.
   * @param {string} given
   * @param {string} name
   * @param {string} [said]  what has happened to it
   */
  open(given, name, said = 'is open') {
    const { text, lineEnding, isMixed } = withLineFeeds(given);
    const before = fileOf(store.state);
    store.set({ name, lineEnding, selected: null, explanation: null });
    app.editor.replace(text, { before, after: fileOf(store.state) });
    store.set({ safe: store.state.version });
    app.notice(
      `${name} ${said}${isMixed ? '. Its lines ended in several ways; they are saved with one' : ''}`,
    );
  },
  /** Where a JSON Pointer leads, in the text. @param {string} pointer */
  async goTo(pointer) {
    const version = await checking.fresh();
    const place = await check.locate(version, pointer);
    if (place) app.editor.reveal(place);
    else app.notice('That is not in the text');
  },
  /** Waits until what is known is about the text as it stands. @returns {Promise<number>} its version */
  fresh: () => checking.fresh(),
  /** Other rules hold. */
  rulesChanged: () => checking.rulesChanged(),
  /** @param {number} index @param {import('./store.js').Selection['by']} by */
  select: (index, by) => selection.select(index, by),
};

const checking = checkWhileTyping(app);
const selection = selecting(app);
const fixes = fixing(app);
const showTab = tabs(element('tab-items').parentElement ?? document.body);
themes(/** @type {HTMLSelectElement} */ (element('theme')));
settings(app);
openers(app);
saving(app);
sharing(app);
const kept = keeping(app);
findingsPanel(app, fixes);
itemsPanel(app, showTab);
mapPanel(app);
testerPanel(app);
assetsPanel(app);
notices(store);
store.watch(['name'], () => {
  element('name').textContent = store.state.name;
});

sharedPayload(app).then((isShared) => {
  if (!isShared) kept.restore();
  checking.textChanged();
  store.set({ safe: store.state.version });
  // The first paint comes before the editor's bytes.
  requestAnimationFrame(() => setTimeout(() => void loadEditor(), 0));
});

async function loadEditor() {
  asking('The editor, after the first paint');
  try {
    const { codeMirrorEditor } = await import('./editor/codemirror.js');
    const hadFocus = document.activeElement === area;
    const plain = app.editor;
    const text = plain.text();
    const cursor = plain.cursor();
    plain.remove();
    app.editor = codeMirrorEditor(element('editor'), text, events);
    if (hadFocus) app.editor.reveal({ from: cursor, to: cursor });
    checking.editorChanged();
    selection.editorChanged();
  } catch (error) {
    app.notice(`The editor could not be loaded, so this is a plain one (${error})`);
  } finally {
    document.documentElement.dataset['ready'] = 'true';
    asking('Later');
    keepOffline();
  }
}
