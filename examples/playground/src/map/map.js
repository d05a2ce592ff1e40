/**
 * Footprints on a map without tiles: land and a graticule are drawn from a file of this page.
 *
 * @module
 */

import * as L from 'leaflet';
import { feature } from 'topojson-client';
import atlas from 'world-atlas/land-110m.json';

import { footprintOf, ringsOf } from './footprint.js';

/** @typedef {import('../worker/api.js').Footprint} Footprint */

/** More are drawn on a canvas, which takes them faster. */
const mostShapes = 400;

/** The world and its neighbours, for what crosses the antimeridian. */
const worlds = [-360, 0, 360];

/**
 * @param {HTMLElement} box
 * @param {(index: number) => void} selected
 */
export function footprintMap(box, selected) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(box, {
    crs: L.CRS.EPSG4326,
    attributionControl: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    maxBounds: [
      [-100, -400],
      [100, 400],
    ],
    minZoom: 0,
    maxZoom: 14,
  });
  box.setAttribute('role', 'application');
  box.setAttribute(
    'aria-label',
    'Map of the footprints. Arrow keys move it, plus and minus zoom; choose items in the list.',
  );
  map.setView([10, 0], 0);
  ground().addTo(map);
  const layer = L.featureGroup().addTo(map);
  /** @type {Map<number, import('leaflet').Path>} */
  const shapes = new Map();
  /** @type {number | null} */
  let lit = null;

  return {
    resized: () => map.invalidateSize({ animate: false }),

    /**
     * @param {Footprint[]} footprints
     * @returns {string} what is on the map and what is not
     */
    draw(footprints) {
      layer.clearLayers();
      shapes.clear();
      const renderer = footprints.length > mostShapes ? L.canvas() : L.svg();
      let fromBbox = 0;
      for (const footprint of footprints) {
        const place = footprintOf(footprint);
        if (!place) continue;
        if (place.isBbox) fromBbox += 1;
        const shape = shapeOf(place, renderer);
        shape.bindTooltip(footprint.id ?? `Item ${footprint.index + 1}`, { sticky: true });
        shape.on('click', () => selected(footprint.index));
        shape.addTo(layer);
        shapes.set(footprint.index, shape);
      }
      const bounds = layer.getBounds();
      if (bounds.isValid()) map.fitBounds(bounds.pad(0.4), { animate: false, maxZoom: 9 });
      return summary(footprints.length, shapes.size, fromBbox);
    },

    /**
     * @param {number | null} index
     * @param {boolean} pan
     */
    light(index, pan) {
      shapes.get(lit ?? -1)?.setStyle(quiet);
      lit = index;
      const shape = shapes.get(index ?? -1);
      if (!shape) return;
      shape.setStyle(bright).bringToFront();
      const bounds = /** @type {import('leaflet').Polyline} */ (shape).getBounds();
      if (pan && !map.getBounds().contains(bounds))
        map.fitBounds(bounds.pad(0.4), { animate: !still, maxZoom: 9 });
    },
  };
}

/** @typedef {ReturnType<typeof footprintMap>} FootprintMap */

const quiet = { weight: 1.5, fillOpacity: 0.18, className: 'footprint' };
const bright = { weight: 3, fillOpacity: 0.45 };

/**
 * @param {import('./footprint.js').Shape} place
 * @param {import('leaflet').Renderer} renderer
 */
function shapeOf({ kind, parts, isBbox }, renderer) {
  const style = { ...quiet, renderer, color: 'var(--accent-map)', ...(isBbox ? { dashArray: '5 4' } : {}) };
  if (renderer instanceof L.Canvas)
    style.color = getComputedStyle(document.body).getPropertyValue('--accent-map').trim();
  if (kind === 'area') return L.polygon(/** @type {any} */ (parts), style);
  if (kind === 'line') return L.polyline(/** @type {any} */ (parts), { ...style, fill: false });
  // A group of points would have no style of its own.
  return L.polyline(/** @type {any} */ (parts), { ...style, weight: 8, lineCap: 'round' });
}

/**
 * @param {number} items
 * @param {number} drawn
 * @param {number} fromBbox
 */
function summary(items, drawn, fromBbox) {
  if (items === 0) return 'This payload has no items.';
  const parts = [`${drawn} of ${items} ${items === 1 ? 'item is' : 'items are'} on the map`];
  if (fromBbox > 0) parts.push(`${fromBbox} by the bounding box alone, dashed`);
  if (drawn < items) parts.push(`${items - drawn} without a place on Earth`);
  return `${parts.join('; ')}.`;
}

/** Land and a graticule, three times side by side. */
function ground() {
  const pane = L.layerGroup();
  const land = /** @type {any} */ (
    feature(/** @type {any} */ (atlas), /** @type {any} */ (atlas).objects.land)
  );
  const renderer = L.svg({ padding: 1 });
  for (const world of worlds) {
    const rings = land.features
      .flatMap((/** @type {any} */ each) => ringsOf(each.geometry))
      .map((/** @type {any} */ ring) => moved(ring, world));
    L.polygon(rings, { renderer, interactive: false, className: 'land' }).addTo(pane);
  }
  const lines = [];
  for (let west = -540; west <= 540; west += 30)
    lines.push([
      [-90, west],
      [90, west],
    ]);
  for (let north = -90; north <= 90; north += 30)
    lines.push([
      [north, -540],
      [north, 540],
    ]);
  L.polyline(/** @type {any} */ (lines), { renderer, interactive: false, className: 'graticule' }).addTo(
    pane,
  );
  return pane;
}

/** @param {[number, number][]} ring  latitude first @param {number} degrees */
const moved = (ring, degrees) => ring.map(([north, east]) => [north, east + degrees]);
