/**
 * Tabs, by the pattern of the ARIA practices: arrow keys move, and what is moved to is shown.
 *
 * @module
 */

import { element } from '../element.js';

/**
 * @param {HTMLElement} list
 * @returns {(panel: string) => void} shows a panel by its id
 */
export function tabs(list) {
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[role="tab"]')]);
  const panelOf = (/** @type {HTMLElement} */ tab) => element(tab.getAttribute('aria-controls') ?? '');

  /** @param {HTMLElement} chosen */
  function show(chosen) {
    for (const tab of all) {
      const isChosen = tab === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      panelOf(tab).hidden = !isChosen;
    }
    panelOf(chosen).dispatchEvent(new CustomEvent('shown'));
  }

  for (const [index, tab] of all.entries()) {
    panelOf(tab).tabIndex = 0; // what is long is scrolled by keyboard, too
    tab.addEventListener('click', () => show(tab));
    tab.addEventListener('keydown', (event) => {
      const to = { ArrowRight: index + 1, ArrowLeft: index - 1 + all.length, Home: 0, End: all.length - 1 }[
        event.key
      ];
      const next = to === undefined ? undefined : all[to % all.length];
      if (!next) return;
      event.preventDefault();
      show(next);
      next.focus();
    });
  }
  return (panel) => {
    const tab = all.find((each) => each.getAttribute('aria-controls') === panel);
    if (tab) show(tab);
  };
}
