/**
 * The state of the page. It changes by `set` alone, and whoever shows a part of it says which.
 *
 * @module
 */

/**
 * @typedef {import('stac-task').Report} Report
 * @typedef {import('./worker/api.js').ItemPlace} ItemPlace
 * @typedef {import('./worker/api.js').Failure} Failure
 * @typedef {import('./worker/api.js').ExplainedItem} ExplainedItem
 *
 * @typedef {object} Rules
 * @property {'stac-task' | 'cirrus'} profile
 * @property {'none' | 'core'} items
 * @property {boolean} lint
 *
 * @typedef {object} State
 * @property {string} name          of the payload's file
 * @property {import('./actions/text.js').LineEnding} lineEnding  of that file
 * @property {Rules} rules
 * @property {number} version       of the text; grows with each change
 * @property {number} safe          the version that is in a file, or was opened from somewhere
 * @property {number} checked       the version that `report` and `places` are about
 * @property {Report | null} report
 * @property {ItemPlace[]} places   where the items stand in the text
 * @property {{ items: ExplainedItem[], omitted: number } | null} explanation
 * @property {number} explained     the version that `explanation` is about
 * @property {Failure | null} failure  why there is no explanation
 * @property {Selection | null} selected
 * @property {string} notice        what has just happened, for everybody
 *
 * @typedef {{ index: number, by: 'text' | 'map' | 'list' }} Selection  an item, and where it was chosen
 */

/** @returns {State} */
export const initialState = () => ({
  name: 'payload.json',
  lineEnding: '\n',
  rules: { profile: 'stac-task', items: 'none', lint: true },
  version: 0,
  safe: 0,
  checked: -1,
  report: null,
  places: [],
  explanation: null,
  explained: -1,
  failure: null,
  selected: null,
  notice: '',
});

/** @param {State} state @returns {import('./editor/editor.js').TextFile} */
export const fileOf = ({ name, lineEnding }) => ({ name, lineEnding });

/** @param {State} state */
export function createStore(state) {
  /** @type {{ keys: (keyof State)[], show: () => void }[]} */
  const watchers = [];
  /** @type {Set<() => void>} */
  const waiting = new Set();

  /** Whoever watches is told once for all changes of a turn. */
  function tell() {
    const now = [...waiting];
    waiting.clear();
    for (const show of now) show();
  }

  return {
    get state() {
      return state;
    },
    /** @param {Partial<State>} changes */
    set(changes) {
      const before = state;
      state = { ...state, ...changes };
      const changed = /** @type {(keyof State)[]} */ (Object.keys(changes)).filter(
        (key) => before[key] !== state[key],
      );
      if (waiting.size === 0) queueMicrotask(tell);
      for (const { keys, show } of watchers) if (keys.some((key) => changed.includes(key))) waiting.add(show);
    },
    /**
     * @param {(keyof State)[]} keys
     * @param {() => void} show  called now, and after each change of one of the keys
     */
    watch(keys, show) {
      watchers.push({ keys, show });
      show();
    },
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */
