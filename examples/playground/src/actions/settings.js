/**
 * The rules, as switches.
 *
 * @module
 */

import { element } from '../element.js';

/** @param {import('../main.js').App} app */
export function settings({ store, rulesChanged }) {
  const form = /** @type {HTMLFormElement} */ (element('rules'));
  for (const box of form.querySelectorAll('input[type="checkbox"]')) box.setAttribute('role', 'switch');
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => {
    const data = new FormData(form);
    store.set({
      rules: {
        profile: data.get('profile') === 'cirrus' ? 'cirrus' : 'stac-task',
        items: data.has('items') ? 'core' : 'none',
        lint: data.has('lint'),
      },
    });
    rulesChanged();
  });
  store.watch(['rules'], () => {
    const { profile, items, lint } = store.state.rules;
    for (const input of /** @type {Iterable<HTMLInputElement>} */ (form.querySelectorAll('input'))) {
      if (input.name === 'profile') input.checked = input.value === profile;
      if (input.name === 'items') input.checked = items === 'core';
      if (input.name === 'lint') input.checked = lint;
    }
  });
}
