/**
 * What has just happened: said once, and gone after a while.
 *
 * @module
 */

import { element } from './element.js';

const shownFor = 6000;

/** @param {import('./store.js').Store} store */
export function notices(store) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  store.watch(['notice'], () => {
    const { notice } = store.state;
    element('notice').textContent = notice;
    clearTimeout(timer);
    if (notice !== '') timer = setTimeout(() => store.set({ notice: '' }), shownFor);
  });
}
