/**
 * Checks the text while it is written. One check runs at a time; what changes meanwhile is checked after it, so answers
 * are never older than one check, and none is shown for a text that has gone.
 *
 * @module
 */

import { restOf } from './config.js';
import { failureOf } from './rpc.js';

/** @param {Pick<import('./main.js').App, 'store' | 'check' | 'notice'> & { editor: import('./editor/editor.js').Editor }} app */
export function checkWhileTyping(app) {
  const { store, check } = app;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let running = false;
  /** Changes of the text or of the rules. */
  let wanted = 0;
  let done = 0;
  /** @type {((version: number) => void)[]} */
  let waiting = [];

  /** @param {number} rest */
  function schedule(rest) {
    wanted += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), rest);
  }

  async function run() {
    clearTimeout(timer);
    if (running) return;
    running = true;
    while (done !== wanted) {
      const asked = wanted;
      const { version, rules } = store.state;
      try {
        await checkOnce(version, rules, () => asked === wanted);
      } catch (error) {
        if (asked === wanted) {
          // Nothing is known of this text: what was known of the one before does not stand for it.
          const failure = failureOf(error);
          store.set({ report: null, failure, explanation: null, places: [], checked: version });
          app.editor.showIssues([]);
        }
      }
      done = asked;
    }
    running = false;
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve(store.state.version);
  }

  /**
   * @param {number} version
   * @param {import('./store.js').Rules} rules
   * @param {() => boolean} isCurrent
   */
  async function checkOnce(version, rules, isCurrent) {
    const { report, places } = await check.check(version, app.editor.text(), rules);
    if (!isCurrent()) return;
    // What stood in the way of an earlier text does not stand in the way of this one.
    store.set({ report, places, checked: version, ...(report.valid ? { failure: null } : {}) });
    app.editor.showIssues(report.issues);
    try {
      const explanation = await explained(version, isCurrent);
      if (explanation) store.set({ explanation, explained: version, failure: null });
    } catch (error) {
      if (isCurrent()) store.set({ explanation: null, failure: failureOf(error) });
    }
  }

  /**
   * @param {number} version
   * @param {() => boolean} isCurrent
   * @returns {Promise<import('./store.js').State['explanation']>} null where it is not wanted any more
   */
  async function explained(version, isCurrent) {
    const items = [];
    for (let from = 0; ; ) {
      const part = await check.explain(version, from);
      if (!isCurrent()) return null;
      items.push(...part.items);
      if (part.next === null) return { items, omitted: part.omitted };
      from = part.next;
    }
  }

  return {
    textChanged() {
      store.set({ version: store.state.version + 1 });
      schedule(restOf(app.editor.length()));
    },
    rulesChanged: () => schedule(0),
    /** Another editor shows the same text. */
    editorChanged() {
      const { report, version, checked } = store.state;
      if (report && version === checked) app.editor.showIssues(report.issues);
      else schedule(0);
    },
    /** @returns {Promise<number>} the version that has been checked, which is that of the text */
    fresh() {
      if (done === wanted) return Promise.resolve(store.state.version);
      return new Promise((resolve) => {
        waiting.push(resolve);
        void run();
      });
    },
  };
}
