/**
 * The worker that holds stac-task: it checks, explains, mends and downloads, off the page's thread.
 *
 * @module
 */

import { explain, Payload, validate } from 'stac-task';

import { reportLoads } from '../loads.js';
import { answerCalls } from '../rpc.js';
import { cancelDownload, download, leadsNowhere } from './download.js';
import { fixAll } from './fix-all.js';
import { onlyItems, placeOf, placesOfItems } from './places.js';
import { keptFolders, removeFolder } from './store.js';
import { testPattern, testTemplate } from './tester.js';
import { valueAt } from './value-at.js';

const asking = reportLoads('worker');

/** The text that was checked last, so that nobody sends it again. @type {{ version: number, text: string }} */
let held = { version: -1, text: '' };

/** @type {{ version: number, payload: Promise<Payload> } | undefined} */
let parsed;

/** More items are explained only by `stac-task explain`. */
const mostExplained = 1000;

/** Between so many the worker hears of other questions: a pattern can take long. */
const explainedAtOnce = 25;

/** @param {number} version */
function textOf(version) {
  if (version === held.version) return held.text;
  throw new Error('the text has changed since; ask again');
}

/** @param {number} version */
function payloadOf(version) {
  const text = textOf(version);
  if (parsed?.version !== version) parsed = { version, payload: Payload.from(text) };
  return parsed.payload;
}

/** @type {{ version: number, places: import('./api.js').Place[] } | undefined} */
let placed;

/** Where the items stand; it is asked for often. @param {number} version */
function placesOf(version) {
  const text = textOf(version);
  if (placed?.version !== version) placed = { version, places: placesOfItems(text) };
  return placed.places;
}

/** @param {number} version @returns {Promise<any[]>} what stands in `features` */
async function itemsOf(version) {
  const { features } = /** @type {any} */ ((await payloadOf(version)).data) ?? {};
  return Array.isArray(features) ? features : [];
}

/** @param {number} version @param {number} index */
function itemTextOf(version, index) {
  const text = textOf(version);
  const place = placesOf(version)[index];
  if (!place) throw new Error(`there is no item ${index + 1}`);
  return text.slice(place.from, place.to);
}

const isObject = (/** @type {unknown} */ value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @type {import('./api.js').CheckWorker} */
const api = {
  async check(version, text, rules) {
    held = { version, text };
    asking('Validation');
    const report = await validate(text, rules);
    const isJson = !report.issues.some(({ code }) => code.startsWith('json-'));
    const places = isJson ? placesOf(version) : [];
    // What is no object has no items, and Payload.from would fail on it.
    const ids = places.length > 0 ? (await itemsOf(version)).map((item) => item?.id) : [];
    return {
      report,
      places: places.map((place, index) => ({
        ...place,
        index,
        id: typeof ids[index] === 'string' ? ids[index] : null,
      })),
    };
  },

  async explain(version, from) {
    const text = textOf(version);
    const { data } = await payloadOf(version);
    const places = placesOf(version);
    const to = Math.min(from + explainedAtOnce, places.length, mostExplained);
    const { items, omitted = 0 } = await explain(onlyItems(text, places, from, to));
    const next = to < places.length && to < mostExplained && omitted === 0 ? to : null;
    return {
      items: items.map((item, at) => {
        const options = item.upload?.options;
        const template = options ? valueAt(data, `${options}/path_template`) : undefined;
        const own = { ...item, index: from + at, pointer: `/features/${from + at}` };
        return {
          ...own,
          isObject: isObject(valueAt(data, own.pointer)),
          ...(typeof template === 'string' ? { template } : {}),
        };
      }),
      omitted: next === null ? places.length - from - items.length : 0,
      next,
    };
  },

  async footprints(version) {
    const items = await itemsOf(version);
    return items.map((item, index) => ({
      index,
      id: typeof item?.id === 'string' ? item.id : null,
      geometry: item?.geometry ?? null,
      bbox: item?.bbox ?? null,
    }));
  },

  locate: async (version, pointer) => placeOf(textOf(version), pointer),

  testPattern: async (version, index, expression) => testPattern(itemTextOf(version, index), expression),

  testTemplate: async (version, index, template) => testTemplate(itemTextOf(version, index), template),

  async fixAll(version, unsafe, rules) {
    asking('Fix all');
    return fixAll(textOf(version), unsafe, rules);
  },

  async assets(version, index) {
    const item = (await itemsOf(version))[index];
    return Object.entries(item?.assets ?? {}).map(([key, asset]) => ({
      key,
      href: String(asset?.href ?? ''),
      type: typeof asset?.type === 'string' ? asset.type : null,
      size: typeof asset?.['file:size'] === 'number' ? asset['file:size'] : null,
      leadsNowhere: leadsNowhere(item, asset?.href),
    }));
  },

  async download(version, request, progress) {
    asking('Download assets');
    return download((await itemsOf(version))[request.index], request, progress);
  },

  keptFolders,

  removeFolder,

  cancelDownload: async () => cancelDownload(),
};

answerCalls(api);
