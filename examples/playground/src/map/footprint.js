/**
 * What an item covers, as rings that a flat map can draw: also across the antimeridian, and where there is only a bounding
 * box. Nothing is taken for granted: a payload may hold anything.
 *
 * @module
 */

/**
 * @typedef {[north: number, east: number]} Point  the order of Leaflet
 * @typedef {{ kind: 'area' | 'line' | 'points', parts: Point[][], isBbox: boolean }} Shape
 */

/**
 * @param {{ geometry: unknown, bbox: unknown }} item
 * @returns {Shape | null} null where it has no place on Earth
 */
export function footprintOf({ geometry, bbox }) {
  const kind = kindOf(geometry);
  const parts = kind ? together(ringsOf(geometry)) : [];
  if (kind && parts.length > 0 && parts.every(isOnEarth)) return { kind, parts, isBbox: false };
  const box = boxOf(bbox);
  return box && { kind: 'area', parts: [box], isBbox: true };
}

/** @param {any} geometry @returns {Shape['kind'] | undefined} */
function kindOf(geometry) {
  const { type } = geometry ?? {};
  if (type === 'Polygon' || type === 'MultiPolygon') return 'area';
  if (type === 'LineString' || type === 'MultiLineString') return 'line';
  if (type === 'Point' || type === 'MultiPoint') return 'points';
  // Of a collection its largest kind: a footprint is an area, if it can be.
  const kinds =
    type === 'GeometryCollection' && Array.isArray(geometry.geometries)
      ? geometry.geometries.map(kindOf)
      : [];
  return /** @type {const} */ (['area', 'line', 'points']).find((kind) => kinds.includes(kind));
}

/**
 * All rings, lines and points of a geometry, each without a jump over the antimeridian. Rings of several polygons are
 * drawn as one shape: holes stay holes by the even-odd rule.
 * @param {any} geometry
 * @returns {Point[][]}
 */
export function ringsOf(geometry) {
  const { type, coordinates, geometries } = geometry ?? {};
  if (type === 'GeometryCollection' && Array.isArray(geometries)) {
    return geometries.filter((each) => kindOf(each) === kindOf(geometry)).flatMap(ringsOf);
  }
  if (!Array.isArray(coordinates)) return [];
  if (type === 'Point') return lines([[coordinates, coordinates]]);
  if (type === 'MultiPoint') return lines(coordinates.map((each) => [each, each]));
  if (type === 'LineString') return lines([coordinates]);
  if (type === 'MultiLineString' || type === 'Polygon') return lines(coordinates);
  if (type === 'MultiPolygon') return lines(coordinates.flat(1));
  return [];
}

/** @param {unknown[]} all */
const lines = (all) => all.map(unbroken).filter((line) => line.length > 1);

/**
 * @param {any} positions
 * @returns {Point[]} without what is no position; each within half a turn of the one before
 */
function unbroken(positions) {
  if (!Array.isArray(positions)) return [];
  /** @type {Point[]} */
  const points = [];
  let turn = 0;
  let before = Number.NaN;
  for (const position of positions) {
    const [east, north] = Array.isArray(position) ? position : [];
    if (!Number.isFinite(east) || !Number.isFinite(north)) continue;
    if (east - before > 180) turn -= 360;
    if (east - before < -180) turn += 360;
    before = east;
    points.push([north, east + turn]);
  }
  return points;
}

/**
 * A footprint that was cut at the antimeridian has a part at either end of the map: they are put together.
 * @param {Point[][]} parts
 * @returns {Point[][]}
 */
function together(parts) {
  const width = (/** @type {Point[][]} */ all) =>
    all.reduce((most, part) => Math.max(most, east(part)), Number.NEGATIVE_INFINITY) -
    all.reduce((least, part) => Math.min(least, west(part)), Number.POSITIVE_INFINITY);
  if (parts.length < 2 || width(parts) <= 180) return parts;
  const moved = parts.map((part) =>
    east(part) <= 0 ? part.map(([north, each]) => /** @type {Point} */ ([north, each + 360])) : part,
  );
  return width(moved) < width(parts) ? moved : parts;
}

// A part may have more points than a call takes arguments.
const west = (/** @type {Point[]} */ part) =>
  part.reduce((least, [, each]) => Math.min(least, each), Number.POSITIVE_INFINITY);
const east = (/** @type {Point[]} */ part) =>
  part.reduce((most, [, each]) => Math.max(most, each), Number.NEGATIVE_INFINITY);

/**
 * Metres of a projection, or latitude and longitude in the wrong order, are nowhere on the map. What crosses the
 * antimeridian goes beyond 180 degrees, by no more than a turn.
 * @param {Point[]} part
 */
const isOnEarth = (part) => part.every(([north, each]) => Math.abs(north) <= 90 && Math.abs(each) <= 540);

/**
 * @param {any} bbox  of four or six numbers; its west may be east of its east
 * @returns {Point[] | null}
 */
function boxOf(bbox) {
  if (!Array.isArray(bbox) || (bbox.length !== 4 && bbox.length !== 6) || !bbox.every(Number.isFinite))
    return null;
  const [west, south] = bbox;
  const [east, north] = bbox.length === 6 ? bbox.slice(3) : bbox.slice(2);
  const end = east < west ? east + 360 : east;
  /** @type {Point[]} */
  const box = [
    [south, west],
    [south, end],
    [north, end],
    [north, west],
    [south, west],
  ];
  return isOnEarth(box) ? box : null;
}
