// Payloads of any size for the benchmarks, made from examples/payloads/sentinel-2.json.
// The same arguments give the same payload on every machine.

import { readFileSync } from 'node:fs';

/** @typedef {null | boolean | number | string | JsonArray | JsonObject} Json */
/** @typedef {Json[]} JsonArray */
/** @typedef {{ [key: string]: Json }} JsonObject */
/** @typedef {JsonObject & { id: string, features: JsonObject[] }} FeaturePayload */

const DAY = 86_400_000;
const REVISIT_DAYS = 5;
const DATES_PER_TILE = 300;
const NOT_10_M = /^(coastal|rededge\d|nir0[89]|swir\d\d|aot|wvp)(-jp2)?$/;
const NEVER_VARIED = /^(platform|gsd|mgrs:|grid:|proj:|processing:)/;

/**
 * The payload examples/payloads/sentinel-2.json, with a path template in which lint finds nothing: the example has
 * ${month}, which is not padded.
 *
 * @returns {JsonObject}
 */
export function readExample() {
  const text = readFileSync(new URL('../examples/payloads/sentinel-2.json', import.meta.url), 'utf8');
  return JSON.parse(text.replace('/${year}/${month}/${id}', '/${date}/${id}'));
}

/**
 * A payload with `features` items. Each is one of the items of `base` with another date, id, position, hrefs, sizes,
 * checksums and percentages. Three of eight keep all assets of their model, the others only the 10 m bands, the scene
 * classification and the metadata, so that 600 items are about 7 MB of minified JSON.
 *
 * @param {JsonObject} base what readExample returns; not changed
 * @param {number} features how many items to make
 * @param {number} [seed]
 * @returns {FeaturePayload}
 */
export function makePayload(base, features, seed = 1) {
  const models = /** @type {JsonObject[]} */ (base.features);
  const random = mulberry32(seed);
  const items = Array.from({ length: features }, (_, i) => {
    const visit = Math.floor(i / models.length);
    return makeItem(models[i % models.length], visit, i % 8 < 3, random);
  });
  // {collections}/workflow-{name}/{ids in code point order}, as Cirrus writes it
  const prefix = String(base.id).split('/').slice(0, 2);
  const id = [...prefix, ...items.map((item) => String(item.id)).sort()].join('/');
  return { ...structuredClone(base), id, features: items };
}

/**
 * The same JSON text with the first character of the first item's `title` or `description` property replaced by one
 * outside Latin-1. Its length in UTF-16 units stays, but engines that keep Latin-1 strings in one byte per character
 * now need two.
 *
 * @param {string} text a payload as JSON, minified or not
 * @returns {string}
 */
export function widened(text) {
  const start =
    /"features"\s*:\s*\[[\s\S]*?"properties"\s*:\s*\{[\s\S]*?"(?:title|description)"\s*:\s*"(?=[^"\\])/.exec(
      text,
    );
  if (!start) throw new Error('no item with a title or description property');
  const at = start.index + start[0].length;
  return `${text.slice(0, at)}Ŝ${text.slice(at + 1)}`;
}

/**
 * @param {JsonObject} model
 * @param {number} visit which pass over the model's tile, from 0
 * @param {boolean} full keep every asset
 * @param {() => number} random
 * @returns {JsonObject}
 */
function makeItem(model, visit, full, random) {
  const properties = /** @type {JsonObject} */ (model.properties);
  const old = String(properties.datetime).slice(0, 10);
  const daysBack = REVISIT_DAYS * (visit % DATES_PER_TILE);
  const date = new Date(Date.parse(old) - daysBack * DAY).toISOString().slice(0, 10);
  const rename = renamer(old, date, Math.floor(visit / DATES_PER_TILE));
  const shift = [random() / 50 - 0.01, random() / 50 - 0.01];

  const item = /** @type {JsonObject} */ (
    mapValues(model, (value, key) => {
      if (key === 'file:checksum') return `1220${hex(random, 64)}`;
      if (key === 'file:size') return Math.round(Number(value) * (0.8 + 0.4 * random()));
      return typeof value === 'string' ? rename(value) : value;
    })
  );
  item.bbox = moved(item.bbox, shift);
  item.geometry = moved(item.geometry, shift);
  item.properties = Object.fromEntries(
    Object.entries(/** @type {JsonObject} */ (item.properties)).map(([key, value]) => [
      key,
      typeof value === 'number' && !NEVER_VARIED.test(key) ? nearby(value, 0.7 + 0.3 * random()) : value,
    ]),
  );
  if (!full) {
    item.assets = Object.fromEntries(
      Object.entries(/** @type {JsonObject} */ (item.assets)).filter(([key]) => !NOT_10_M.test(key)),
    );
  }
  return item;
}

/**
 * Rewrites an item's date, and the sequence number behind it, in ids, timestamps and paths:
 * `20240713`, `2024-07-13`, `…_20240713_0_L2A`, `/2024/7/S2B…`, `/2024/7/13/0/`.
 *
 * @param {string} old as YYYY-MM-DD
 * @param {string} date as YYYY-MM-DD
 * @param {number} sequence
 * @returns {(text: string) => string}
 */
function renamer(old, date, sequence) {
  const [oldYear, oldMonth, oldDay] = old.split('-').map(Number);
  const [year, month, day] = date.split('-').map(Number);
  return (text) =>
    text
      .replaceAll(`/${oldYear}/${oldMonth}/${oldDay}/0/`, `/${year}/${month}/${day}/${sequence}/`)
      .replaceAll(`/${oldYear}/${oldMonth}/`, `/${year}/${month}/`)
      .replaceAll(old, date)
      .replaceAll(`_${old.replaceAll('-', '')}_0_`, `_${date.replaceAll('-', '')}_${sequence}_`)
      .replaceAll(old.replaceAll('-', ''), date.replaceAll('-', ''));
}

/**
 * Coordinates moved by [x, y]: every innermost list of numbers is taken as x, y, x, y …
 *
 * @param {Json} value
 * @param {number[]} shift
 * @returns {Json}
 */
function moved(value, shift) {
  return mapValues(value, (leaf, _key, index) => {
    return typeof leaf === 'number' ? rounded(leaf + shift[index % 2], decimals(leaf)) : leaf;
  });
}

/**
 * A copy with every leaf replaced. `key` is the nearest property name above the leaf, `index` its place in its array.
 *
 * @param {Json} value
 * @param {(leaf: null | boolean | number | string, key: string, index: number) => Json} replace
 * @param {string} [key]
 * @param {number} [index]
 * @returns {Json}
 */
function mapValues(value, replace, key = '', index = 0) {
  if (Array.isArray(value)) return value.map((element, i) => mapValues(element, replace, key, i));
  if (value === null || typeof value !== 'object') return replace(value, key, index);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapValues(member, replace, name)]),
  );
}

/**
 * `value * factor` with as many decimals as `value` has.
 *
 * @param {number} value
 * @param {number} factor
 */
function nearby(value, factor) {
  return rounded(value * factor, decimals(value));
}

/**
 * @param {number} value
 * @param {number} digits
 */
function rounded(value, digits) {
  return Number(value.toFixed(digits));
}

/** @param {number} value */
function decimals(value) {
  const [, fraction = '', exponent = '0'] = /^[^.e]*(?:\.(\d+))?(?:e(.*))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}

/**
 * @param {() => number} random
 * @param {number} length
 */
function hex(random, length) {
  let text = '';
  while (text.length < length)
    text += Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, length);
}

/**
 * A small seeded generator of numbers from 0 to below 1.
 *
 * @param {number} seed
 * @returns {() => number}
 */
function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
