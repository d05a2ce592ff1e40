/**
 * Light or dark: as the system has it, or as it was chosen.
 *
 * @module
 */

const key = 'stac-task-playground-theme';

/** @param {HTMLSelectElement} select */
export function themes(select) {
  const show = (/** @type {string} */ theme) => {
    if (theme === '') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  };
  select.value = stored() ?? '';
  show(select.value);
  select.addEventListener('change', () => {
    show(select.value);
    try {
      localStorage.setItem(key, select.value);
    } catch {
      // It holds for this visit.
    }
  });
}

function stored() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
