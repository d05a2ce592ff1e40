/**
 * Keeps the payload for when the page is loaded anew, in this tab and no longer than it.
 *
 * @module
 */

const key = 'stac-task-playground-payload';

/** @typedef {import('../main.js').App} App */

/**
 * @param {App} app
 * @returns {{ restore: () => void }}  opens what was kept, if there is anything
 */
export function keeping(app) {
  const first = JSON.stringify(keptOf(app));

  /** @returns {boolean} whether it could be kept */
  function keep() {
    const now = JSON.stringify(keptOf(app));
    try {
      if (now === first) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, now);
      return true;
    } catch {
      return false; // it is too long, or this browser keeps nothing
    }
  }

  addEventListener('pagehide', keep);
  document.addEventListener('visibilitychange', () => document.hidden && keep());
  addEventListener('beforeunload', (event) => {
    const { version, safe } = app.store.state;
    // Then the browser asks whether to leave.
    if (!keep() && version !== safe) event.preventDefault();
  });

  return {
    restore() {
      const kept = stored();
      if (typeof kept?.text !== 'string') return;
      app.store.set({ rules: kept.rules });
      app.open(kept.text, kept.name, 'is as you left it');
      app.store.set({ lineEnding: kept.lineEnding });
    },
  };
}

/** @param {App} app */
const keptOf = ({ editor, store: { state } }) => ({
  text: editor.text(),
  name: state.name,
  lineEnding: state.lineEnding,
  rules: state.rules,
});

/** @returns {ReturnType<typeof keptOf> | null} */
function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
