/**
 * The map: begun, and loaded, when it is first shown.
 *
 * @module
 */

import { element } from '../element.js';

/** @param {import('../main.js').App} app */
export function mapPanel(app) {
  const { store } = app;
  const panel = element('map');
  /** @type {Promise<import('../map/map.js').FootprintMap> | undefined} */
  let map;
  let drawn = -1;

  const heading = document.createElement('h2');
  heading.className = 'hidden';
  heading.textContent = 'Map';
  const canvas = document.createElement('div');
  canvas.className = 'map';
  const note = document.createElement('p');
  note.className = 'soft map-note';
  note.setAttribute('role', 'status');
  panel.append(heading, canvas, note);

  panel.addEventListener('shown', () => void draw());
  store.watch(['places'], () => !panel.hidden && void draw());
  store.watch(['selected'], () => !panel.hidden && void light());

  async function begin() {
    app.asking('The map');
    await styleSheet(new URL('./map.css', import.meta.url));
    const { footprintMap } = await import('../map/map.js');
    return footprintMap(canvas, (index) => app.select(index, 'map'));
  }

  async function draw() {
    try {
      map ??= begin();
      const shown = await map;
      shown.resized();
      const version = await app.fresh();
      if (version !== drawn) {
        const footprints = store.state.places.length === 0 ? [] : await app.check.footprints(version);
        note.textContent = shown.draw(footprints);
        drawn = version;
      }
      await light();
    } catch (error) {
      map = undefined;
      note.textContent = `The map cannot be shown: ${/** @type {Error} */ (error).message}`;
    }
  }

  async function light() {
    const { selected } = store.state;
    (await map)?.light(selected?.index ?? null, selected !== null && selected.by !== 'map');
  }
}

/** @param {URL} address */
function styleSheet(address) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = String(address);
  return new Promise((resolve, reject) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', () => reject(new Error('its styles did not arrive')));
    document.head.append(link);
  });
}
